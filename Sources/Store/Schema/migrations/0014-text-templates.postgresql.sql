create table text_template (
  id text collate "C" primary key not null check (length(id) = 36),
  move text collate "C" not null check (length(move) > 0),
  text text collate "C" not null check (length(text) between 1 and 1000)
);
