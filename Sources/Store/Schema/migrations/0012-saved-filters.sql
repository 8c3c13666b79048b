create table saved_filter (
  id text primary key not null check (length(id) = 36),
  person_id text not null references person (id) on delete cascade,
  list text not null check (list in ('captures', 'cases')),
  name text not null check (length(name) between 1 and 40),
  terms text not null check (terms like '[%]'),
  body text check (length(body) > 0)
) strict;

create unique index saved_filter_of_person on saved_filter (person_id, list, name);
create index saved_filter_of_body on saved_filter (body, list) where body is not null;
