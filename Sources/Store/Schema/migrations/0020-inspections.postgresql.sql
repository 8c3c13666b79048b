create table inspection_template (
  id text collate "C" not null check (length(id) = 36),
  number bigint not null check (number > 0),
  template text collate "C" not null check (template like '{%}'),
  made_ms bigint not null check (made_ms >= 0),
  primary key (id, number)
);

create table inspection_plan (
  id text collate "C" primary key not null check (length(id) = 36),
  plan text collate "C" not null check (plan like '{%}')
);

create table inspection_draw (
  id text collate "C" primary key not null check (length(id) = 36),
  draw text collate "C" not null check (draw like '{%}'),
  secret_sealed bytea
);

create table inspection (
  id text collate "C" primary key not null check (length(id) = 36),
  school_id text collate "C" not null references school (id),
  plan_id text collate "C" references inspection_plan (id),
  draw_id text collate "C" references inspection_draw (id),
  state text collate "C" not null check (state in
    ('planned', 'begun', 'handedIn', 'confirmed', 'disputed', 'decided', 'withdrawn')),
  due_day text collate "C" not null check (length(due_day) = 10),
  handed_ms bigint check (handed_ms >= 0),
  points bigint check (points >= 0),
  grade text collate "C" check (grade in ('A', 'B', 'C', 'D')),
  version bigint not null check (version > 0),
  inspection text collate "C" not null check (inspection like '{%}'),
  check ((points is null) = (grade is null))
);

create index inspection_of_school on inspection (school_id, handed_ms);
create index inspection_of_plan on inspection (plan_id, state) where plan_id is not null;
create index inspection_of_draw on inspection (draw_id, state) where draw_id is not null;
create index inspection_by_state on inspection (state, due_day);

create table inspection_file (
  id text collate "C" primary key not null check (length(id) = 36),
  inspection_id text collate "C" not null references inspection (id),
  kind text collate "C" not null check (kind in ('photo', 'signature')),
  name text collate "C" not null check (length(name) between 1 and 200),
  media_type text collate "C" not null check (length(media_type) > 0),
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  path text collate "C" not null unique check (length(path) > 0),
  person_id text collate "C" not null references person (id),
  added_ms bigint not null check (added_ms >= 0)
);

create index inspection_file_of_inspection on inspection_file (inspection_id);
