create table report_schedule (
  id text collate "C" primary key not null check (length(id) = 36),
  kind text collate "C" not null check (kind in ('week', 'month', 'term')),
  territory text collate "C" not null check (length(territory) > 0),
  receiver text collate "C" not null check (length(receiver) > 0),
  language text collate "C" not null check (language in ('zh-Hans', 'en')),
  delay_days bigint not null check (delay_days between 0 and 27),
  minute bigint not null check (minute between 0 and 1439),
  is_enabled bigint not null check (is_enabled in (0, 1)),
  since_ms bigint not null check (since_ms >= 0)
);

create table report_issue (
  id text collate "C" primary key not null check (length(id) = 36),
  key text collate "C" not null unique check (length(key) > 0),
  schedule_id text collate "C" check (length(schedule_id) = 36),
  kind text collate "C" not null check (kind in ('week', 'month', 'term')),
  first_day bigint not null,
  last_day bigint not null check (last_day >= first_day),
  territory text collate "C" not null check (length(territory) > 0),
  language text collate "C" not null check (language in ('zh-Hans', 'en')),
  made_ms bigint not null check (made_ms >= 0),
  sha256 bytea not null check (length(sha256) = 32),
  document bytea not null check (length(document) > 0)
);

create index report_issue_of_place on report_issue (territory, kind, first_day, made_ms);

alter table delivery alter column notification_id drop not null;
alter table delivery add column report_id text collate "C" references report_issue (id);
alter table delivery add constraint delivery_of_one check ((notification_id is null) <> (report_id is null));

create unique index delivery_of_report_once on delivery (report_id, channel_id) where report_id is not null;
