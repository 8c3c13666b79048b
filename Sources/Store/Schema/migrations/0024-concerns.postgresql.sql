create table concern (
  id text collate "C" primary key not null check (length(id) = 36),
  code text collate "C" not null unique check (length(code) = 16),
  school_id text collate "C" not null references school (id),
  received_ms bigint not null check (received_ms >= 0),
  state text collate "C" not null
    check (state in ('received', 'taken', 'askedBack', 'answered', 'closed', 'rejected', 'withdrawn')),
  version bigint not null check (version > 0),
  due_ms bigint check ((due_ms is not null) = (state in ('received', 'taken'))),
  taken_by text collate "C" references person (id),
  case_id text collate "C" references case_file (id),
  answered_ms bigint,
  ended_ms bigint check ((ended_ms is not null) = (state in ('closed', 'rejected', 'withdrawn'))),
  told_ms bigint,
  contact bytea
);

create index concern_due on concern (due_ms, id) where due_ms is not null;
create index concern_of_school on concern (school_id, received_ms);
create index concern_by_time on concern (received_ms, id);
create index concern_answered on concern (answered_ms, id) where state = 'answered';
create index concern_contact on concern (ended_ms, id) where contact is not null;

create table concern_step (
  concern_id text collate "C" not null references concern (id) on delete cascade,
  version bigint not null check (version > 0),
  time_ms bigint not null check (time_ms >= 0),
  actor text collate "C" not null check (length(actor) > 0),
  change text collate "C" not null check (change like '{%}'),
  primary key (concern_id, version)
);
