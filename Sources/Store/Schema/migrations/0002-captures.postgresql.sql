create table capture (
  id text collate "C" primary key not null check (length(id) = 36),
  camera_id text collate "C" not null references camera (id),
  item text collate "C" not null check (length(item) > 0),
  grade bigint not null check (grade between 1 and 3),
  start_ms bigint not null,
  met_ms bigint not null,
  end_ms bigint,
  best_ms bigint not null,
  score double precision not null check (score between 0 and 1),
  box text collate "C" check (box like '{%}'),
  first_box text collate "C" check (first_box like '{%}'),
  sights text collate "C" not null check (sights like '[%]'),
  curve text collate "C" not null check (curve like '[%]'),
  rule text collate "C" not null check (rule like '{%}'),
  models text collate "C" not null,
  evidence text collate "C" not null check (evidence in ('awaited', 'complete', 'lacking'))
);

create index capture_by_time on capture (met_ms, id);
create index capture_of_camera on capture (camera_id, met_ms, id);
create index capture_of_item on capture (item, met_ms, id);
create index capture_unfinished on capture (camera_id) where end_ms is null or evidence = 'awaited';

create table evidence_file (
  capture_id text collate "C" not null references capture (id) on delete cascade,
  kind text collate "C" not null check (kind in ('first', 'picture', 'clip')),
  path text collate "C" not null unique check (length(path) > 0),
  size_bytes bigint not null check (size_bytes >= 0),
  sha256 bytea not null check (length(sha256) = 32),
  primary key (capture_id, kind)
);

create table analysis_count (
  camera_id text collate "C" not null references camera (id) on delete cascade,
  hour_ms bigint not null check (hour_ms >= 0 and hour_ms % 3600000 = 0),
  frame_count bigint not null check (frame_count >= 0),
  record_count bigint not null check (record_count >= 0),
  primary key (camera_id, hour_ms)
);

create index analysis_count_by_hour on analysis_count (hour_ms);

create table camera_analysis (
  camera_id text collate "C" primary key not null references camera (id) on delete cascade,
  is_on bigint not null check (is_on in (0, 1)),
  least_head_pixels bigint not null check (least_head_pixels between 12 and 200),
  masks text collate "C" not null check (masks like '[%]')
);

create table capture_rule (
  camera_id text collate "C" not null references camera_analysis (camera_id) on delete cascade,
  item text collate "C" not null check (length(item) > 0),
  is_on bigint not null check (is_on in (0, 1)),
  hours text collate "C" not null check (hours in ('always', 'working', 'outsideWorking')),
  sustained_ms bigint not null check (sustained_ms between 0 and 600000),
  cooldown_ms bigint not null check (cooldown_ms between 0 and 86400000),
  threshold double precision check (threshold between 0.05 and 0.99),
  zones text collate "C" not null check (zones like '[%]'),
  primary key (camera_id, item)
);
