alter table notification alter column case_id drop not null;
