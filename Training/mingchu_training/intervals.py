"""Precision and recall with Wilson's 95 % intervals."""

from math import sqrt


def wilson(hits, count, z=1.96):
    """The interval of a share; (0, 1) when nothing was counted."""
    if count == 0:
        return 0.0, 1.0
    share = hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def measurement(item, where, right, said, there, unknown=None, note=None):
    """One row of a card: `right` of `said` were true; `right` of `there` were found."""
    row = {"item": item, "set": where, "n": int(there)}
    if said:
        row["precision"] = round(right / said, 4)
        row["precisionLow"], row["precisionHigh"] = (round(v, 4) for v in wilson(right, said))
    if there:
        row["recall"] = round(right / there, 4)
        row["recallLow"], row["recallHigh"] = (round(v, 4) for v in wilson(right, there))
    if unknown is not None:
        row["unknown"] = round(float(unknown), 4)
    if note:
        row["note"] = note
    return row
