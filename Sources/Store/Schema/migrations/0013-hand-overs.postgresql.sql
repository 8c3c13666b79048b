create table capture_hand_over (
  capture_id text collate "C" primary key not null references capture (id) on delete cascade,
  from_id text collate "C" not null references person (id),
  to_id text collate "C" not null references person (id),
  note text collate "C" not null check (length(note) <= 200),
  given_ms bigint not null check (given_ms >= 0),
  check (from_id <> to_id)
);

create index capture_hand_over_to on capture_hand_over (to_id, given_ms);
