create table parent_level (
  id integer primary key not null check (id = 1),
  is_on integer not null check (is_on in (0, 1))
) strict;

create table parent_invitation (
  id text primary key not null check (length(id) = 36),
  school_id text not null references school (id) on delete cascade,
  code text not null unique check (length(code) = 16),
  class_name text not null check (length(class_name) between 1 and 20),
  most_uses integer not null check (most_uses between 1 and 200),
  until_ms integer not null check (until_ms > made_ms),
  made_ms integer not null check (made_ms >= 0),
  ended_ms integer check (ended_ms >= made_ms)
) strict;

create index parent_invitation_of on parent_invitation (school_id, made_ms);

create table parent (
  id text primary key not null check (length(id) = 36),
  invitation_id text not null references parent_invitation (id) on delete cascade,
  code_sha256 blob unique check (length(code_sha256) = 32),
  name text check (length(name) between 2 and 20),
  phone blob,
  joined_ms integer not null check (joined_ms >= 0),
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

create table parent_session (
  token_sha256 blob primary key not null check (length(token_sha256) = 32),
  parent_id text not null references parent (id) on delete cascade,
  expires_ms integer not null
) strict, without rowid;

create index parent_session_of on parent_session (parent_id);

create table parent_concern (
  concern_id text primary key not null references concern (id) on delete cascade,
  parent_id text not null references parent (id) on delete cascade
) strict, without rowid;

create index parent_concern_of on parent_concern (parent_id, concern_id);
