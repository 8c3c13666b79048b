create table checkpoint (
  number bigint primary key not null check (number > 0),
  made_ms bigint not null,
  root_sha256 bytea not null check (length(root_sha256) = 32),
  previous_sha256 bytea not null check (length(previous_sha256) = 32),
  public_key bytea not null check (length(public_key) = 32),
  signature bytea not null check (length(signature) = 64)
);

create index checkpoint_of_key on checkpoint (public_key, number);

create table checkpoint_head (
  number bigint not null references checkpoint (number),
  chain text collate "C" not null check (length(chain) > 0),
  sequence bigint not null check (sequence > 0),
  sha256 bytea not null check (length(sha256) = 32),
  primary key (number, chain)
);

create function checkpoint_refuses() returns trigger language plpgsql as $body$
begin
  raise exception 'checkpoints are append-only' using errcode = 'integrity_constraint_violation';
end $body$;
create trigger checkpoint_never_changed before update on checkpoint
  for each row execute function checkpoint_refuses();
create trigger checkpoint_never_deleted before delete on checkpoint
  for each row execute function checkpoint_refuses();
create trigger checkpoint_never_emptied before truncate on checkpoint
  for each statement execute function checkpoint_refuses();
create trigger checkpoint_head_never_changed before update on checkpoint_head
  for each row execute function checkpoint_refuses();
create trigger checkpoint_head_never_deleted before delete on checkpoint_head
  for each row execute function checkpoint_refuses();
create trigger checkpoint_head_never_emptied before truncate on checkpoint_head
  for each statement execute function checkpoint_refuses();
