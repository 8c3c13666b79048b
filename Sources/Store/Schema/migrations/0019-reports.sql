-- Reports that are sent by themselves, finished ones, and their deliveries.

create table report_schedule (
  id text primary key not null check (length(id) = 36),
  kind text not null check (kind in ('week', 'month', 'term')),
  territory text not null check (length(territory) > 0),
  receiver text not null check (length(receiver) > 0),
  language text not null check (language in ('zh-Hans', 'en')),
  delay_days integer not null check (delay_days between 0 and 27),
  minute integer not null check (minute between 0 and 1439),
  is_enabled integer not null check (is_enabled in (0, 1)),
  since_ms integer not null check (since_ms >= 0)
) strict;

create table report_issue (
  id text primary key not null check (length(id) = 36),
  key text not null unique check (length(key) > 0),
  schedule_id text check (length(schedule_id) = 36),
  kind text not null check (kind in ('week', 'month', 'term')),
  first_day integer not null,
  last_day integer not null check (last_day >= first_day),
  territory text not null check (length(territory) > 0),
  language text not null check (language in ('zh-Hans', 'en')),
  made_ms integer not null check (made_ms >= 0),
  sha256 blob not null check (length(sha256) = 32),
  document blob not null check (length(document) > 0)
) strict;

create index report_issue_of_place on report_issue (territory, kind, first_day, made_ms);

-- A delivery is of news or of a report from now on.
create table delivery_kept as select * from delivery;
drop table delivery;
create table delivery (
  id text primary key not null check (length(id) = 36),
  notification_id text references notification (id),
  channel_id text not null references channel (id),
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  attempts integer not null check (attempts >= 0),
  tries integer not null check (tries between 0 and attempts),
  next_ms integer check ((next_ms is null) = (state in ('sent', 'failed', 'uncertain'))),
  attempted_ms integer check ((attempted_ms is null) = (attempts = 0)),
  fault text,
  answer text not null,
  sent_ms integer check ((sent_ms is null) = (state <> 'sent')),
  made_ms integer not null,
  report_id text references report_issue (id),
  constraint delivery_of_one check ((notification_id is null) <> (report_id is null))
) strict;
insert into delivery (id, notification_id, channel_id, state, attempts, tries, next_ms, attempted_ms, fault, answer, sent_ms, made_ms)
  select id, notification_id, channel_id, state, attempts, tries, next_ms, attempted_ms, fault, answer, sent_ms, made_ms from delivery_kept;
drop table delivery_kept;

create unique index delivery_once on delivery (notification_id, channel_id);
create index delivery_to_try on delivery (next_ms, id) where next_ms is not null;
create index delivery_to_try_of_channel on delivery (channel_id, next_ms, id) where next_ms is not null;
create index delivery_by_time on delivery (made_ms, id);
create index delivery_of_state on delivery (state, made_ms, id);
create index delivery_of_channel on delivery (channel_id, made_ms, id);
create unique index delivery_of_report_once on delivery (report_id, channel_id) where report_id is not null;
