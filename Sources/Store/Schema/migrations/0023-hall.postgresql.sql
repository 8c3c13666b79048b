create table hall_scene (
  id text collate "C" primary key not null check (length(id) = 36),
  scene text collate "C" not null check (scene like '{%}')
);

create table hall_plan (
  id bigint primary key not null check (id = 1),
  plan text collate "C" not null check (plan like '{%}')
);

create table county_outline (
  id bigint primary key not null check (id = 1),
  outline text collate "C" not null check (outline like '{%}')
);

create table school_position (
  school_id text collate "C" primary key not null references school (id) on delete cascade,
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180)
);
