alter table case_file add column dispatched_ms bigint;
alter table case_file add column acknowledged_ms bigint;
alter table case_file add column submitted_ms bigint;
alter table case_file add column passed_ms bigint;
alter table case_file add column late_ms bigint;

-- The least of an expression: it is looked for along the subject, ten entries, and not along the time, all of them.
update case_file set
  dispatched_ms = (select min(l.time_ms + 0) from ledger as l
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.dispatched'),
  acknowledged_ms = (select min(l.time_ms + 0) from ledger as l
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.acknowledged'),
  submitted_ms = (select min(l.time_ms + 0) from ledger as l
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.submitted'),
  passed_ms = (select min(l.time_ms + 0) from ledger as l
    where l.chain = 'county' and l.subject = 'case/' || case_file.id and l.act = 'case.passed');

-- Rules say when a case is late: the program computes running ones anew.
update case_file set look_ms = 0 where state not in ('closed', 'withdrawn');
