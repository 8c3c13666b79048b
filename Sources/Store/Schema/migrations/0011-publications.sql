create table publication (
  school_id text primary key not null references school (id) on delete cascade,
  code text not null unique check (length(code) = 16),
  publication text not null check (publication like '{%}')
) strict, without rowid;
