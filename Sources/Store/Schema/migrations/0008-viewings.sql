-- Why somebody opens recordings of a school, once in a session of work.

create table viewing_reason (
  token_sha256 blob not null references session (token_sha256) on delete cascade,
  school_id text not null references school (id) on delete cascade,
  reason text not null check (reason like '{%}'),
  given_ms integer not null,
  expires_ms integer not null check (expires_ms > given_ms),
  primary key (token_sha256, school_id)
) strict, without rowid;

create index viewing_reason_of_school on viewing_reason (school_id);
