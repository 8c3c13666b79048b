create table patrol_look (
  id text collate "C" primary key not null check (length(id) = 36),
  school_id text collate "C" not null references school (id) on delete cascade,
  person_id text collate "C" not null references person (id),
  looked_ms bigint not null check (looked_ms >= 0),
  note text collate "C" not null check (length(note) <= 500)
);

create index patrol_look_of_school on patrol_look (school_id, looked_ms);
create index patrol_look_by_time on patrol_look (looked_ms, id);
