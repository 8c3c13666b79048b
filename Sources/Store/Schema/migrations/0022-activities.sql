create table activity (
  id text primary key not null check (length(id) = 36),
  code text not null unique check (length(code) = 16),
  state text not null
    check (state in ('draft', 'published', 'closed', 'running', 'done', 'reported', 'cancelled')),
  kind text not null check (kind in ('openDay', 'jointInspection', 'other')),
  plan text not null check (plan like '{%}'),
  starts_ms integer not null,
  ends_ms integer not null check (ends_ms > starts_ms),
  sign_up_until_ms integer not null check (sign_up_until_ms <= starts_ms),
  report text not null check (length(report) <= 2000),
  cancel_reason text not null check (length(cancel_reason) <= 200),
  version integer not null check (version > 0),
  form_key blob not null check (length(form_key) = 32),
  created_ms integer not null check (created_ms >= 0),
  erased_ms integer check (erased_ms >= 0)
) strict;

create index activity_by_start on activity (starts_ms, id);

create table activity_school (
  activity_id text not null references activity (id) on delete cascade,
  school_id text not null references school (id) on delete cascade,
  primary key (activity_id, school_id)
) strict, without rowid;

create index activity_of_school on activity_school (school_id);

create table sign_up (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  code text not null unique check (length(code) = 16),
  number integer not null check (number > 0),
  name text not null check (length(name) <= 40),
  role text not null check (role in ('parent', 'pupil', 'deputy', 'media', 'other')),
  count integer not null check (count between 1 and 200),
  pupils integer not null check (pupils between 0 and 5),
  phone text check (length(phone) between 1 and 30),
  mail text check (length(mail) between 3 and 254),
  consents integer not null check (consents in (0, 1)),
  language text not null check (language in ('zh-Hans', 'en')),
  state text not null check (state in ('confirmed', 'waiting', 'cancelled', 'came', 'absent')),
  came text not null check (came like '{%}'),
  is_walk_in integer not null check (is_walk_in in (0, 1)),
  made_ms integer not null check (made_ms >= 0),
  moved_up_ms integer check (moved_up_ms >= made_ms),
  form text unique check (length(form) > 0),
  check (role <> 'pupil' or (phone is null and mail is null)),
  unique (activity_id, number)
) strict;

create table activity_finding (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  school_id text not null references school (id) on delete cascade,
  area_id text references area (id) on delete set null,
  matter text not null check (length(matter) between 1 and 60),
  grade integer not null check (grade in (1, 2, 3)),
  note text not null check (length(note) <= 500),
  is_mended integer not null check (is_mended in (0, 1)),
  found_ms integer not null check (found_ms >= 0),
  case_id text references case_file (id)
) strict;

create index activity_finding_of on activity_finding (activity_id, found_ms);

create table activity_photo (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  finding_id text references activity_finding (id) on delete cascade,
  caption text not null check (length(caption) <= 100),
  is_public integer not null check (is_public in (0, 1)),
  path text not null unique check (length(path) > 0),
  size_bytes integer not null check (size_bytes > 0),
  sha256 blob not null check (length(sha256) = 32),
  added_ms integer not null check (added_ms >= 0)
) strict;

create index activity_photo_of on activity_photo (activity_id, added_ms);

create table activity_feedback (
  sign_up_id text primary key not null references sign_up (id) on delete cascade,
  stars integer not null check (stars between 1 and 5),
  words text not null check (length(words) <= 500),
  given_ms integer not null check (given_ms >= 0),
  is_public integer not null check (is_public in (0, 1))
) strict;

create table activity_letter (
  id text primary key not null check (length(id) = 36),
  activity_id text not null references activity (id) on delete cascade,
  sign_up_id text references sign_up (id) on delete cascade,
  kind text not null check (kind in ('invitation', 'signedUp', 'movedUp', 'cancelled')),
  address text not null check (length(address) <= 254),
  language text not null check (language in ('zh-Hans', 'en')),
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  tries integer not null check (tries >= 0),
  next_ms integer check (next_ms >= 0),
  fault text check (length(fault) > 0),
  answer text not null check (length(answer) <= 400),
  made_ms integer not null check (made_ms >= 0),
  sent_ms integer check (sent_ms >= made_ms)
) strict;

create index activity_letter_of on activity_letter (activity_id, made_ms);
create index activity_letter_next on activity_letter (next_ms) where next_ms is not null;
