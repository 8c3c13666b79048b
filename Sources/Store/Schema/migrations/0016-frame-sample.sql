create table frame_sample_day (
  camera_id text not null references camera (id),
  day text not null check (length(day) = 10),
  size integer not null check (size > 0),
  offered integer not null check (offered >= 0),
  closed_ms integer check (closed_ms >= 0),
  kept integer check (kept <= offered),
  primary key (camera_id, day)
) strict, without rowid;

create index frame_sample_day_open on frame_sample_day (day) where closed_ms is null;

create table frame_sample (
  code text primary key not null check (length(code) = 32),
  camera_id text not null,
  day text not null,
  taken_ms integer not null,
  draw integer check (draw >= 0),
  path text unique check (length(path) > 0),
  size_bytes integer check (size_bytes >= 0),
  sha256 blob check (length(sha256) = 32),
  capture_id text unique references capture (id),
  state text not null default 'open' check (state in ('open', 'waiting', 'reviewed')),
  foreign key (camera_id, day) references frame_sample_day (camera_id, day),
  check ((draw is null) = (capture_id is not null) and (path is null) = (draw is null)
    and (sha256 is null) = (draw is null) and (size_bytes is null) = (draw is null))
) strict, without rowid;

create index frame_sample_of_day on frame_sample (camera_id, day, draw);
create index frame_sample_by_day on frame_sample (day);
create index frame_sample_waiting on frame_sample (code, camera_id) where state = 'waiting';

create table frame_review (
  code text primary key not null check (length(code) = 32),
  camera_id text not null references camera (id),
  day text not null check (length(day) = 10),
  taken_ms integer not null,
  weight real check (weight >= 1),
  items text check (items like '[%]'),
  captured text not null check (captured like '[%]'),
  person_id text not null references person (id),
  answered_ms integer not null check (answered_ms >= 0)
) strict, without rowid;

create index frame_review_by_time on frame_review (taken_ms, camera_id);
create index frame_review_of_day on frame_review (camera_id, day);
