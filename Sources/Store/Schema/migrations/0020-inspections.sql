create table inspection_template (
  id text not null check (length(id) = 36),
  number integer not null check (number > 0),
  template text not null check (template like '{%}'),
  made_ms integer not null check (made_ms >= 0),
  primary key (id, number)
) strict, without rowid;

create table inspection_plan (
  id text primary key not null check (length(id) = 36),
  plan text not null check (plan like '{%}')
) strict;

create table inspection_draw (
  id text primary key not null check (length(id) = 36),
  draw text not null check (draw like '{%}'),
  secret_sealed blob
) strict;

create table inspection (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id),
  plan_id text references inspection_plan (id),
  draw_id text references inspection_draw (id),
  state text not null check (state in
    ('planned', 'begun', 'handedIn', 'confirmed', 'disputed', 'decided', 'withdrawn')),
  due_day text not null check (length(due_day) = 10),
  handed_ms integer check (handed_ms >= 0),
  points integer check (points >= 0),
  grade text check (grade in ('A', 'B', 'C', 'D')),
  version integer not null check (version > 0),
  inspection text not null check (inspection like '{%}'),
  check ((points is null) = (grade is null))
) strict;

create index inspection_of_school on inspection (school_id, handed_ms);
create index inspection_of_plan on inspection (plan_id, state) where plan_id is not null;
create index inspection_of_draw on inspection (draw_id, state) where draw_id is not null;
create index inspection_by_state on inspection (state, due_day);

create table inspection_file (
  id text primary key not null check (length(id) = 36),
  inspection_id text not null references inspection (id),
  kind text not null check (kind in ('photo', 'signature')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (length(media_type) > 0),
  size_bytes integer not null check (size_bytes > 0),
  sha256 blob not null check (length(sha256) = 32),
  path text not null unique check (length(path) > 0),
  person_id text not null references person (id),
  added_ms integer not null check (added_ms >= 0)
) strict;

create index inspection_file_of_inspection on inspection_file (inspection_id);
