-- A shop's synonyms. Time: none. Undo: drop table synonym, synonym_version.

create table synonym (
  id uuid primary key default gen_random_uuid(),
  words text[] not null,
  meanings text[],
  position bigint generated always as identity unique,
  created_at timestamptz not null default now(),
  constraint synonym_words_check check (cardinality(words) >= case when meanings is null then 2 else 1 end),
  constraint synonym_meanings_check check (cardinality(meanings) >= 1),
  constraint synonym_size_check check (cardinality(words) + coalesce(cardinality(meanings), 0) <= 100)
);

comment on table synonym is 'One row for each rule of synonyms. Searches, spelling and completions know a change within seconds, whoever made it.';
comment on column synonym.id is 'Made of the rule itself where the program wrote it: the same rule has the same id in every database.';
comment on column synonym.words is 'Words or groups of up to 6 words: a query with any of them is also found by the others, or, where there are meanings, by these.';
comment on column synonym.meanings is 'What a query with one of the words is also found by, one way: {"toilet paper"}. Null: two ways, each word is also found by all others.';
comment on column synonym.position is 'Order in which the rules came.';
comment on column synonym.created_at is 'When the shop said so.';

create table synonym_version (
  only_row boolean primary key default true check (only_row),
  version bigint not null default 0
);
insert into synonym_version default values;

comment on table synonym_version is 'One row. Servers look at it now and then, and read the synonyms again when it has changed.';
comment on column synonym_version.only_row is 'Always true.';
comment on column synonym_version.version is 'One more after each statement that changes synonyms.';
