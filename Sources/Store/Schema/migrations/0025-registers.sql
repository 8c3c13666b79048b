create table register_entry (
  id text primary key not null check (length(id) = 36),
  kind text not null check (kind in ('sites', 'staff', 'assessments', 'requests')),
  school_id text references school (id) check ((school_id is not null) = (kind in ('sites', 'staff'))),
  version integer not null check (version > 0),
  changed_ms integer not null check (changed_ms >= 0),
  one_per_school text unique
) strict;

create index register_of_kind on register_entry (kind, changed_ms);

create table register_version (
  entry_id text not null references register_entry (id),
  version integer not null check (version > 0),
  fields text not null check (fields like '{%}'),
  time_ms integer not null check (time_ms >= 0),
  actor text not null check (length(actor) > 0),
  primary key (entry_id, version)
) strict, without rowid;

create table register_file (
  id text primary key not null check (length(id) = 36),
  entry_id text not null references register_entry (id),
  kind text not null check (kind in ('photo', 'video', 'document')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  sha256 blob not null check (length(sha256) = 32),
  path text not null unique,
  added_ms integer not null
) strict;

create index register_file_of_entry on register_file (entry_id, id);
