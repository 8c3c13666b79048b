-- Early warnings: rules with their history, what they gave, and that bodies are told of it.

-- Deliveries refer to notifications, which are made anew under the same name.
pragma defer_foreign_keys = on;

create table warning_rule (
  subject text not null check (length(subject) > 0),
  number integer not null check (number > 0),
  rule text check (rule like '{%}'),
  from_ms integer not null check (from_ms >= 0),
  person_id text references person (id),
  trial text check (trial like '{%}'),
  primary key (subject, number)
) strict, without rowid;

create table warning (
  id text primary key not null check (length(id) = 36),
  key text not null check (length(key) > 0),
  place text not null check (length(place) > 0),
  township_id text references township (id) on delete set null,
  school_id text references school (id) on delete set null,
  kind text not null check (kind in ('rate', 'repeated', 'cluster', 'backlog', 'overdue', 'expiring', 'duties',
    'camerasOff', 'night')),
  reason text not null check (reason like '{%}'),
  given_ms integer not null check (given_ms >= 0),
  over_ms integer check (over_ms >= given_ms),
  ending text check (ending like '{%}'),
  ended_by text references person (id),
  ended_ms integer check (ended_ms >= given_ms),
  check ((ending is null) = (ended_ms is null) and (ending is null) = (ended_by is null))
) strict;

create unique index warning_current on warning (key) where over_ms is null;
create index warning_by_time on warning (given_ms, id);
create index warning_of_school on warning (school_id, given_ms, id) where school_id is not null;
create index warning_open on warning (given_ms, id) where over_ms is null and ended_ms is null;

create table notification_kept as select * from notification;
drop table notification;
create table notification (
  id text primary key not null check (length(id) = 36),
  key text not null unique check (length(key) > 0),
  case_id text references case_file (id),
  body text not null check (length(body) > 0),
  notice text check (notice like '{%}'),
  made_ms integer not null,
  routed_ms integer,
  warning_id text references warning (id),
  check ((notice is null) = (warning_id is not null) and (case_id is null or warning_id is null))
) strict;
insert into notification (id, key, case_id, body, notice, made_ms, routed_ms)
  select id, key, case_id, body, notice, made_ms, routed_ms from notification_kept;
drop table notification_kept;

create index notification_of_body on notification (body, made_ms, id);
create index notification_to_route on notification (made_ms, id) where routed_ms is null;
create index notification_of_warning on notification (warning_id) where warning_id is not null;
