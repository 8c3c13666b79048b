create table checkpoint (
  number integer primary key not null check (number > 0),
  made_ms integer not null,
  root_sha256 blob not null check (length(root_sha256) = 32),
  previous_sha256 blob not null check (length(previous_sha256) = 32),
  public_key blob not null check (length(public_key) = 32),
  signature blob not null check (length(signature) = 64)
) strict;

create index checkpoint_of_key on checkpoint (public_key, number);

create table checkpoint_head (
  number integer not null references checkpoint (number),
  chain text not null check (length(chain) > 0),
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
