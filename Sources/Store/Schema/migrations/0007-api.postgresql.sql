create table api_token (
  id text collate "C" primary key not null check (length(id) = 36),
  person_id text collate "C" not null references person (id) on delete cascade,
  name text collate "C" not null check (length(name) between 1 and 100),
  token_sha256 bytea not null unique check (length(token_sha256) = 32),
  scopes text collate "C" not null check (length(scopes) > 0),
  created_ms bigint not null check (created_ms >= 0),
  expires_ms bigint not null check (expires_ms > created_ms),
  used_ms bigint
);

create index api_token_of_person on api_token (person_id, id);

create table api_answer (
  asker text collate "C" not null check (length(asker) > 0),
  key text collate "C" not null check (length(key) between 1 and 255),
  fingerprint bytea not null check (length(fingerprint) = 32),
  status bigint not null check (status between 200 and 299),
  headers text collate "C" not null check (headers like '{%}'),
  body bytea not null,
  kept_ms bigint not null,
  primary key (asker, key)
);

create index api_answer_by_age on api_answer (kept_ms);

create table case_upload (
  id text collate "C" primary key not null check (length(id) = 36),
  case_id text collate "C" not null references case_file (id),
  person_id text collate "C" not null references person (id) on delete cascade,
  kind text collate "C" not null check (kind in ('photo', 'video', 'document')),
  name text collate "C" not null check (length(name) between 1 and 200),
  media_type text collate "C" not null check (length(media_type) > 0),
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  path text collate "C" not null unique check (length(path) > 0),
  added_ms bigint not null
);

create index case_upload_of_person on case_upload (person_id, case_id);
create index case_upload_by_age on case_upload (added_ms);
