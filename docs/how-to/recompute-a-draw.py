"""Draws again: python3 recompute-a-draw.py < record.txt"""
import sys
from hashlib import sha256

record = sys.stdin.buffer.read()
digest = lambda text: sha256(text.encode()).hexdigest()
lines = [line.split(" ") for line in record.decode().split("\n")]
all_of = lambda word: [line[1:] for line in lines if line[0] == word]
seed = sha256(record).hexdigest()
print("commitment", digest(all_of("secret")[0][0]))
print("seed", seed)
first = lambda school, lots: min(digest(f"{seed} school {school} {lot}") for lot in range(1, int(lots) + 1))
order = sorted((first(school, lots), school) for school, lots in all_of("school"))
visits = {inspector: 0 for (inspector,) in all_of("inspector")}
for _, school in order[: int(all_of("schools")[0][0])]:
    free = [i for i in visits if [i, school] not in all_of("conflict")]
    free.sort(key=lambda i: (visits[i], digest(f"{seed} inspector {school} {i}")))
    chosen = free[: int(all_of("inspectors-each")[0][0])]
    visits.update((i, visits[i] + 1) for i in chosen)
    print("school", school, "inspectors", *chosen)
