drop index capture_waiting;
drop index capture_by_time;
drop index capture_of_camera;
drop index capture_of_item;

alter table capture add column judgement text collate "C" not null default 'waiting'
  check (judgement in ('waiting', 'confirmed', 'rejected', 'duplicate'));
alter table capture add column case_state text collate "C";

update capture set judgement = (
  select case kind when 'merged' then 'confirmed' else kind end from verdict where capture_id = capture.id
) where is_judged = 1;

update capture set case_state = (
  select f.state from case_capture as p join case_file as f on f.id = p.case_id where p.capture_id = capture.id
) where id in (select capture_id from case_capture);

alter table capture drop column is_judged;

create index capture_by_time on capture (met_ms, id, camera_id, judgement, item, case_state, score);
create index capture_of_camera on capture (camera_id, met_ms, id, judgement, item, case_state);
create index capture_of_item on capture (item, met_ms, id, camera_id, judgement);
create index capture_by_judgement on capture (judgement, met_ms, id, camera_id, item);

drop index ledger_by_act;
drop index ledger_by_actor;
create index ledger_by_act on ledger (chain, act, time_ms, sequence);
create index ledger_by_actor on ledger (chain, actor, time_ms, sequence);
