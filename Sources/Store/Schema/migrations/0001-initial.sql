-- Places, cameras, footage, people and the ledger.

create table meta (
  name text primary key not null,
  value blob not null
) strict;
create table school (
  id text primary key not null check (length(id) = 36),
  name text not null unique check (length(name) between 1 and 100),
  created_ms integer not null check (created_ms >= 0)
) strict;
create table area (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id),
  kind text not null check (kind in ('preparation', 'washing', 'cooking', 'other')),
  name text not null check (length(name) <= 100),
  created_ms integer not null check (created_ms >= 0),
  unique (school_id, kind, name)
) strict;
create table camera (
  id text primary key not null check (length(id) = 36),
  area_id text not null references area (id),
  name text not null check (length(name) between 1 and 100),
  main_address text not null check (length(main_address) > 0),
  sub_address text check (length(sub_address) > 0),
  credentials_sealed blob check (length(credentials_sealed) > 28),
  transport text not null check (transport in ('tcp', 'udp')),
  client text not null check (client in ('native', 'compatible')),
  verifies_certificate integer not null check (verifies_certificate in (0, 1)),
  is_enabled integer not null check (is_enabled in (0, 1)),
  is_recorded integer not null check (is_recorded in (0, 1)),
  retention_days integer check (retention_days between 7 and 3650),
  created_ms integer not null check (created_ms >= 0),
  removed_ms integer check (removed_ms >= created_ms)
) strict;

create unique index camera_name on camera (area_id, name) where removed_ms is null;
create table recorded_file (
  id integer primary key not null,
  camera_id text not null references camera (id),
  path text not null unique check (length(path) > 0),
  start_ms integer not null check (start_ms >= 0),
  duration_us integer not null check (duration_us between 0 and 86400000000),
  end_ms integer not null generated always as (start_ms + (duration_us + 999) / 1000) stored,
  size_bytes integer not null check (size_bytes >= 0),
  init_bytes integer not null check (init_bytes >= 0),
  codecs text not null,
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  is_closed integer not null check (is_closed in (0, 1))
) strict;
create index recorded_file_of_camera on recorded_file (camera_id, start_ms);
create index recorded_file_by_age on recorded_file (start_ms);
create index recorded_file_open on recorded_file (camera_id) where is_closed = 0;
create table recorded_segment (
  file_id integer not null references recorded_file (id) on delete cascade,
  byte_offset integer not null check (byte_offset >= 0),
  byte_length integer not null check (byte_length > 0),
  start_ms integer not null check (start_ms >= 0),
  duration_us integer not null check (duration_us >= 0),
  sha256 blob not null check (length(sha256) = 32),
  primary key (file_id, byte_offset)
) strict, without rowid;
create table recording_gap (
  id integer primary key not null,
  camera_id text not null references camera (id) on delete cascade,
  start_ms integer not null check (start_ms >= 0),
  end_ms integer not null check (end_ms > start_ms),
  reason text not null check (length(reason) > 0)
) strict;

create index recording_gap_of_camera on recording_gap (camera_id, end_ms);
create table protected_span (
  id integer primary key not null,
  camera_id text not null references camera (id) on delete cascade,
  start_ms integer not null check (start_ms >= 0),
  end_ms integer not null check (end_ms > start_ms),
  reason text not null,
  created_ms integer not null check (created_ms >= 0),
  unique (camera_id, start_ms, end_ms, reason)
) strict;
create table footage_total (
  camera_id text primary key not null references camera (id) on delete cascade,
  file_count integer not null check (file_count >= 0),
  size_bytes integer not null check (size_bytes >= 0)
) strict;

create trigger footage_total_added after insert on recorded_file begin
  insert into footage_total (camera_id, file_count, size_bytes)
    values (new.camera_id, 1, new.size_bytes)
    on conflict (camera_id) do update
      set file_count = footage_total.file_count + 1, size_bytes = footage_total.size_bytes + new.size_bytes;
end;

create trigger footage_total_changed after update of size_bytes on recorded_file begin
  update footage_total set size_bytes = size_bytes + new.size_bytes - old.size_bytes where camera_id = new.camera_id;
end;

create trigger footage_total_removed after delete on recorded_file begin
  update footage_total set file_count = file_count - 1, size_bytes = size_bytes - old.size_bytes
    where camera_id = old.camera_id;
end;
create table person (
  id text primary key not null check (length(id) = 36),
  account text not null check (length(account) between 2 and 64),
  account_folded text not null unique,
  name text not null check (length(name) between 1 and 100),
  role text not null check (role in ('administrator', 'supervisor', 'school')),
  school_id text references school (id) check ((role = 'school') = (school_id is not null)),
  is_enabled integer not null check (is_enabled in (0, 1)),
  must_change_password integer not null check (must_change_password in (0, 1)),
  password_hash text not null check (password_hash like '$scrypt$%'),
  created_ms integer not null check (created_ms >= 0)
) strict;

create index person_of_school on person (school_id) where school_id is not null;
create table session (
  token_sha256 blob primary key not null check (length(token_sha256) = 32),
  person_id text not null references person (id) on delete cascade,
  remote_address text not null,
  created_ms integer not null check (created_ms >= 0),
  expires_ms integer not null check (expires_ms >= created_ms)
) strict, without rowid;

create index session_of_person on session (person_id);
create index session_by_expiry on session (expires_ms);
create table ledger (
  chain text not null check (length(chain) > 0),
  sequence integer not null check (sequence > 0),
  time_ms integer not null,
  actor text not null check (length(actor) > 0),
  act text not null check (length(act) > 0),
  subject text not null check (length(subject) > 0),
  payload text not null check (payload like '{%}'),
  previous_sha256 blob not null check (length(previous_sha256) = 32),
  sha256 blob not null check (length(sha256) = 32),
  primary key (chain, sequence)
) strict, without rowid;

create index ledger_by_time on ledger (chain, time_ms, sequence);
create index ledger_by_act on ledger (chain, act, sequence);
create index ledger_by_subject on ledger (chain, subject, sequence);
create index ledger_by_actor on ledger (chain, actor, sequence);

create trigger ledger_never_changed before update on ledger begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_never_deleted before delete on ledger begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_continues before insert on ledger
  when new.sequence <> 1 + coalesce((select max(sequence) from ledger where chain = new.chain), 0)
    or new.previous_sha256 <> coalesce(
      (select sha256 from ledger where chain = new.chain order by sequence desc limit 1), zeroblob(32))
begin
  select raise(abort, 'a ledger entry must follow the last one');
end;
