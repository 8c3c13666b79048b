create table capture (
  id text primary key not null check (length(id) = 36),
  camera_id text not null references camera (id),
  item text not null check (length(item) > 0),
  grade integer not null check (grade between 1 and 3),
  start_ms integer not null,
  met_ms integer not null,
  end_ms integer,
  best_ms integer not null,
  score real not null check (score between 0 and 1),
  box text check (box like '{%}'),
  first_box text check (first_box like '{%}'),
  sights text not null check (sights like '[%]'),
  curve text not null check (curve like '[%]'),
  rule text not null check (rule like '{%}'),
  models text not null,
  evidence text not null check (evidence in ('awaited', 'complete', 'lacking'))
) strict;

create index capture_by_time on capture (met_ms, id);
create index capture_of_camera on capture (camera_id, met_ms, id);
create index capture_of_item on capture (item, met_ms, id);
create index capture_unfinished on capture (camera_id) where end_ms is null or evidence = 'awaited';

create table evidence_file (
  capture_id text not null references capture (id) on delete cascade,
  kind text not null check (kind in ('first', 'picture', 'clip')),
  path text not null unique check (length(path) > 0),
  size_bytes integer not null check (size_bytes >= 0),
  sha256 blob not null check (length(sha256) = 32),
  primary key (capture_id, kind)
) strict, without rowid;

create table analysis_count (
  camera_id text not null references camera (id) on delete cascade,
  hour_ms integer not null check (hour_ms >= 0 and hour_ms % 3600000 = 0),
  frame_count integer not null check (frame_count >= 0),
  record_count integer not null check (record_count >= 0),
  primary key (camera_id, hour_ms)
) strict, without rowid;

create index analysis_count_by_hour on analysis_count (hour_ms);

create table camera_analysis (
  camera_id text primary key not null references camera (id) on delete cascade,
  is_on integer not null check (is_on in (0, 1)),
  least_head_pixels integer not null check (least_head_pixels between 12 and 200),
  masks text not null check (masks like '[%]')
) strict;

create table capture_rule (
  camera_id text not null references camera_analysis (camera_id) on delete cascade,
  item text not null check (length(item) > 0),
  is_on integer not null check (is_on in (0, 1)),
  hours text not null check (hours in ('always', 'working', 'outsideWorking')),
  sustained_ms integer not null check (sustained_ms between 0 and 600000),
  cooldown_ms integer not null check (cooldown_ms between 0 and 86400000),
  threshold real check (threshold between 0.05 and 0.99),
  zones text not null check (zones like '[%]'),
  primary key (camera_id, item)
) strict, without rowid;
