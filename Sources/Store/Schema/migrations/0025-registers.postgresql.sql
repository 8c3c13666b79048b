create table register_entry (
  id text collate "C" primary key not null check (length(id) = 36),
  kind text collate "C" not null check (kind in ('sites', 'staff', 'assessments', 'requests')),
  school_id text collate "C" references school (id) check ((school_id is not null) = (kind in ('sites', 'staff'))),
  version bigint not null check (version > 0),
  changed_ms bigint not null check (changed_ms >= 0),
  one_per_school text collate "C" unique
);

create index register_of_kind on register_entry (kind, changed_ms);

create table register_version (
  entry_id text collate "C" not null references register_entry (id),
  version bigint not null check (version > 0),
  fields text collate "C" not null check (fields like '{%}'),
  time_ms bigint not null check (time_ms >= 0),
  actor text collate "C" not null check (length(actor) > 0),
  primary key (entry_id, version)
);

create table register_file (
  id text collate "C" primary key not null check (length(id) = 36),
  entry_id text collate "C" not null references register_entry (id),
  kind text collate "C" not null check (kind in ('photo', 'video', 'document')),
  name text collate "C" not null check (length(name) between 1 and 200),
  media_type text collate "C" not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  path text collate "C" not null unique,
  added_ms bigint not null
);

create index register_file_of_entry on register_file (entry_id, id);
