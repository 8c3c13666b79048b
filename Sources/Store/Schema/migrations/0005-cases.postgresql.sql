-- Cases, their notices, files, rules and calendar.

create table case_file (
  id text collate "C" primary key not null check (length(id) = 36),
  number bigint not null unique check (number > 0),
  version bigint not null check (version > 0),
  state text collate "C" not null check (state in ('opened', 'dispatched', 'acknowledged', 'rectifying', 'submitted', 'appealed',
    'reinspection', 'closed', 'withdrawn')),
  grade bigint not null check (grade between 1 and 3),
  matter text collate "C" not null check (length(matter) > 0),
  school_id text collate "C" not null references school (id),
  township_id text collate "C" references township (id),
  canteen_id text collate "C",
  area_id text collate "C",
  round bigint not null check (round > 0),
  opened_ms bigint not null,
  changed_ms bigint not null,
  closed_ms bigint,
  due_ms bigint,
  due_kind text collate "C" check ((due_kind is null) = (due_ms is null)),
  look_ms bigint,
  search text collate "C" not null
);

create index case_by_change on case_file (changed_ms, id);
create index case_by_opening on case_file (opened_ms, id);
create index case_by_due on case_file (coalesce(due_ms, 9223372036854775807), id);
create index case_to_look_at on case_file (look_ms, id) where look_ms is not null;
create index case_of_state on case_file (state, changed_ms, id);
create index case_of_school on case_file (school_id, matter, changed_ms);
create index case_of_township on case_file (township_id, changed_ms, id);

create table case_capture (
  capture_id text collate "C" primary key not null references capture (id),
  case_id text collate "C" not null references case_file (id)
);

create index case_capture_of_case on case_capture (case_id, capture_id);

create table notice (
  series text collate "C" not null check (length(series) > 0),
  year bigint not null,
  number bigint not null check (number > 0),
  case_id text collate "C" not null references case_file (id),
  round bigint not null check (round > 0),
  issued_ms bigint not null,
  primary key (series, year, number)
);

create unique index notice_of_case on notice (case_id, round);

create table attachment (
  id text collate "C" primary key not null check (length(id) = 36),
  case_id text collate "C" not null references case_file (id),
  kind text collate "C" not null check (kind in ('photo', 'video', 'document')),
  name text collate "C" not null check (length(name) between 1 and 200),
  media_type text collate "C" not null check (length(media_type) > 0),
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  path text collate "C" not null unique check (length(path) > 0),
  added_ms bigint not null
);

create index attachment_of_case on attachment (case_id, id);

create table notification (
  id text collate "C" primary key not null check (length(id) = 36),
  key text collate "C" not null unique check (length(key) > 0),
  case_id text collate "C" not null references case_file (id),
  body text collate "C" not null check (length(body) > 0),
  notice text collate "C" not null check (notice like '{%}'),
  made_ms bigint not null
);

create index notification_of_body on notification (body, made_ms, id);

create table notification_read (
  person_id text collate "C" primary key not null references person (id),
  read_ms bigint not null
);

create table case_policy (
  from_ms bigint primary key not null,
  policy text collate "C" not null check (policy like '{%}')
);

create table school_time (
  place text collate "C" primary key not null check (length(place) > 0),
  calendar text collate "C" check (calendar like '{%}'),
  hours text collate "C" check (hours like '{%}')
);
