create table publication (
  school_id text collate "C" primary key not null references school (id) on delete cascade,
  code text collate "C" not null unique check (length(code) = 16),
  publication text collate "C" not null check (publication like '{%}')
);
