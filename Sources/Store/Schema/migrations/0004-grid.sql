-- Townships, canteens, and people of every role.

-- Tables that others refer to are made anew below, under the same names.
pragma defer_foreign_keys = on;

create table township (
  id text primary key not null check (length(id) = 36),
  name text not null unique check (length(name) between 1 and 100),
  created_ms integer not null check (created_ms >= 0)
) strict;

create table canteen (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id),
  name text not null check (length(name) between 1 and 100),
  created_ms integer not null check (created_ms >= 0),
  unique (school_id, name)
) strict;

alter table school add column township_id text references township (id);
alter table school add column kind text
  check (kind in ('kindergarten', 'primary', 'middle', 'nineYear', 'high', 'vocational', 'other'));

create index school_of_township on school (township_id) where township_id is not null;

create table area_kept as select * from area;
drop table area;
create table area (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id),
  kind text not null check (kind in ('preparation', 'washing', 'cooking', 'other')),
  name text not null check (length(name) <= 100),
  created_ms integer not null check (created_ms >= 0),
  canteen_id text references canteen (id)
) strict;
insert into area (id, school_id, kind, name, created_ms) select id, school_id, kind, name, created_ms from area_kept;
drop table area_kept;

create unique index area_name on area (school_id, coalesce(canteen_id, ''), kind, name);
create index area_of_canteen on area (canteen_id) where canteen_id is not null;

-- Dropping the people deletes their sessions too.
create table session_kept as select * from session;
create table person_kept as select * from person;
drop table person;
create table person (
  id text primary key not null check (length(id) = 36),
  account text not null check (length(account) between 2 and 64),
  account_folded text not null unique,
  name text not null check (length(name) between 1 and 100),
  role text not null
    check (role in ('administrator', 'supervisor', 'township', 'education', 'school', 'viewer', 'hall')),
  school_id text references school (id),
  is_enabled integer not null check (is_enabled in (0, 1)),
  must_change_password integer not null check (must_change_password in (0, 1)),
  password_hash text not null check (password_hash like '$scrypt$%'),
  created_ms integer not null check (created_ms >= 0),
  township_id text references township (id),
  canteen_id text references canteen (id),
  constraint person_ground check (
    (role <> 'township' or township_id is not null) and (role <> 'school' or school_id is not null)
    and (township_id is null or school_id is null) and (canteen_id is null or school_id is not null))
) strict;
insert into person (id, account, account_folded, name, role, school_id, is_enabled, must_change_password,
    password_hash, created_ms)
  select id, account, account_folded, name, role, school_id, is_enabled, must_change_password, password_hash,
    created_ms from person_kept;
insert into session select * from session_kept where true on conflict do nothing;
drop table person_kept;
drop table session_kept;

create index person_of_school on person (school_id) where school_id is not null;
create index person_of_township on person (township_id) where township_id is not null;
create index person_of_canteen on person (canteen_id) where canteen_id is not null;
