-- Channels, what was sent through them, and duty rosters.

alter table notification add column routed_ms integer;

-- News of before are read on the pages already: nobody is sent them afterwards.
update notification set routed_ms = made_ms;

create index notification_to_route on notification (made_ms, id) where routed_ms is null;

create table channel (
  id text primary key not null check (length(id) = 36),
  owner text not null check (length(owner) > 0),
  kind text not null check (kind in ('mail', 'webhook', 'wecom', 'dingtalk', 'feishu')),
  name text not null check (length(name) between 1 and 100),
  target_sealed blob not null,
  scope text not null check (scope in ('all', 'escalations')),
  language text not null check (language in ('zh-Hans', 'en')),
  is_enabled integer not null check (is_enabled in (0, 1)),
  minute integer not null default 0,
  minute_count integer not null default 0 check (minute_count >= 0),
  day integer not null default 0,
  day_count integer not null default 0 check (day_count >= 0),
  created_ms integer not null
) strict;

create index channel_of_owner on channel (owner, id);

create table delivery (
  id text primary key not null check (length(id) = 36),
  notification_id text not null references notification (id),
  channel_id text not null references channel (id),
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  attempts integer not null check (attempts >= 0),
  tries integer not null check (tries between 0 and attempts),
  next_ms integer check ((next_ms is null) = (state in ('sent', 'failed', 'uncertain'))),
  attempted_ms integer check ((attempted_ms is null) = (attempts = 0)),
  fault text,
  answer text not null,
  sent_ms integer check ((sent_ms is null) = (state <> 'sent')),
  made_ms integer not null
) strict;

create unique index delivery_once on delivery (notification_id, channel_id);
create index delivery_to_try on delivery (next_ms, id) where next_ms is not null;
create index delivery_to_try_of_channel on delivery (channel_id, next_ms, id) where next_ms is not null;
create index delivery_by_time on delivery (made_ms, id);
create index delivery_of_state on delivery (state, made_ms, id);
create index delivery_of_channel on delivery (channel_id, made_ms, id);

create table duty_roster (
  body text primary key not null check (length(body) > 0),
  roster text not null check (roster like '{%}')
) strict, without rowid;
