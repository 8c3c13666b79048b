-- Early warnings: rules with their history, what they gave, and that bodies are told of it.

create table warning_rule (
  subject text collate "C" not null check (length(subject) > 0),
  number bigint not null check (number > 0),
  rule text collate "C" check (rule like '{%}'),
  from_ms bigint not null check (from_ms >= 0),
  person_id text collate "C" references person (id),
  trial text collate "C" check (trial like '{%}'),
  primary key (subject, number)
);

create table warning (
  id text collate "C" primary key not null check (length(id) = 36),
  key text collate "C" not null check (length(key) > 0),
  place text collate "C" not null check (length(place) > 0),
  township_id text collate "C" references township (id) on delete set null,
  school_id text collate "C" references school (id) on delete set null,
  kind text collate "C" not null check (kind in ('rate', 'repeated', 'cluster', 'backlog', 'overdue', 'expiring', 'duties',
    'camerasOff', 'night')),
  reason text collate "C" not null check (reason like '{%}'),
  given_ms bigint not null check (given_ms >= 0),
  over_ms bigint check (over_ms >= given_ms),
  ending text collate "C" check (ending like '{%}'),
  ended_by text collate "C" references person (id),
  ended_ms bigint check (ended_ms >= given_ms),
  check ((ending is null) = (ended_ms is null) and (ending is null) = (ended_by is null))
);

create unique index warning_current on warning (key) where over_ms is null;
create index warning_by_time on warning (given_ms, id);
create index warning_of_school on warning (school_id, given_ms, id) where school_id is not null;
create index warning_open on warning (given_ms, id) where over_ms is null and ended_ms is null;

alter table notification alter column case_id drop not null;
alter table notification alter column notice drop not null;
alter table notification add column warning_id text collate "C" references warning (id);
alter table notification add check ((notice is null) = (warning_id is not null) and (case_id is null or warning_id is null));

create index notification_of_warning on notification (warning_id) where warning_id is not null;
