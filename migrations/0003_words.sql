-- The words of the catalogue: vocabularies to mend misspellings with, and the brands and categories that complete a typed text. Triggers of product keep them
-- (sql/functions/95_triggers.sql). Time: none. Undo: drop the tables, the type and the function.

-- No key: a transaction would have to wait for every other one that brings the same new word, and two that bring two words in opposite
-- order would deadlock. Rows are only added for words that are not there, so duplicates come from races alone and do no harm.
create table search_word (
  word text not null,
  lexeme text not null
);
create index search_word_word_idx on search_word (word);
create index search_word_lexeme_idx on search_word (lexeme);
-- GiST, because it gives the nearest words in order, without a threshold: a swap (whtie, white) leaves two trigrams of ten in common.
create index search_word_trigram_idx on search_word using gist (word gist_trgm_ops);

comment on table search_word is 'Every word that a product was ever described with: what a misspelt word of a query is compared with. Words of deleted products stay.';
comment on column search_word.word is 'As written, in lower case; letters only, 3 to 40 of them.';
comment on column search_word.lexeme is 'Its stem (english), as product.words has it.';

create table suggestion (
  kind text not null constraint suggestion_kind_check check (kind in ('BRAND', 'CATEGORY')),
  text text not null,
  key text not null,
  words tsvector not null,
  category_id uuid,
  products integer not null
);
create index suggestion_text_idx on suggestion (md5(text), kind);
create index suggestion_words_idx on suggestion using gin (words);
comment on table suggestion is 'Brands and categories that products have, with how many. Of each there may be several rows: their sum counts. A writer takes back the rows that it may lock and writes their sum with its own change, so writers of one brand never wait for each other. Kept by triggers of product.';
comment on column suggestion.kind is 'BRAND or CATEGORY.';
comment on column suggestion.text is 'What is shown: the brand as written, the path of the category with > between its names.';
comment on column suggestion.key is 'suggestion_key of the brand, or of the category''s own name.';
comment on column suggestion.words is 'Words of the brand, or of the category''s whole path (suggestion_words).';
comment on column suggestion.category_id is 'The category; null for a brand.';
comment on column suggestion.products is 'Products of the brand, or in the category and below; a part of the sum, which may be negative.';

-- No key, as with search_word: a transaction would have to wait for every other one that brings the same new word.
create table suggestion_word (
  word text not null
);
create index suggestion_word_word_idx on suggestion_word (word);
comment on table suggestion_word is 'Every word that a title, brand or category ever had: what a mistyped word is compared with. Words of deleted products stay; a few may come twice.';
comment on column suggestion_word.word is 'As suggestion_key has it; letters only, 3 to 40 of them.';

create function beginnings_of_word(word text) returns text[]
language sql immutable parallel safe as $$
  select array_agg(distinct beginning)
  from (
    select left(word, 4) as beginning
    union all
    select overlay(left(word, 4) placing '' from place for 1) from generate_series(1, least(4, length(word))) as place
  ) as beginnings
$$;
comment on function beginnings_of_word is 'The first four letters of a word, and what is left of them without one: two words whose beginnings differ by one slip have one of these in common (symmetric deletion).';
create index suggestion_word_beginnings_idx on suggestion_word using gin (beginnings_of_word(word));

create type suggestion_change as (brand text, category_id uuid, products integer);
comment on type suggestion_change is 'Products that a brand and a category gain (1) or lose (-1); either may be null.';

-- Read as empty and not as unknown: plans for these tables are right from the first search on, not from the next autovacuum.
analyze product, suggestion, suggestion_word;
