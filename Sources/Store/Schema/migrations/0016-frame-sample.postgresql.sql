create table frame_sample_day (
  camera_id text collate "C" not null references camera (id),
  day text collate "C" not null check (length(day) = 10),
  size bigint not null check (size > 0),
  offered bigint not null check (offered >= 0),
  closed_ms bigint check (closed_ms >= 0),
  kept bigint check (kept <= offered),
  primary key (camera_id, day)
);

create index frame_sample_day_open on frame_sample_day (day) where closed_ms is null;

create table frame_sample (
  code text collate "C" primary key not null check (length(code) = 32),
  camera_id text collate "C" not null,
  day text collate "C" not null,
  taken_ms bigint not null,
  draw bigint check (draw >= 0),
  path text collate "C" unique check (length(path) > 0),
  size_bytes bigint check (size_bytes >= 0),
  sha256 bytea check (length(sha256) = 32),
  capture_id text collate "C" unique references capture (id),
  state text collate "C" not null default 'open' check (state in ('open', 'waiting', 'reviewed')),
  foreign key (camera_id, day) references frame_sample_day (camera_id, day),
  check ((draw is null) = (capture_id is not null) and (path is null) = (draw is null)
    and (sha256 is null) = (draw is null) and (size_bytes is null) = (draw is null))
);

create index frame_sample_of_day on frame_sample (camera_id, day, draw);
create index frame_sample_by_day on frame_sample (day);
create index frame_sample_waiting on frame_sample (code, camera_id) where state = 'waiting';

create table frame_review (
  code text collate "C" primary key not null check (length(code) = 32),
  camera_id text collate "C" not null references camera (id),
  day text collate "C" not null check (length(day) = 10),
  taken_ms bigint not null,
  weight double precision check (weight >= 1),
  items text collate "C" check (items like '[%]'),
  captured text collate "C" not null check (captured like '[%]'),
  person_id text collate "C" not null references person (id),
  answered_ms bigint not null check (answered_ms >= 0)
);

create index frame_review_by_time on frame_review (taken_ms, camera_id);
create index frame_review_of_day on frame_review (camera_id, day);
