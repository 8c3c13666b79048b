create table api_token (
  id text primary key not null check (length(id) = 36),
  person_id text not null references person (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  token_sha256 blob not null unique check (length(token_sha256) = 32),
  scopes text not null check (length(scopes) > 0),
  created_ms integer not null check (created_ms >= 0),
  expires_ms integer not null check (expires_ms > created_ms),
  used_ms integer
) strict;

create index api_token_of_person on api_token (person_id, id);

create table api_answer (
  asker text not null check (length(asker) > 0),
  key text not null check (length(key) between 1 and 255),
  fingerprint blob not null check (length(fingerprint) = 32),
  status integer not null check (status between 200 and 299),
  headers text not null check (headers like '{%}'),
  body blob not null,
  kept_ms integer not null,
  primary key (asker, key)
) strict;

create index api_answer_by_age on api_answer (kept_ms);

create table case_upload (
  id text primary key not null check (length(id) = 36),
  case_id text not null references case_file (id),
  person_id text not null references person (id) on delete cascade,
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
