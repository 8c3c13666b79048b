-- Channels, what was sent through them, and duty rosters.

alter table notification add column routed_ms bigint;

-- News of before are read on the pages already: nobody is sent them afterwards.
update notification set routed_ms = made_ms;

create index notification_to_route on notification (made_ms, id) where routed_ms is null;

create table channel (
  id text collate "C" primary key not null check (length(id) = 36),
  owner text collate "C" not null check (length(owner) > 0),
  kind text collate "C" not null check (kind in ('mail', 'webhook', 'wecom', 'dingtalk', 'feishu')),
  name text collate "C" not null check (length(name) between 1 and 100),
  target_sealed bytea not null,
  scope text collate "C" not null check (scope in ('all', 'escalations')),
  language text collate "C" not null check (language in ('zh-Hans', 'en')),
  is_enabled bigint not null check (is_enabled in (0, 1)),
  minute bigint not null default 0,
  minute_count bigint not null default 0 check (minute_count >= 0),
  day bigint not null default 0,
  day_count bigint not null default 0 check (day_count >= 0),
  created_ms bigint not null
);

create index channel_of_owner on channel (owner, id);

create table delivery (
  id text collate "C" primary key not null check (length(id) = 36),
  notification_id text collate "C" not null references notification (id),
  channel_id text collate "C" not null references channel (id),
  state text collate "C" not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  attempts bigint not null check (attempts >= 0),
  tries bigint not null check (tries between 0 and attempts),
  next_ms bigint check ((next_ms is null) = (state in ('sent', 'failed', 'uncertain'))),
  attempted_ms bigint check ((attempted_ms is null) = (attempts = 0)),
  fault text collate "C",
  answer text collate "C" not null,
  sent_ms bigint check ((sent_ms is null) = (state <> 'sent')),
  made_ms bigint not null
);

create unique index delivery_once on delivery (notification_id, channel_id);
create index delivery_to_try on delivery (next_ms, id) where next_ms is not null;
create index delivery_to_try_of_channel on delivery (channel_id, next_ms, id) where next_ms is not null;
create index delivery_by_time on delivery (made_ms, id);
create index delivery_of_state on delivery (state, made_ms, id);
create index delivery_of_channel on delivery (channel_id, made_ms, id);

create table duty_roster (
  body text collate "C" primary key not null check (length(body) > 0),
  roster text collate "C" not null check (roster like '{%}')
);
