alter table case_file add column dispatched_ms integer;
alter table case_file add column acknowledged_ms integer;
alter table case_file add column submitted_ms integer;
alter table case_file add column passed_ms integer;
alter table case_file add column late_ms integer;

-- Along the subject there are ten entries, along act or time all of them.
update case_file set
  dispatched_ms = (select min(l.time_ms) from ledger as l indexed by ledger_by_subject
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.dispatched'),
  acknowledged_ms = (select min(l.time_ms) from ledger as l indexed by ledger_by_subject
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.acknowledged'),
  submitted_ms = (select min(l.time_ms) from ledger as l indexed by ledger_by_subject
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.submitted'),
  passed_ms = (select min(l.time_ms) from ledger as l indexed by ledger_by_subject
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.passed');

-- Rules say when a case is late: the program computes running ones anew.
update case_file set look_ms = 0 where state not in ('closed', 'withdrawn');
