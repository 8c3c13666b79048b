-- The schema as it is today: the document to read. What makes it is migrations/; a test keeps both equal.
--
-- Conventions (docs/design/records.md):
--   *_ms     UTC milliseconds since 1970-01-01 00:00 (a moment), or milliseconds (a duration)
--   *_us     microseconds
--   id       UUIDv7 in its 36-character lower-case form, unless said otherwise: it sorts by time as text in every
--            engine, is what pages and ledger show, and small tables can afford it
--   is_*     0 or 1
-- PostgreSQL has the same tables and columns in its own types (migrations/*.postgresql.sql), which a test sees to.
-- Tables are `strict`: SQLite refuses a value of another type. `integer` has 64 bits.

-- Facts about this database itself.
create table meta (
  name text primary key not null,
  -- Written by the program; what it means depends on the name.
  --   key_check  a known text sealed with the cameras' key: a wrong key is noticed at start-up
  value blob not null
) strict;

-- A township, and the territory of one market-regulation office. (乡镇)
create table township (
  id text primary key not null check (length(id) = 36),
  name text not null unique check (length(name) between 1 and 100),
  created_ms integer not null check (created_ms >= 0)
) strict;

-- A school with a canteen. (学校)
create table school (
  id text primary key not null check (length(id) = 36),
  name text not null unique check (length(name) between 1 and 100),
  created_ms integer not null check (created_ms >= 0),
  -- Null = the county's bureau supervises it itself.
  township_id text references township (id),
  -- Domain's School.Kind; null = nobody has said.
  kind text check (kind in ('kindergarten', 'primary', 'middle', 'nineYear', 'high', 'vocational', 'other'))
) strict;

-- "Which schools lie in this township?"
create index school_of_township on school (township_id) where township_id is not null;

-- A canteen of a school that has more than one. (食堂)
create table canteen (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id),
  name text not null check (length(name) between 1 and 100),
  created_ms integer not null check (created_ms >= 0),
  unique (school_id, name)
) strict;

-- A part of a canteen that cameras watch. (区域)
create table area (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id),
  -- Domain's Area.Kind.
  kind text not null check (kind in ('preparation', 'washing', 'cooking', 'other')),
  -- Empty = the name of the kind in the reader's language.
  name text not null check (length(name) <= 100),
  created_ms integer not null check (created_ms >= 0),
  -- One of its school's; null = the school has one canteen, which needs no name.
  canteen_id text references canteen (id)
) strict;

create unique index area_name on area (school_id, coalesce(canteen_id, ''), kind, name);
create index area_of_canteen on area (canteen_id) where canteen_id is not null;

-- A camera as its administrator set it up. (摄像机)
create table camera (
  id text primary key not null check (length(id) = 36),
  area_id text not null references area (id),
  name text not null check (length(name) between 1 and 100),
  -- `rtsp://…`, `rtsps://…`, `sim://…`, or `file:` and a path; never with a user name or password.
  main_address text not null check (length(main_address) > 0),
  -- The smaller stream of the same picture; null = none. (辅码流)
  sub_address text check (length(sub_address) > 0),
  -- User name and password, ChaCha20-Poly1305 under the machine's key, bound to this camera's id; null = none.
  credentials_sealed blob check (length(credentials_sealed) > 28),
  transport text not null check (transport in ('tcp', 'udp')),
  client text not null check (client in ('native', 'compatible')),
  -- RTSPS only.
  verifies_certificate integer not null check (verifies_certificate in (0, 1)),
  is_enabled integer not null check (is_enabled in (0, 1)),
  is_recorded integer not null check (is_recorded in (0, 1)),
  -- Null = the node's setting.
  retention_days integer check (retention_days between 7 and 3650),
  created_ms integer not null check (created_ms >= 0),
  -- When it was removed; its footage is still kept until retention deletes it. Null = it is there.
  removed_ms integer check (removed_ms >= created_ms)
) strict;

create unique index camera_name on camera (area_id, name) where removed_ms is null;

-- A recorded file: a few minutes of one camera, one format, no gap inside. (录像文件)
create table recorded_file (
  -- Small number, given by SQLite, for the many rows of recorded_segment; not shown to anybody.
  id integer primary key not null,
  camera_id text not null references camera (id),
  -- Below the recording root: `<camera>/<date>/<HH-MM-SS>.mp4`.
  path text not null unique check (length(path) > 0),
  start_ms integer not null check (start_ms >= 0),
  -- Of its pictures so far. No file is longer than a day: queries look back that far and no further.
  duration_us integer not null check (duration_us between 0 and 86400000000),
  end_ms integer not null generated always as (start_ms + (duration_us + 999) / 1000) stored,
  -- What the index knows of; a file being written may hold more.
  size_bytes integer not null check (size_bytes >= 0),
  -- ftyp + moov (and our own box).
  init_bytes integer not null check (init_bytes >= 0),
  -- RFC 6381.
  codecs text not null,
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  -- 0 = being written, or left so by a crash.
  is_closed integer not null check (is_closed in (0, 1))
) strict;

-- "What is there of this camera between two moments?"
create index recorded_file_of_camera on recorded_file (camera_id, start_ms);
-- "Which files are the oldest?"
create index recorded_file_by_age on recorded_file (start_ms);
-- "Which files were being written when the program ended?"
create index recorded_file_open on recorded_file (camera_id) where is_closed = 0;

-- A run of fragments that starts on a keyframe; many millions of rows, so nothing is said twice. (分段)
create table recorded_segment (
  file_id integer not null references recorded_file (id) on delete cascade,
  -- From the file's beginning.
  byte_offset integer not null check (byte_offset >= 0),
  byte_length integer not null check (byte_length > 0),
  start_ms integer not null check (start_ms >= 0),
  duration_us integer not null check (duration_us >= 0),
  -- Over exactly these bytes of the file.
  sha256 blob not null check (length(sha256) = 32),
  primary key (file_id, byte_offset)
) strict, without rowid;

-- A stretch without footage although the camera should have been recorded. (录像缺口)
create table recording_gap (
  id integer primary key not null,
  camera_id text not null references camera (id) on delete cascade,
  start_ms integer not null check (start_ms >= 0),
  end_ms integer not null check (end_ms > start_ms),
  -- Domain's RecordingGap.Reason.
  reason text not null check (length(reason) > 0)
) strict;

create index recording_gap_of_camera on recording_gap (camera_id, end_ms);

-- Footage that retention must not delete. (受保护的录像)
create table protected_span (
  id integer primary key not null,
  camera_id text not null references camera (id) on delete cascade,
  start_ms integer not null check (start_ms >= 0),
  end_ms integer not null check (end_ms > start_ms),
  -- In a person's words.
  reason text not null,
  created_ms integer not null check (created_ms >= 0),
  unique (camera_id, start_ms, end_ms, reason)
) strict;

-- How much footage each camera has: what recorded_file adds up to, kept by the triggers below so that
-- "is the disk budget used up?" never reads a million rows.
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

-- Somebody who signs in. (人员)
create table person (
  id text primary key not null check (length(id) = 36),
  -- As it was typed when the account was made.
  account text not null check (length(account) between 2 and 64),
  -- The account in lower case: two accounts may not differ in case only.
  account_folded text not null unique,
  name text not null check (length(name) between 1 and 100),
  role text not null
    check (role in ('administrator', 'supervisor', 'township', 'education', 'school', 'viewer', 'hall')),
  -- A school's own people, and others who are narrowed to it; null = not narrowed to a school.
  school_id text references school (id),
  is_enabled integer not null check (is_enabled in (0, 1)),
  must_change_password integer not null check (must_change_password in (0, 1)),
  -- `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`, both base64 without padding: cost and salt travel with the hash.
  password_hash text not null check (password_hash like '$scrypt$%'),
  created_ms integer not null check (created_ms >= 0),
  -- A township office's people, and others who are narrowed to one; null = not narrowed to a township.
  township_id text references township (id),
  -- One of the school's; null = all of them.
  canteen_id text references canteen (id),
  constraint person_ground check (
    (role <> 'township' or township_id is not null) and (role <> 'school' or school_id is not null)
    and (township_id is null or school_id is null) and (canteen_id is null or school_id is not null))
) strict;

create index person_of_school on person (school_id) where school_id is not null;
create index person_of_township on person (township_id) where township_id is not null;
create index person_of_canteen on person (canteen_id) where canteen_id is not null;

-- A browser that is signed in.
create table session (
  -- SHA-256 of the cookie's token: whoever reads the database can't take over a session.
  token_sha256 blob primary key not null check (length(token_sha256) = 32),
  person_id text not null references person (id) on delete cascade,
  -- The peer's address at sign-in.
  remote_address text not null,
  created_ms integer not null check (created_ms >= 0),
  -- Moved on by use.
  expires_ms integer not null check (expires_ms >= created_ms)
) strict, without rowid;

create index session_of_person on session (person_id);
create index session_by_expiry on session (expires_ms);

-- What was done, by whom, to what: append-only, each entry bound to the one before it. (账本; docs/design/ledger.md)
create table ledger (
  -- Chains grow independently of one another; today there is one, 'county'.
  chain text not null check (length(chain) > 0),
  -- 1, 2, 3, … without a hole.
  sequence integer not null check (sequence > 0),
  time_ms integer not null,
  -- Domain's LedgerActor: `person/<id>`, `camera/<id>`, `node`, `console`.
  actor text not null check (length(actor) > 0),
  -- Domain's LedgerAct.
  act text not null check (length(act) > 0),
  -- What it was done to: `camera/<id>`, `school/<id>`, …
  subject text not null check (length(subject) > 0),
  -- Canonical JSON (RFC 8785), always an object.
  payload text not null check (payload like '{%}'),
  previous_sha256 blob not null check (length(previous_sha256) = 32),
  sha256 blob not null check (length(sha256) = 32),
  primary key (chain, sequence)
) strict, without rowid;

create index ledger_by_time on ledger (chain, time_ms, sequence);
create index ledger_by_subject on ledger (chain, subject, sequence);
create index ledger_by_act on ledger (chain, act, time_ms, sequence);
create index ledger_by_actor on ledger (chain, actor, time_ms, sequence);

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

-- What the ledger was at one moment, signed: whoever changes, removes or cuts off entries afterwards is found out.
-- (检查点; docs/design/ledger.md)
create table checkpoint (
  -- 1, 2, 3, … without a hole.
  number integer primary key not null check (number > 0),
  made_ms integer not null,
  -- Merkle root (RFC 6962) over the heads.
  root_sha256 blob not null check (length(root_sha256) = 32),
  -- Of the checkpoint before; zeros for the first.
  previous_sha256 blob not null check (length(previous_sha256) = 32),
  -- Ed25519, of the node that signed. The ledger announces it.
  public_key blob not null check (length(public_key) = 32),
  -- Ed25519 over all the others.
  signature blob not null check (length(signature) = 64)
) strict;

create index checkpoint_of_key on checkpoint (public_key, number);

-- The last entry that each chain had.
create table checkpoint_head (
  number integer not null references checkpoint (number),
  chain text not null check (length(chain) > 0),
  -- Of the entry.
  sequence integer not null check (sequence > 0),
  sha256 blob not null check (length(sha256) = 32),
  primary key (number, chain)
) strict, without rowid;

create trigger checkpoint_never_changed before update on checkpoint begin
  select raise(abort, 'checkpoints are append-only');
end;

create trigger checkpoint_never_deleted before delete on checkpoint begin
  select raise(abort, 'checkpoints are append-only');
end;

create trigger checkpoint_head_never_changed before update on checkpoint_head begin
  select raise(abort, 'checkpoints are append-only');
end;

create trigger checkpoint_head_never_deleted before delete on checkpoint_head begin
  select raise(abort, 'checkpoints are append-only');
end;

-- An incident that the program has captured by itself. (抓拍)
create table capture (
  id text primary key not null check (length(id) = 36),
  -- A camera with captures keeps its row when it is removed: they need a place, and thereby rights.
  camera_id text not null references camera (id),
  -- Domain's CaptureItem.
  item text not null check (length(item) > 0),
  -- 1 is the worst.
  grade integer not null check (grade between 1 and 3),
  -- When it was first seen. This and the next three come from the stream's clock, which may have been set.
  start_ms integer not null,
  -- When the rule was met: the order of lists.
  met_ms integer not null,
  -- Null while it goes on.
  end_ms integer,
  -- The moment that shows it best.
  best_ms integer not null,
  score real not null check (score between 0 and 1),
  -- JSON in shares of the picture: {"height", "width", "x", "y"}; null = the whole picture.
  box text check (box like '{%}'),
  -- Like box, in the picture in which the rule was met.
  first_box text check (first_box like '{%}'),
  -- JSON: other people and heads in the same picture, [{"box", "label", "score"}, …].
  sights text not null check (sights like '[%]'),
  -- JSON: the score over time, [{"box", "offsetMs", "score"}, …].
  curve text not null check (curve like '[%]'),
  -- JSON: Domain's CaptureRule as it was then.
  rule text not null check (rule like '{%}'),
  -- Names and versions; empty where no model was asked.
  models text not null,
  -- awaited   picture or clip are still to be cut
  -- complete  picture and clip are kept
  -- lacking   nothing more will come: the moment was not recorded
  evidence text not null check (evidence in ('awaited', 'complete', 'lacking')),
  -- What `verdict` says of it, for lists: a merged one is a confirmed one. `mingchu check` compares the two.
  judgement text not null default 'waiting'
  check (judgement in ('waiting', 'confirmed', 'rejected', 'duplicate')),
  -- Of the case that it is part of, as `case_file` says it; null = of none.
  case_state text
) strict;

-- Each holds what lists filter by, so that whoever looks for something rare goes along an index and not the table.
create index capture_by_time on capture (met_ms, id, camera_id, judgement, item, case_state, score);
create index capture_of_camera on capture (camera_id, met_ms, id, judgement, item, case_state);
create index capture_of_item on capture (item, met_ms, id, camera_id, judgement);
create index capture_by_judgement on capture (judgement, met_ms, id, camera_id, item);
-- "What was left undone when the program ended?"
create index capture_unfinished on capture (camera_id) where end_ms is null or evidence = 'awaited';

-- What is kept to prove a capture. (证据)
create table evidence_file (
  capture_id text not null references capture (id) on delete cascade,
  -- Domain's EvidenceFile.Kind.
  kind text not null check (kind in ('first', 'picture', 'clip')),
  -- Below the evidence folder.
  path text not null unique check (length(path) > 0),
  size_bytes integer not null check (size_bytes >= 0),
  -- Of the whole file; the ledger has it too.
  sha256 blob not null check (length(sha256) = 32),
  primary key (capture_id, kind)
) strict, without rowid;

-- How many pictures of a camera were analysed in an hour. (分析记录)
create table analysis_count (
  camera_id text not null references camera (id) on delete cascade,
  -- When the hour began, of UTC.
  hour_ms integer not null check (hour_ms >= 0 and hour_ms % 3600000 = 0),
  -- Analysed pictures.
  frame_count integer not null check (frame_count >= 0),
  -- Those among them that held a moving region or a track: “records analysed”.
  record_count integer not null check (record_count >= 0),
  primary key (camera_id, hour_ms)
) strict, without rowid;

create index analysis_count_by_hour on analysis_count (hour_ms);

-- How a camera's pictures are analysed, where somebody has set anything but the standard. (分析设置)
create table camera_analysis (
  camera_id text primary key not null references camera (id) on delete cascade,
  is_on integer not null check (is_on in (0, 1)),
  -- Of the analysed picture.
  least_head_pixels integer not null check (least_head_pixels between 12 and 200),
  -- JSON: polygons in shares of the picture, [{"points": [{"x", "y"}, …]}, …].
  masks text not null check (masks like '[%]')
) strict;

-- The rules that differ from the standard. (抓拍规则)
create table capture_rule (
  camera_id text not null references camera_analysis (camera_id) on delete cascade,
  -- Domain's CaptureItem.
  item text not null check (length(item) > 0),
  is_on integer not null check (is_on in (0, 1)),
  hours text not null check (hours in ('always', 'working', 'outsideWorking')),
  sustained_ms integer not null check (sustained_ms between 0 and 600000),
  cooldown_ms integer not null check (cooldown_ms between 0 and 86400000),
  -- Null = the model's own.
  threshold real check (threshold between 0.05 and 0.99),
  -- JSON like masks; [] = the whole picture.
  zones text not null check (zones like '[%]'),
  primary key (camera_id, item)
) strict, without rowid;

-- What a person said of a capture; a later verdict takes its place, and the ledger keeps both. (研判结论)
create table verdict (
  capture_id text primary key not null references capture (id) on delete cascade,
  kind text not null check (kind in ('confirmed', 'rejected', 'duplicate', 'merged')),
  -- Domain's Verdict.Rejection.
  reason text check ((reason is null) = (kind <> 'rejected')),
  -- The capture that it is a duplicate of, or the case that it became part of.
  other_id text check ((other_id is null) = (kind in ('confirmed', 'rejected'))),
  person_id text not null references person (id),
  judged_ms integer not null
) strict, without rowid;

create index verdict_by_kind on verdict (kind, capture_id);

-- A case as its events in the ledger (subject `case/<id>`) leave it: an index of them, never a source. `mingchu check`
-- makes it anew and compares. (案件)
create table case_file (
  id text primary key not null check (length(id) = 36),
  -- What people call it: 1, 2, 3, … in the order of opening.
  number integer not null unique check (number > 0),
  -- How many events it has.
  version integer not null check (version > 0),
  -- Domain's CaseState.
  state text not null check (state in ('opened', 'dispatched', 'acknowledged', 'rectifying', 'submitted', 'appealed',
    'reinspection', 'closed', 'withdrawn')),
  -- 1 is the worst.
  grade integer not null check (grade between 1 and 3),
  -- Domain's CaseMatter: `item/noHat`, `other/<as somebody named it>`.
  matter text not null check (length(matter) > 0),
  school_id text not null references school (id),
  -- Whose office handles it; null = the county's bureau itself.
  township_id text references township (id),
  -- Where it was seen; both may be gone since.
  canteen_id text,
  area_id text,
  -- 1, and one more with each reopening.
  round integer not null check (round > 0),
  opened_ms integer not null,
  changed_ms integer not null,
  -- Null until a re-inspection has closed it.
  closed_ms integer,
  -- When the next deadline comes, as calendar and rules say; computed anew when these change. Null = none runs.
  due_ms integer,
  -- Domain's CaseClock.Kind.
  due_kind text check ((due_kind is null) = (due_ms is null)),
  -- When the ladder of escalation must be looked at again. Null = nothing comes by itself.
  look_ms integer,
  -- All its texts in small letters, for searching.
  search text not null,
  -- When it first reached each step; null = it has not.
  dispatched_ms integer,
  acknowledged_ms integer,
  submitted_ms integer,
  passed_ms integer,
  -- From when on the school is late, was, or will be as things stand: the first deadline for rectifying that was not kept
  -- or still runs. Computed anew like due_ms. Null = all were kept, or the clock stands still.
  late_ms integer
) strict;

create index case_by_change on case_file (changed_ms, id);
create index case_by_opening on case_file (opened_ms, id);
create index case_by_due on case_file (coalesce(due_ms, 9223372036854775807), id);
create index case_to_look_at on case_file (look_ms, id) where look_ms is not null;
create index case_of_state on case_file (state, changed_ms, id);
create index case_of_school on case_file (school_id, matter, changed_ms);
create index case_of_township on case_file (township_id, changed_ms, id);

-- A capture is part of one case at most.
create table case_capture (
  capture_id text primary key not null references capture (id),
  case_id text not null references case_file (id)
) strict, without rowid;

create index case_capture_of_case on case_capture (case_id, capture_id);

-- Numbers that were given to notices: each once. (文号)
create table notice (
  series text not null check (length(series) > 0),
  year integer not null,
  -- From 1 each year, without a hole.
  number integer not null check (number > 0),
  case_id text not null references case_file (id),
  round integer not null check (round > 0),
  issued_ms integer not null,
  primary key (series, year, number)
) strict, without rowid;

create unique index notice_of_case on notice (case_id, round);

-- Photos, videos and papers that somebody added to a case. (附件)
create table attachment (
  id text primary key not null check (length(id) = 36),
  case_id text not null references case_file (id),
  -- Domain's Attachment.Kind.
  kind text not null check (kind in ('photo', 'video', 'document')),
  -- As the sender's machine called it.
  name text not null check (length(name) between 1 and 200),
  -- What its first bytes say that it is: `image/jpeg`, …
  media_type text not null check (length(media_type) > 0),
  size_bytes integer not null check (size_bytes > 0),
  -- Of the whole file; the event in the ledger has it too.
  sha256 blob not null check (length(sha256) = 32),
  -- Below the folder of attachments.
  path text not null unique check (length(path) > 0),
  added_ms integer not null
) strict;

create index attachment_of_case on attachment (case_id, id);

-- What a body is told of a case, made together with the event that is the reason, or of a warning. (通知)
create table notification (
  id text primary key not null check (length(id) = 36),
  -- The same for the same news, whoever makes it and when: `<case>/<version>/<body>/<n>`, `<warning>/<body>`.
  key text not null unique check (length(key) > 0),
  -- Null = it is about no case.
  case_id text references case_file (id),
  -- Domain's Body.
  body text not null check (length(body) > 0),
  -- JSON: Domain's CaseNotice, or of no case its Affair. Null = it is about a warning.
  notice text check (notice like '{%}'),
  made_ms integer not null,
  -- When it was settled which channels it goes to. Null = not yet.
  routed_ms integer,
  -- Null = it is about something else.
  warning_id text references warning (id),
  check ((notice is null) = (warning_id is not null) and (case_id is null or warning_id is null))
) strict;

create index notification_of_body on notification (body, made_ms, id);
create index notification_to_route on notification (made_ms, id) where routed_ms is null;
create index notification_of_warning on notification (warning_id) where warning_id is not null;

-- Up to which news somebody has read.
create table notification_read (
  person_id text primary key not null references person (id),
  read_ms integer not null
) strict, without rowid;

-- Deadlines and ladders, each from a moment on; older cases keep what held when their clocks began. (处置规则)
create table case_policy (
  from_ms integer primary key not null,
  -- JSON: Domain's CasePolicy.
  policy text not null check (policy like '{%}')
) strict;

-- Terms, holidays and working hours: of the county, and of schools that have their own. (校历、作息时间)
create table school_time (
  -- `county`, or `school/<id>`.
  place text primary key not null check (length(place) > 0),
  -- JSON: Domain's SchoolCalendar. Null = the county's.
  calendar text check (calendar like '{%}'),
  -- JSON: Domain's WorkingHours. Null = the county's.
  hours text check (hours like '{%}')
) strict, without rowid;

-- Ways by which news reach somebody outside of the pages. (通知渠道)
create table channel (
  id text primary key not null check (length(id) = 36),
  -- Whose news: Domain's NoticeChannel.Owner, a body or `person/<id>`.
  owner text not null check (length(owner) > 0),
  kind text not null check (kind in ('mail', 'webhook', 'wecom', 'dingtalk', 'feishu')),
  name text not null check (length(name) between 1 and 100),
  -- Address and signing key, sealed: an address may hold a robot's key.
  target_sealed blob not null,
  -- Which news.
  scope text not null check (scope in ('all', 'escalations')),
  language text not null check (language in ('zh-Hans', 'en')),
  is_enabled integer not null check (is_enabled in (0, 1)),
  -- The minute (since 1970) of the last attempt, and how many there were in it.
  minute integer not null default 0,
  minute_count integer not null default 0 check (minute_count >= 0),
  -- The same by the territory's days.
  day integer not null default 0,
  day_count integer not null default 0 check (day_count >= 0),
  created_ms integer not null
) strict;

create index channel_of_owner on channel (owner, id);

-- One piece of news, or one report, on its way through one channel. (投递)
create table delivery (
  -- What the receiver knows the message by, with every attempt.
  id text primary key not null check (length(id) = 36),
  -- Null = it is a report.
  notification_id text references notification (id),
  channel_id text not null references channel (id),
  -- `sending` is durable before the first byte leaves. `uncertain`: a robot may have shown it or not.
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  -- How many were begun.
  attempts integer not null check (attempts >= 0),
  -- Of them, since it was made or somebody asked for it again.
  tries integer not null check (tries between 0 and attempts),
  -- Waiting: when it is tried. Sending: until when the attempt is taken to be alive.
  next_ms integer check ((next_ms is null) = (state in ('sent', 'failed', 'uncertain'))),
  attempted_ms integer check ((attempted_ms is null) = (attempts = 0)),
  -- Domain's SendFault.Kind of the last attempt. Null = it did not fail.
  fault text,
  -- What the receiver's side said, without anything secret; '' = nothing.
  answer text not null,
  sent_ms integer check ((sent_ms is null) = (state <> 'sent')),
  made_ms integer not null,
  -- Null = it is news.
  report_id text references report_issue (id),
  constraint delivery_of_one check ((notification_id is null) <> (report_id is null))
) strict;

-- Nothing goes to the same receiver twice.
create unique index delivery_once on delivery (notification_id, channel_id);
create unique index delivery_of_report_once on delivery (report_id, channel_id) where report_id is not null;
create index delivery_to_try on delivery (next_ms, id) where next_ms is not null;
create index delivery_to_try_of_channel on delivery (channel_id, next_ms, id) where next_ms is not null;
create index delivery_by_time on delivery (made_ms, id);
create index delivery_of_state on delivery (state, made_ms, id);
create index delivery_of_channel on delivery (channel_id, made_ms, id);

-- Who answers for a body, and when. (值班表)
create table duty_roster (
  -- Domain's Body.
  body text primary key not null check (length(body) > 0),
  -- JSON: Domain's DutyRoster.
  roster text not null check (roster like '{%}')
) strict, without rowid;

-- What lets a program ask the API in somebody's name. (访问令牌)
create table api_token (
  id text primary key not null check (length(id) = 36),
  -- Whose rights it has, as they are at each request.
  person_id text not null references person (id) on delete cascade,
  -- What its owner calls it.
  name text not null check (length(name) between 1 and 100),
  -- SHA-256 of the whole token: the token itself is kept nowhere.
  token_sha256 blob not null unique check (length(token_sha256) = 32),
  -- Domain's Scope, separated by blanks.
  scopes text not null check (length(scopes) > 0),
  created_ms integer not null check (created_ms >= 0),
  expires_ms integer not null check (expires_ms > created_ms),
  -- Within some minutes; null = never.
  used_ms integer
) strict;

create index api_token_of_person on api_token (person_id, id);

-- Answers to requests with an Idempotency-Key, kept for a day with what they changed: a request that comes again gets
-- the same answer and changes nothing.
create table api_answer (
  -- Whose key it is: `person/<id>` or `token/<id>`.
  asker text not null check (length(asker) > 0),
  -- As the asker chose it.
  key text not null check (length(key) between 1 and 255),
  -- SHA-256 over method, path and body: the same key with another request is refused.
  fingerprint blob not null check (length(fingerprint) = 32),
  status integer not null check (status between 200 and 299),
  -- JSON object: header fields that the answer had, by name.
  headers text not null check (headers like '{%}'),
  body blob not null,
  kept_ms integer not null,
  primary key (asker, key)
) strict;

create index api_answer_by_age on api_answer (kept_ms);

-- Files of cases that came through the API and wait for the act that names them. (待用附件)
create table case_upload (
  id text primary key not null check (length(id) = 36),
  case_id text not null references case_file (id),
  -- Who sent it, and the only one who can name it.
  person_id text not null references person (id) on delete cascade,
  -- From here on as in attachment.
  kind text not null check (kind in ('photo', 'video', 'document')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (length(media_type) > 0),
  size_bytes integer not null check (size_bytes > 0),
  sha256 blob not null check (length(sha256) = 32),
  path text not null unique check (length(path) > 0),
  added_ms integer not null
) strict;

create index case_upload_of_person on case_upload (person_id, case_id);
create index case_upload_by_age on case_upload (added_ms);

-- Why somebody opens recordings of a school, once in a session of work; ends with the session. (查看事由)
create table viewing_reason (
  token_sha256 blob not null references session (token_sha256) on delete cascade,
  school_id text not null references school (id) on delete cascade,
  -- JSON: Domain's ViewingReason.
  reason text not null check (reason like '{%}'),
  given_ms integer not null,
  -- Asked for again from then on.
  expires_ms integer not null check (expires_ms > given_ms),
  primary key (token_sha256, school_id)
) strict, without rowid;

create index viewing_reason_of_school on viewing_reason (school_id);

-- A capture that somebody has left to a colleague to be judged. (转交研判)
create table capture_hand_over (
  capture_id text primary key not null references capture (id) on delete cascade,
  from_id text not null references person (id),
  to_id text not null references person (id),
  note text not null check (length(note) <= 200),
  given_ms integer not null check (given_ms >= 0),
  check (from_id <> to_id)
) strict;

create index capture_hand_over_to on capture_hand_over (to_id, given_ms);

-- The blind sample: for each camera and day of the territory, some analysed frames at random. (盲审样本)
create table frame_sample_day (
  -- A camera with a sample keeps its row when it is removed: the pictures need a place, and thereby rights.
  camera_id text not null references camera (id),
  -- YYYY-MM-DD.
  day text not null check (length(day) = 10),
  -- How many are kept at most.
  size integer not null check (size > 0),
  -- Analysed frames that were drawn from.
  offered integer not null check (offered >= 0),
  -- When the sample was settled and people could be asked; null while the day goes on.
  closed_ms integer check (closed_ms >= 0),
  -- How many were kept when it was settled; each stands for offered / kept frames.
  kept integer check (kept <= offered),
  primary key (camera_id, day)
) strict, without rowid;

-- "Which days are over?"
create index frame_sample_day_open on frame_sample_day (day) where closed_ms is null;

-- A picture to be looked at blindly. Its row goes with its file; what was said of it stays. (盲审画面)
create table frame_sample (
  -- Domain's FrameCode: random, so that it tells nothing, and the order in which pictures are shown.
  code text primary key not null check (length(code) = 32),
  camera_id text not null,
  day text not null,
  -- When the picture was taken.
  taken_ms integer not null,
  -- What the frame drew; the lowest stay. Null for a decoy.
  draw integer check (draw >= 0),
  -- Null for what was drawn: a decoy's file is its capture's.
  path text unique check (length(path) > 0),
  size_bytes integer check (size_bytes >= 0),
  -- Of the whole file; once the day is over the ledger has it too.
  sha256 blob check (length(sha256) = 32),
  -- The capture whose first picture it is, put among the others. Null for what was drawn.
  capture_id text unique references capture (id),
  -- open      the day goes on
  -- waiting   for somebody to look at it
  -- reviewed  somebody has
  state text not null default 'open' check (state in ('open', 'waiting', 'reviewed')),
  foreign key (camera_id, day) references frame_sample_day (camera_id, day),
  check ((draw is null) = (capture_id is not null) and (path is null) = (draw is null)
    and (sha256 is null) = (draw is null) and (size_bytes is null) = (draw is null))
) strict, without rowid;

create index frame_sample_of_day on frame_sample (camera_id, day, draw);
create index frame_sample_by_day on frame_sample (day);
create index frame_sample_waiting on frame_sample (code, camera_id) where state = 'waiting';

-- What somebody saw in such a picture. (盲审结论)
create table frame_review (
  code text primary key not null check (length(code) = 32),
  camera_id text not null references camera (id),
  day text not null check (length(day) = 10),
  taken_ms integer not null,
  -- For how many analysed frames it stands; null for a decoy.
  weight real check (weight >= 1),
  -- JSON: Domain's CaptureItems that were seen; null = could not be told.
  items text check (items like '[%]'),
  -- JSON: items of which a capture on the camera spanned the moment; a decoy's own item.
  captured text not null check (captured like '[%]'),
  person_id text not null references person (id),
  answered_ms integer not null check (answered_ms >= 0)
) strict, without rowid;

create index frame_review_by_time on frame_review (taken_ms, camera_id);
create index frame_review_of_day on frame_review (camera_id, day);

-- Words that a county keeps for the acts of its cases. (文书模板)
create table text_template (
  id text primary key not null check (length(id) = 36),
  -- Domain's CaseMove.
  move text not null check (length(move) > 0),
  text text not null check (length(text) between 1 and 1000)
) strict;

-- What of a school's kitchens the public may see. (向社会公开)
create table publication (
  school_id text primary key not null references school (id) on delete cascade,
  -- Domain's PublicCode: stands in the address of the public page.
  code text not null unique check (length(code) = 16),
  -- JSON: Domain's Publication.
  publication text not null check (publication like '{%}')
) strict, without rowid;

-- What somebody looks for again and again, under a name. (常用筛选)
create table saved_filter (
  id text primary key not null check (length(id) = 36),
  person_id text not null references person (id) on delete cascade,
  -- Domain's SavedFilter.List.
  list text not null check (list in ('captures', 'cases')),
  name text not null check (length(name) between 1 and 40),
  -- JSON: the list's parameters, [{"name", "value"}, …].
  terms text not null check (terms like '[%]'),
  -- Domain's Body, whose people see it too; null = nobody else does.
  body text check (length(body) > 0)
) strict;

create unique index saved_filter_of_person on saved_filter (person_id, list, name);
create index saved_filter_of_body on saved_filter (body, list) where body is not null;

-- Somebody has looked at a school's kitchens and says so. (巡查记录)
create table patrol_look (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  person_id text not null references person (id),
  looked_ms integer not null check (looked_ms >= 0),
  -- What was found; empty = nothing.
  note text not null check (length(note) <= 500)
) strict;

create index patrol_look_of_school on patrol_look (school_id, looked_ms);
create index patrol_look_by_time on patrol_look (looked_ms, id);

-- Layouts of the hall's screen that a county has made or changed. (大厅场景)
create table hall_scene (
  id text primary key not null check (length(id) = 36),
  -- JSON: Domain's HallScene.
  scene text not null check (scene like '{%}')
) strict, without rowid;

-- Which scene is shown when, and whether visitors are there: one row, or none while nobody has changed anything. (场景排期)
create table hall_plan (
  id integer primary key not null check (id = 1),
  -- JSON: Domain's HallPlan.
  plan text not null check (plan like '{%}')
) strict;

-- The border of the county: one row, or none. (县域轮廓)
create table county_outline (
  id integer primary key not null check (id = 1),
  -- JSON: Domain's CountyOutline.
  outline text not null check (outline like '{%}')
) strict;

-- Where schools are, in degrees. (学校坐标)
create table school_position (
  school_id text primary key not null references school (id) on delete cascade,
  latitude real not null check (latitude between -90 and 90),
  longitude real not null check (longitude between -180 and 180)
) strict, without rowid;
-- Reports that are sent by themselves. (定期报告)
create table report_schedule (
  id text primary key not null check (length(id) = 36),
  kind text not null check (kind in ('week', 'month', 'term')),
  -- What it is about: Domain's Territory.
  territory text not null check (length(territory) > 0),
  -- Through whose mail channels: Domain's NoticeChannel.Owner, a body or `person/<id>`.
  receiver text not null check (length(receiver) > 0),
  language text not null check (language in ('zh-Hans', 'en')),
  -- After the first day that follows the span.
  delay_days integer not null check (delay_days between 0 and 27),
  -- After midnight of the territory's clock.
  minute integer not null check (minute between 0 and 1439),
  is_enabled integer not null check (is_enabled in (0, 1)),
  -- What was due before is not sent.
  since_ms integer not null check (since_ms >= 0)
) strict;

-- Reports that were finished; what is in one never changes. (定稿)
create table report_issue (
  id text primary key not null check (length(id) = 36),
  -- The same for the same report, whoever makes it and when: `<schedule>/<span>`; by hand `<id>`.
  key text not null unique check (length(key) > 0),
  -- Null = by hand. A schedule may be gone.
  schedule_id text check (length(schedule_id) = 36),
  kind text not null check (kind in ('week', 'month', 'term')),
  -- Days since 1970-01-01, the last one included.
  first_day integer not null,
  last_day integer not null check (last_day >= first_day),
  territory text not null check (length(territory) > 0),
  language text not null check (language in ('zh-Hans', 'en')),
  made_ms integer not null check (made_ms >= 0),
  sha256 blob not null check (length(sha256) = 32),
  -- PDF.
  document blob not null check (length(document) > 0)
) strict;

create index report_issue_of_place on report_issue (territory, kind, first_day, made_ms);
-- A checklist as it was at one time; a change makes the next version. (检查表)
create table inspection_template (
  id text not null check (length(id) = 36),
  -- From 1.
  number integer not null check (number > 0),
  -- JSON: Domain's InspectionTemplate.
  template text not null check (template like '{%}'),
  made_ms integer not null check (made_ms >= 0),
  primary key (id, number)
) strict, without rowid;

-- Every school of a territory is to be inspected by a day. (检查计划)
create table inspection_plan (
  id text primary key not null check (length(id) = 36),
  -- JSON: Domain's InspectionPlan.
  plan text not null check (plan like '{%}')
) strict;

-- A draw of schools and inspectors. (双随机抽查)
create table inspection_draw (
  id text primary key not null check (length(id) = 36),
  -- JSON: Domain's InspectionDraw.
  draw text not null check (draw like '{%}'),
  -- The 32 bytes that were committed to, sealed with the node's key until the draw is made; null from then on.
  secret_sealed blob
) strict;

-- One school's inspection on the spot. (现场检查)
create table inspection (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id),
  plan_id text references inspection_plan (id),
  draw_id text references inspection_draw (id),
  -- Domain's SpotInspection.State.
  state text not null check (state in
    ('planned', 'begun', 'handedIn', 'confirmed', 'disputed', 'decided', 'withdrawn')),
  -- YYYY-MM-DD.
  due_day text not null check (length(due_day) = 10),
  -- When the report came; null until then.
  handed_ms integer check (handed_ms >= 0),
  -- What it came to, after a decision without what was taken back; null without a report.
  points integer check (points >= 0),
  grade text check (grade in ('A', 'B', 'C', 'D')),
  -- Counts what has happened.
  version integer not null check (version > 0),
  -- JSON: Domain's SpotInspection.
  inspection text not null check (inspection like '{%}'),
  check ((points is null) = (grade is null))
) strict;

create index inspection_of_school on inspection (school_id, handed_ms);
create index inspection_of_plan on inspection (plan_id, state) where plan_id is not null;
create index inspection_of_draw on inspection (draw_id, state) where draw_id is not null;
create index inspection_by_state on inspection (state, due_day);

-- A photograph or a signature of an inspection. (检查照片、签名)
create table inspection_file (
  -- Made by the phone that sends it: sent twice, it is the same file.
  id text primary key not null check (length(id) = 36),
  inspection_id text not null references inspection (id),
  kind text not null check (kind in ('photo', 'signature')),
  -- As the sender's machine called it.
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (length(media_type) > 0),
  size_bytes integer not null check (size_bytes > 0),
  -- Of the whole file as it arrived; the ledger has it too.
  sha256 blob not null check (length(sha256) = 32),
  -- Below the folder of attachments.
  path text not null unique check (length(path) > 0),
  person_id text not null references person (id),
  added_ms integer not null check (added_ms >= 0)
) strict;

create index inspection_file_of_inspection on inspection_file (inspection_id);
-- A file that belongs to a school: a photograph of a duty, the picture of a licence. (学校文件)
create table school_file (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  -- 1 = somebody's own paper, seen by those who may see these.
  is_personal integer not null check (is_personal in (0, 1)),
  -- As the sender's machine called it.
  name text not null check (length(name) > 0),
  -- What its first bytes say that it is.
  media_type text not null check (length(media_type) > 0),
  size_bytes integer not null check (size_bytes > 0),
  -- Of the whole file, in lower-case digits; the ledger has it too.
  sha256 text not null check (length(sha256) = 64),
  -- Below the folder of attachments.
  path text not null unique check (length(path) > 0),
  added_ms integer not null check (added_ms >= 0)
) strict;

create index school_file_of_school on school_file (school_id);

-- When which duties are due, from a day on. (自查安排)
create table duty_plan (
  -- county, or school/<id>, which then has its own.
  place text not null check (length(place) > 0),
  -- YYYY-MM-DD.
  from_day text not null check (length(from_day) = 10),
  -- JSON: Domain's DutyPlan.
  plan text not null check (plan like '{%}'),
  primary key (place, from_day)
) strict, without rowid;

-- What a school entered for something that it had to do; each version is a row, none ever changes. (自查记录)
create table duty_entry (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  -- Domain's SchoolDuty.
  duty text not null check (length(duty) > 0),
  -- YYYY-MM-DD: the school day, the week's Monday or the first of the month.
  period text not null check (length(period) = 10),
  -- Empty for duties that belong to no meal.
  meal text not null check (meal in ('', 'breakfast', 'lunch', 'dinner')),
  -- 1 = the first; each correction is one more.
  version integer not null check (version > 0),
  -- JSON: Domain's DutyRecord; the ledger has its SHA-256.
  record text not null check (record like '{%}'),
  -- How many things were not as they should be.
  problems integer not null check (problems >= 0),
  -- JSON: ids of school_file.
  photos text not null check (photos like '[%]'),
  -- When samples were kept long enough and have to go; null = nothing has to, or they are gone.
  gone_ms integer check (gone_ms >= 0),
  person_id text not null references person (id),
  entered_ms integer not null check (entered_ms >= 0),
  -- Why it was corrected; empty for the first version.
  reason text not null check (length(reason) <= 200)
) strict;

create unique index duty_entry_of_slot on duty_entry (school_id, period, duty, meal, version);
create index duty_entry_by_period on duty_entry (period, school_id);

-- A licence of a canteen, or a certificate of somebody in it. (证照)
create table school_paper (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  -- Domain's ExpiryRule.Paper.Kind.
  kind text not null check (length(kind) > 0),
  number text not null check (length(number) between 1 and 60),
  -- Somebody's name; empty for a licence.
  holder text not null check (length(holder) <= 50),
  -- YYYY-MM-DD: the last day on which it holds.
  valid_through text not null check (length(valid_through) = 10),
  file_id text references school_file (id),
  -- When it was put away; null = it is in use.
  removed_ms integer check (removed_ms >= 0)
) strict;

create index school_paper_of_school on school_paper (school_id) where removed_ms is null;

-- What a canteen serves at a meal. (食谱)
create table menu (
  school_id text not null references school (id) on delete cascade,
  -- YYYY-MM-DD.
  day text not null check (length(day) = 10),
  meal text not null check (meal in ('breakfast', 'lunch', 'dinner')),
  -- JSON: Domain's Menu.Dish, in the order in which they were written.
  dishes text not null check (dishes like '[%]'),
  primary key (school_id, day, meal)
) strict, without rowid;

-- A school is reminded of something, once. (提醒)
create table reminder (
  id text primary key not null check (length(id) = 36),
  -- What it is about: a second one with the same cause is never made.
  cause text not null unique check (length(cause) > 0),
  school_id text not null references school (id) on delete cascade,
  -- JSON: Domain's Reminder.Content.
  content text not null check (content like '{%}'),
  made_ms integer not null check (made_ms >= 0)
) strict;

-- A reminder on its way to one channel; the columns are those of delivery.
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
-- An open day, a joint inspection or the like. (社会共治活动)
create table activity (
  id text primary key not null check (length(id) = 36),
  -- Domain's PublicCode: stands in the address of its public page.
  code text not null unique check (length(code) = 16),
  -- Domain's Activity.State.
  state text not null
    check (state in ('draft', 'published', 'closed', 'running', 'done', 'reported', 'cancelled')),
  -- Domain's Activity.Kind.
  kind text not null check (kind in ('openDay', 'jointInspection', 'other')),
  -- JSON: Domain's ActivityPlan, of which the next three are parts that are asked for.
  plan text not null check (plan like '{%}'),
  starts_ms integer not null,
  ends_ms integer not null check (ends_ms > starts_ms),
  sign_up_until_ms integer not null check (sign_up_until_ms <= starts_ms),
  -- What was done, for everybody; empty = not written yet.
  report text not null check (length(report) <= 2000),
  cancel_reason text not null check (length(cancel_reason) <= 200),
  version integer not null check (version > 0),
  -- What forms of its public page are signed with.
  form_key blob not null check (length(form_key) = 32),
  created_ms integer not null check (created_ms >= 0),
  -- When names and contacts of those who signed up were erased; null = not yet.
  erased_ms integer check (erased_ms >= 0)
) strict;

create index activity_by_start on activity (starts_ms, id);

-- The schools that an activity is about. (活动所涉学校)
create table activity_school (
  activity_id text not null references activity (id) on delete cascade,
  school_id text not null references school (id) on delete cascade,
  primary key (activity_id, school_id)
) strict, without rowid;

create index activity_of_school on activity_school (school_id);

-- Somebody's place at an activity, alone or with others. (报名)
create table sign_up (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  -- Domain's PublicCode: stands in the address of its own page.
  code text not null unique check (length(code) = 16),
  -- 1, 2, … in the order in which they were made.
  number integer not null check (number > 0),
  -- Empty once it was erased.
  name text not null check (length(name) <= 40),
  -- Domain's ActivityRole.
  role text not null check (role in ('parent', 'pupil', 'deputy', 'media', 'other')),
  count integer not null check (count between 1 and 200),
  -- Who come along with a parent.
  pupils integer not null check (pupils between 0 and 5),
  phone text check (length(phone) between 1 and 30),
  mail text check (length(mail) between 3 and 254),
  -- May be in photographs that are made public.
  consents integer not null check (consents in (0, 1)),
  language text not null check (language in ('zh-Hans', 'en')),
  -- Domain's SignUp.State.
  state text not null check (state in ('confirmed', 'waiting', 'cancelled', 'came', 'absent')),
  -- JSON: Domain's HeadCount of those who came.
  came text not null check (came like '{%}'),
  is_walk_in integer not null check (is_walk_in in (0, 1)),
  made_ms integer not null check (made_ms >= 0),
  -- When the waiting list let it in; null = it never waited, or still does.
  moved_up_ms integer check (moved_up_ms >= made_ms),
  -- Of the form that it was sent with, so that the same form sent twice is one sign-up; null = by staff.
  form text unique check (length(form) > 0),
  check (role <> 'pupil' or (phone is null and mail is null)),
  unique (activity_id, number)
) strict;

-- Something that was found at an activity. (现场发现)
create table activity_finding (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  school_id text not null references school (id) on delete cascade,
  area_id text references area (id) on delete set null,
  matter text not null check (length(matter) between 1 and 60),
  -- Domain's Grade.
  grade integer not null check (grade in (1, 2, 3)),
  -- Never public.
  note text not null check (length(note) <= 500),
  -- Put right while everybody was there.
  is_mended integer not null check (is_mended in (0, 1)),
  found_ms integer not null check (found_ms >= 0),
  -- Null = no case was made of it.
  case_id text references case_file (id)
) strict;

create index activity_finding_of on activity_finding (activity_id, found_ms);

-- A photograph of an activity, without what the camera had written into it. (活动照片)
create table activity_photo (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  -- What it shows; null = the activity itself.
  finding_id text references activity_finding (id) on delete cascade,
  caption text not null check (length(caption) <= 100),
  -- Somebody let it pass for the public page.
  is_public integer not null check (is_public in (0, 1)),
  -- Below the folder of activities.
  path text not null unique check (length(path) > 0),
  size_bytes integer not null check (size_bytes > 0),
  sha256 blob not null check (length(sha256) = 32),
  added_ms integer not null check (added_ms >= 0)
) strict;

create index activity_photo_of on activity_photo (activity_id, added_ms);

-- What somebody who came thinks of it. (活动反馈)
create table activity_feedback (
  sign_up_id text primary key not null references sign_up (id) on delete cascade,
  stars integer not null check (stars between 1 and 5),
  words text not null check (length(words) <= 500),
  given_ms integer not null check (given_ms >= 0),
  -- Somebody let the words pass for the public page.
  is_public integer not null check (is_public in (0, 1))
) strict;

-- A mail about an activity, on its way. (活动邮件)
create table activity_letter (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  -- Null = an invitation.
  sign_up_id text references sign_up (id) on delete cascade,
  -- Domain's ActivityLetter.Kind.
  kind text not null check (kind in ('invitation', 'signedUp', 'movedUp', 'cancelled')),
  -- Empty once it was erased.
  address text not null check (length(address) <= 254),
  language text not null check (language in ('zh-Hans', 'en')),
  -- Domain's Delivery.State.
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  tries integer not null check (tries >= 0),
  -- Waiting: when it is tried. Sending: until when the attempt is taken to be alive.
  next_ms integer check (next_ms >= 0),
  -- Kind of Domain's SendFault of the last attempt; null = none.
  fault text check (length(fault) > 0),
  -- What the other side said with it.
  answer text not null check (length(answer) <= 400),
  made_ms integer not null check (made_ms >= 0),
  sent_ms integer check (sent_ms >= made_ms)
) strict;

create index activity_letter_of on activity_letter (activity_id, made_ms);
create index activity_letter_next on activity_letter (next_ms) where next_ms is not null;
-- A rule of the early warning, each change a row of its own: the newest of a subject holds. (预警规则)
create table warning_rule (
  -- Domain's WarningSubject: `rate`, `repeated-rodent`.
  subject text not null check (length(subject) > 0),
  number integer not null check (number > 0),
  -- JSON: Domain's WarningRule. Null = switched off.
  rule text check (rule like '{%}'),
  from_ms integer not null check (from_ms >= 0),
  -- Who set it. Null = the machine's own command line.
  person_id text references person (id),
  -- JSON: what its back-test had shown, as it was confirmed. Null = switched off.
  trial text check (trial like '{%}'),
  primary key (subject, number)
) strict, without rowid;

-- What the early warning gave. (预警)
create table warning (
  id text primary key not null check (length(id) = 36),
  -- The same for the same thing: while one is current, no second one is given.
  key text not null check (length(key) > 0),
  -- Domain's Territory.
  place text not null check (length(place) > 0),
  -- Where the place lay when it was given. Null = it is the county's, or the place is gone.
  township_id text references township (id) on delete set null,
  school_id text references school (id) on delete set null,
  kind text not null check (kind in ('rate', 'repeated', 'cluster', 'backlog', 'overdue', 'expiring', 'duties',
    'camerasOff', 'night')),
  -- JSON: Domain's WarningReason, the numbers that say why.
  reason text not null check (reason like '{%}'),
  given_ms integer not null check (given_ms >= 0),
  -- When the state that it told of had ended. Null = it lasts, or has happened.
  over_ms integer check (over_ms >= given_ms),
  -- JSON: Domain's WarningEnding, what came of it, who said so and when. Null = nobody has said.
  ending text check (ending like '{%}'),
  ended_by text references person (id),
  ended_ms integer check (ended_ms >= given_ms),
  check ((ending is null) = (ended_ms is null) and (ending is null) = (ended_by is null))
) strict;

create unique index warning_current on warning (key) where over_ms is null;
create index warning_by_time on warning (given_ms, id);
create index warning_of_school on warning (school_id, given_ms, id) where school_id is not null;
create index warning_open on warning (given_ms, id) where over_ms is null and ended_ms is null;
-- What people without an account report of a school's kitchen. (群众反映)
create table concern (
  id text primary key not null check (length(id) = 36),
  -- Domain's ConcernCode: by which whoever sent it finds it again.
  code text not null unique check (length(code) = 16),
  school_id text not null references school (id),
  received_ms integer not null check (received_ms >= 0),
  -- As the last step leaves it: Domain's Concern.State.
  state text not null
    check (state in ('received', 'taken', 'askedBack', 'answered', 'closed', 'rejected', 'withdrawn')),
  -- How many steps made it.
  version integer not null check (version > 0),
  -- When the answer is due. Null = none is waited for.
  due_ms integer check ((due_ms is not null) = (state in ('received', 'taken'))),
  taken_by text references person (id),
  -- The case that it led to.
  case_id text references case_file (id),
  -- Of the last answer.
  answered_ms integer,
  ended_ms integer check ((ended_ms is not null) = (state in ('closed', 'rejected', 'withdrawn'))),
  -- When somebody was told that the answer is late. Null = nobody yet.
  told_ms integer,
  -- Sealed. Null = none was given, or it was erased 30 days after the end.
  contact blob
) strict;

create index concern_due on concern (due_ms, id) where due_ms is not null;
create index concern_of_school on concern (school_id, received_ms);
create index concern_by_time on concern (received_ms, id);
create index concern_answered on concern (answered_ms, id) where state = 'answered';
create index concern_contact on concern (ended_ms, id) where contact is not null;

-- What happened to a concern, in order. (反映经过)
create table concern_step (
  concern_id text not null references concern (id) on delete cascade,
  version integer not null check (version > 0),
  time_ms integer not null check (time_ms >= 0),
  -- Domain's LedgerActor; `anybody` = whoever sent it.
  actor text not null check (length(actor) > 0),
  -- JSON: Domain's ConcernChange.
  change text not null check (change like '{%}'),
  primary key (concern_id, version)
) strict, without rowid;

-- Registers that the law asks for. (合规登记)
create table register_entry (
  id text primary key not null check (length(id) = 36),
  -- Domain's RegisterKind.
  kind text not null check (kind in ('sites', 'staff', 'assessments', 'requests')),
  -- Null = of the county.
  school_id text references school (id) check ((school_id is not null) = (kind in ('sites', 'staff'))),
  -- Of the last change.
  version integer not null check (version > 0),
  changed_ms integer not null check (changed_ms >= 0),
  -- The school once more where a register has one entry for each. Null = it may have any number.
  one_per_school text unique
) strict;

create index register_of_kind on register_entry (kind, changed_ms);

-- Everything that was ever written into an entry.
create table register_version (
  entry_id text not null references register_entry (id),
  version integer not null check (version > 0),
  -- JSON: values by the names of Domain's RegisterFields.
  fields text not null check (fields like '{%}'),
  time_ms integer not null check (time_ms >= 0),
  -- Domain's LedgerActor.
  actor text not null check (length(actor) > 0),
  primary key (entry_id, version)
) strict, without rowid;

-- Papers and pictures of entries.
create table register_file (
  id text primary key not null check (length(id) = 36),
  entry_id text not null references register_entry (id),
  kind text not null check (kind in ('photo', 'video', 'document')),
  -- As the sender's machine called it.
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  sha256 blob not null check (length(sha256) = 32),
  -- Below the folder of attachments.
  path text not null unique,
  added_ms integer not null
) strict;

create index register_file_of_entry on register_file (entry_id, id);

-- Whether parents may sign in at all; nobody may until there is a row. (家长端开关)
create table parent_level (
  id integer primary key not null check (id = 1),
  is_on integer not null check (is_on in (0, 1))
) strict;

-- What a class comes in by. (班级邀请)
create table parent_invitation (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  -- Domain's PublicCode: stands in the address of the class's QR code.
  code text not null unique check (length(code) = 16),
  class_name text not null check (length(class_name) between 1 and 20),
  most_uses integer not null check (most_uses between 1 and 200),
  until_ms integer not null check (until_ms > made_ms),
  made_ms integer not null check (made_ms >= 0),
  -- The class was revoked.
  ended_ms integer check (ended_ms >= made_ms)
) strict;

create index parent_invitation_of on parent_invitation (school_id, made_ms);

-- Parents: what of them must be known, and nothing of it once they are gone. (家长)
create table parent (
  id text primary key not null check (length(id) = 36),
  invitation_id text not null references parent_invitation (id) on delete cascade,
  -- Of Domain's ParentCode, by which they sign in; null once it has ended.
  code_sha256 blob unique check (length(code_sha256) = 32),
  -- As they want to be called; null once it has ended.
  name text check (length(name) between 2 and 20),
  -- Sealed with the node's key; null = none was given, or it has ended.
  phone blob,
  joined_ms integer not null check (joined_ms >= 0),
  -- The end of the school year.
  expires_ms integer not null check (expires_ms > joined_ms),
  ended_ms integer check (ended_ms >= joined_ms),
  ending text check (ending in ('revoked', 'left', 'expired')),
  check ((ended_ms is null) = (ending is null)),
  check ((ended_ms is null) = (code_sha256 is not null)),
  check ((ended_ms is null) = (name is not null)),
  check (ended_ms is null or phone is null)
) strict;

create index parent_of_invitation on parent (invitation_id, joined_ms);
create index parent_expiry on parent (expires_ms) where ended_ms is null;

-- Phones on which parents are signed in.
create table parent_session (
  token_sha256 blob primary key not null check (length(token_sha256) = 32),
  parent_id text not null references parent (id) on delete cascade,
  expires_ms integer not null
) strict, without rowid;

create index parent_session_of on parent_session (parent_id);

-- Whose page shows the answer of a concern; nobody who answers it sees that. (家长的反映)
create table parent_concern (
  concern_id text primary key not null references concern (id) on delete cascade,
  parent_id text not null references parent (id) on delete cascade
) strict, without rowid;

create index parent_concern_of on parent_concern (parent_id, concern_id);

-- The migrations that made this schema, in order.
create table schema_migration (
  number integer primary key not null check (number > 0),
  name text not null,
  applied_ms integer not null check (applied_ms >= 0)
) strict;
