-- News of what is no case. Deliveries refer to the table that is made anew below, under the same name.
pragma defer_foreign_keys = on;

create table notification_kept as select * from notification;
drop table notification;
create table notification (
  id text primary key not null check (length(id) = 36),
  key text not null unique check (length(key) > 0),
  case_id text references case_file (id),
  body text not null check (length(body) > 0),
  notice text not null check (notice like '{%}'),
  made_ms integer not null,
  routed_ms integer
) strict;
insert into notification (id, key, case_id, body, notice, made_ms, routed_ms)
  select id, key, case_id, body, notice, made_ms, routed_ms from notification_kept;
drop table notification_kept;

create index notification_of_body on notification (body, made_ms, id);
create index notification_to_route on notification (made_ms, id) where routed_ms is null;
