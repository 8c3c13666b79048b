drop index capture_waiting;
drop index capture_by_time;
drop index capture_of_camera;
drop index capture_of_item;

alter table capture add column judgement text not null default 'waiting'
  check (judgement in ('waiting', 'confirmed', 'rejected', 'duplicate'));

update capture set judgement = (
  select case kind when 'merged' then 'confirmed' else kind end from verdict where capture_id = capture.id
) where is_judged = 1;

alter table capture drop column is_judged;

create index capture_by_time on capture (met_ms, id, camera_id, judgement, item);
create index capture_of_camera on capture (camera_id, met_ms, id, judgement, item);
create index capture_of_item on capture (item, met_ms, id, camera_id, judgement);
create index capture_by_judgement on capture (judgement, met_ms, id, camera_id, item);
