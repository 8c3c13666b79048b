create table hall_scene (
  id text primary key not null check (length(id) = 36),
  scene text not null check (scene like '{%}')
) strict, without rowid;

create table hall_plan (
  id integer primary key not null check (id = 1),
  plan text not null check (plan like '{%}')
) strict;

create table county_outline (
  id integer primary key not null check (id = 1),
  outline text not null check (outline like '{%}')
) strict;

create table school_position (
  school_id text primary key not null references school (id) on delete cascade,
  latitude real not null check (latitude between -90 and 90),
  longitude real not null check (longitude between -180 and 180)
) strict, without rowid;
