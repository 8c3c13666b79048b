create table school_file (
  id text collate "C" primary key not null check (length(id) = 36),
  school_id text collate "C" not null references school (id) on delete cascade,
  is_personal bigint not null check (is_personal in (0, 1)),
  name text collate "C" not null check (length(name) > 0),
  media_type text collate "C" not null check (length(media_type) > 0),
  size_bytes bigint not null check (size_bytes > 0),
  sha256 text collate "C" not null check (length(sha256) = 64),
  path text collate "C" not null unique check (length(path) > 0),
  added_ms bigint not null check (added_ms >= 0)
);

create index school_file_of_school on school_file (school_id);

create table duty_plan (
  place text collate "C" not null check (length(place) > 0),
  from_day text collate "C" not null check (length(from_day) = 10),
  plan text collate "C" not null check (plan like '{%}'),
  primary key (place, from_day)
);

create table duty_entry (
  id text collate "C" primary key not null check (length(id) = 36),
  school_id text collate "C" not null references school (id) on delete cascade,
  duty text collate "C" not null check (length(duty) > 0),
  period text collate "C" not null check (length(period) = 10),
  meal text collate "C" not null check (meal in ('', 'breakfast', 'lunch', 'dinner')),
  version bigint not null check (version > 0),
  record text collate "C" not null check (record like '{%}'),
  problems bigint not null check (problems >= 0),
  photos text collate "C" not null check (photos like '[%]'),
  gone_ms bigint check (gone_ms >= 0),
  person_id text collate "C" not null references person (id),
  entered_ms bigint not null check (entered_ms >= 0),
  reason text collate "C" not null check (length(reason) <= 200)
);

create unique index duty_entry_of_slot on duty_entry (school_id, period, duty, meal, version);
create index duty_entry_by_period on duty_entry (period, school_id);

create table school_paper (
  id text collate "C" primary key not null check (length(id) = 36),
  school_id text collate "C" not null references school (id) on delete cascade,
  kind text collate "C" not null check (length(kind) > 0),
  number text collate "C" not null check (length(number) between 1 and 60),
  holder text collate "C" not null check (length(holder) <= 50),
  valid_through text collate "C" not null check (length(valid_through) = 10),
  file_id text collate "C" references school_file (id),
  removed_ms bigint check (removed_ms >= 0)
);

create index school_paper_of_school on school_paper (school_id) where removed_ms is null;

create table menu (
  school_id text collate "C" not null references school (id) on delete cascade,
  day text collate "C" not null check (length(day) = 10),
  meal text collate "C" not null check (meal in ('breakfast', 'lunch', 'dinner')),
  dishes text collate "C" not null check (dishes like '[%]'),
  primary key (school_id, day, meal)
);

create table reminder (
  id text collate "C" primary key not null check (length(id) = 36),
  cause text collate "C" not null unique check (length(cause) > 0),
  school_id text collate "C" not null references school (id) on delete cascade,
  content text collate "C" not null check (content like '{%}'),
  made_ms bigint not null check (made_ms >= 0)
);

create table reminder_delivery (
  id text collate "C" primary key not null check (length(id) = 36),
  reminder_id text collate "C" not null references reminder (id) on delete cascade,
  channel_id text collate "C" not null references channel (id),
  state text collate "C" not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  attempts bigint not null check (attempts >= 0),
  next_ms bigint check (next_ms >= 0),
  fault text collate "C",
  answer text collate "C" not null,
  unique (reminder_id, channel_id)
);

create index reminder_delivery_due on reminder_delivery (next_ms) where next_ms is not null;
