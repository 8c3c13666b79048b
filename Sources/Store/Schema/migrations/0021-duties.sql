create table school_file (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  is_personal integer not null check (is_personal in (0, 1)),
  name text not null check (length(name) > 0),
  media_type text not null check (length(media_type) > 0),
  size_bytes integer not null check (size_bytes > 0),
  sha256 text not null check (length(sha256) = 64),
  path text not null unique check (length(path) > 0),
  added_ms integer not null check (added_ms >= 0)
) strict;

create index school_file_of_school on school_file (school_id);

create table duty_plan (
  place text not null check (length(place) > 0),
  from_day text not null check (length(from_day) = 10),
  plan text not null check (plan like '{%}'),
  primary key (place, from_day)
) strict, without rowid;

create table duty_entry (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  duty text not null check (length(duty) > 0),
  period text not null check (length(period) = 10),
  meal text not null check (meal in ('', 'breakfast', 'lunch', 'dinner')),
  version integer not null check (version > 0),
  record text not null check (record like '{%}'),
  problems integer not null check (problems >= 0),
  photos text not null check (photos like '[%]'),
  gone_ms integer check (gone_ms >= 0),
  person_id text not null references person (id),
  entered_ms integer not null check (entered_ms >= 0),
  reason text not null check (length(reason) <= 200)
) strict;

create unique index duty_entry_of_slot on duty_entry (school_id, period, duty, meal, version);
create index duty_entry_by_period on duty_entry (period, school_id);

create table school_paper (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  kind text not null check (length(kind) > 0),
  number text not null check (length(number) between 1 and 60),
  holder text not null check (length(holder) <= 50),
  valid_through text not null check (length(valid_through) = 10),
  file_id text references school_file (id),
  removed_ms integer check (removed_ms >= 0)
) strict;

create index school_paper_of_school on school_paper (school_id) where removed_ms is null;

create table menu (
  school_id text not null references school (id) on delete cascade,
  day text not null check (length(day) = 10),
  meal text not null check (meal in ('breakfast', 'lunch', 'dinner')),
  dishes text not null check (dishes like '[%]'),
  primary key (school_id, day, meal)
) strict, without rowid;

create table reminder (
  id text primary key not null check (length(id) = 36),
  cause text not null unique check (length(cause) > 0),
  school_id text not null references school (id) on delete cascade,
  content text not null check (content like '{%}'),
  made_ms integer not null check (made_ms >= 0)
) strict;

create table reminder_delivery (
  id text primary key not null check (length(id) = 36),
  reminder_id text not null references reminder (id) on delete cascade,
  channel_id text not null references channel (id),
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  attempts integer not null check (attempts >= 0),
  next_ms integer check (next_ms >= 0),
  fault text,
  answer text not null,
  unique (reminder_id, channel_id)
) strict;

create index reminder_delivery_due on reminder_delivery (next_ms) where next_ms is not null;
