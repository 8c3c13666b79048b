create table concern (
  id text primary key not null check (length(id) = 36),
  code text not null unique check (length(code) = 16),
  school_id text not null references school (id),
  received_ms integer not null check (received_ms >= 0),
  state text not null
    check (state in ('received', 'taken', 'askedBack', 'answered', 'closed', 'rejected', 'withdrawn')),
  version integer not null check (version > 0),
  due_ms integer check ((due_ms is not null) = (state in ('received', 'taken'))),
  taken_by text references person (id),
  case_id text references case_file (id),
  answered_ms integer,
  ended_ms integer check ((ended_ms is not null) = (state in ('closed', 'rejected', 'withdrawn'))),
  told_ms integer,
  contact blob
) strict;

create index concern_due on concern (due_ms, id) where due_ms is not null;
create index concern_of_school on concern (school_id, received_ms);
create index concern_by_time on concern (received_ms, id);
create index concern_answered on concern (answered_ms, id) where state = 'answered';
create index concern_contact on concern (ended_ms, id) where contact is not null;

create table concern_step (
  concern_id text not null references concern (id) on delete cascade,
  version integer not null check (version > 0),
  time_ms integer not null check (time_ms >= 0),
  actor text not null check (length(actor) > 0),
  change text not null check (change like '{%}'),
  primary key (concern_id, version)
) strict, without rowid;
