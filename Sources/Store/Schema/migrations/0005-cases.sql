-- Cases, their notices, files, rules and calendar.

create table case_file (
  id text primary key not null check (length(id) = 36),
  number integer not null unique check (number > 0),
  version integer not null check (version > 0),
  state text not null check (state in ('opened', 'dispatched', 'acknowledged', 'rectifying', 'submitted', 'appealed',
    'reinspection', 'closed', 'withdrawn')),
  grade integer not null check (grade between 1 and 3),
  matter text not null check (length(matter) > 0),
  school_id text not null references school (id),
  township_id text references township (id),
  canteen_id text,
  area_id text,
  round integer not null check (round > 0),
  opened_ms integer not null,
  changed_ms integer not null,
  closed_ms integer,
  due_ms integer,
  due_kind text check ((due_kind is null) = (due_ms is null)),
  look_ms integer,
  search text not null
) strict;

create index case_by_change on case_file (changed_ms, id);
create index case_by_opening on case_file (opened_ms, id);
create index case_by_due on case_file (coalesce(due_ms, 9223372036854775807), id);
create index case_to_look_at on case_file (look_ms, id) where look_ms is not null;
create index case_of_state on case_file (state, changed_ms, id);
create index case_of_school on case_file (school_id, matter, changed_ms);
create index case_of_township on case_file (township_id, changed_ms, id);

create table case_capture (
  capture_id text primary key not null references capture (id),
  case_id text not null references case_file (id)
) strict, without rowid;

create index case_capture_of_case on case_capture (case_id, capture_id);

create table notice (
  series text not null check (length(series) > 0),
  year integer not null,
  number integer not null check (number > 0),
  case_id text not null references case_file (id),
  round integer not null check (round > 0),
  issued_ms integer not null,
  primary key (series, year, number)
) strict, without rowid;

create unique index notice_of_case on notice (case_id, round);

create table attachment (
  id text primary key not null check (length(id) = 36),
  case_id text not null references case_file (id),
  kind text not null check (kind in ('photo', 'video', 'document')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (length(media_type) > 0),
  size_bytes integer not null check (size_bytes > 0),
  sha256 blob not null check (length(sha256) = 32),
  path text not null unique check (length(path) > 0),
  added_ms integer not null
) strict;

create index attachment_of_case on attachment (case_id, id);

create table notification (
  id text primary key not null check (length(id) = 36),
  key text not null unique check (length(key) > 0),
  case_id text not null references case_file (id),
  body text not null check (length(body) > 0),
  notice text not null check (notice like '{%}'),
  made_ms integer not null
) strict;

create index notification_of_body on notification (body, made_ms, id);

create table notification_read (
  person_id text primary key not null references person (id),
  read_ms integer not null
) strict, without rowid;

create table case_policy (
  from_ms integer primary key not null,
  policy text not null check (policy like '{%}')
) strict;

create table school_time (
  place text primary key not null check (length(place) > 0),
  calendar text check (calendar like '{%}'),
  hours text check (hours like '{%}')
) strict, without rowid;
