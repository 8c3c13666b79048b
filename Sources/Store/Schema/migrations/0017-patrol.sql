create table patrol_look (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  person_id text not null references person (id),
  looked_ms integer not null check (looked_ms >= 0),
  note text not null check (length(note) <= 500)
) strict;

create index patrol_look_of_school on patrol_look (school_id, looked_ms);
create index patrol_look_by_time on patrol_look (looked_ms, id);
