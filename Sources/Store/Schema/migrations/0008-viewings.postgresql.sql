-- Why somebody opens recordings of a school, once in a session of work.

create table viewing_reason (
  token_sha256 bytea not null references session (token_sha256) on delete cascade,
  school_id text collate "C" not null references school (id) on delete cascade,
  reason text collate "C" not null check (reason like '{%}'),
  given_ms bigint not null,
  expires_ms bigint not null check (expires_ms > given_ms),
  primary key (token_sha256, school_id)
);

create index viewing_reason_of_school on viewing_reason (school_id);
