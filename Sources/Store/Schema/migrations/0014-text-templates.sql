create table text_template (
  id text primary key not null check (length(id) = 36),
  move text not null check (length(move) > 0),
  text text not null check (length(text) between 1 and 1000)
) strict;
