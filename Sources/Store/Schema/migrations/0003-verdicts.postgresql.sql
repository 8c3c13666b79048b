alter table capture add column is_judged bigint not null default 0 check (is_judged in (0, 1));

create index capture_waiting on capture (met_ms, id) where is_judged = 0;

create table verdict (
  capture_id text collate "C" primary key not null references capture (id) on delete cascade,
  kind text collate "C" not null check (kind in ('confirmed', 'rejected', 'duplicate', 'merged')),
  reason text collate "C" check ((reason is null) = (kind <> 'rejected')),
  other_id text collate "C" check ((other_id is null) = (kind in ('confirmed', 'rejected'))),
  person_id text collate "C" not null references person (id),
  judged_ms bigint not null
);

create index verdict_by_kind on verdict (kind, capture_id);
