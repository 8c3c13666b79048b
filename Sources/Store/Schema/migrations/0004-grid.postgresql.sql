-- Townships, canteens, and people of every role.

create table township (
  id text collate "C" primary key not null check (length(id) = 36),
  name text collate "C" not null unique check (length(name) between 1 and 100),
  created_ms bigint not null check (created_ms >= 0)
);

create table canteen (
  id text collate "C" primary key not null check (length(id) = 36),
  school_id text collate "C" not null references school (id),
  name text collate "C" not null check (length(name) between 1 and 100),
  created_ms bigint not null check (created_ms >= 0),
  unique (school_id, name)
);

alter table school add column township_id text collate "C" references township (id);
alter table school add column kind text collate "C"
  check (kind in ('kindergarten', 'primary', 'middle', 'nineYear', 'high', 'vocational', 'other'));

create index school_of_township on school (township_id) where township_id is not null;

alter table area add column canteen_id text collate "C" references canteen (id);
alter table area drop constraint area_school_id_kind_name_key;

create unique index area_name on area (school_id, coalesce(canteen_id, ''), kind, name);
create index area_of_canteen on area (canteen_id) where canteen_id is not null;

alter table person drop constraint person_role_check;
alter table person drop constraint person_check;
alter table person add column township_id text collate "C" references township (id);
alter table person add column canteen_id text collate "C" references canteen (id);
alter table person add constraint person_role_check
  check (role in ('administrator', 'supervisor', 'township', 'education', 'school', 'viewer', 'hall'));
alter table person add constraint person_ground check (
  (role <> 'township' or township_id is not null) and (role <> 'school' or school_id is not null)
  and (township_id is null or school_id is null) and (canteen_id is null or school_id is not null));

create index person_of_township on person (township_id) where township_id is not null;
create index person_of_canteen on person (canteen_id) where canteen_id is not null;
