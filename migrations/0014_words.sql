-- Words are what src/words makes of a product, written by the program with the product: PostgreSQL's parser cuts and folds otherwise than a query is read, and otherwise from version to version
-- (docs/decisions/0017-words.md). What is there stays as it is until the program analyses it again, in the background: words_version says what has been.
-- Time: reads product once and builds two of its indexes anew, some 2 s for 44,072 products. Servers of before fail at searching by words until they are replaced.
-- Undo: put 0001, 0003 and 0009 back for words, title_key, search_word and suggestion.

drop trigger if exists product_inserted on product;
drop trigger if exists product_reworded on product;
drop trigger if exists suggest_inserted_products on product;
drop trigger if exists suggest_deleted_products on product;
drop trigger if exists suggest_changed_product on product;
drop trigger if exists suggest_no_products on product;
drop function if exists product_inserted, product_reworded, add_search_words, product_vocabulary;
drop function if exists suggest_inserted_products, suggest_deleted_products, suggest_changed_product, suggest_no_products, change_suggestions, add_suggestion_words;
-- Makes the triggers again.
delete from function_script where name = '95_triggers';

-- Dropping an expression keeps what it made, without writing a row.
alter table product alter column words drop expression, alter column words set default ''::tsvector;
drop index product_title_words_idx;
drop index product_title_key_idx;
alter table product alter column title_key drop expression, alter column title_key set default '';
alter table product
  add column title_key_bare text not null default '',
  add column brand_key text not null default '',
  add column title_words tsvector not null default '',
  add column words_version text;
comment on column product.words is 'Its words: what searches find it by. A: title, brand, codes; B: names of its categories; C: values of attributes; D: description, and pieces that say little. A sign in front tells other lexemes from words: ~ a stem, # a code without separators, = an amount in its base unit, + two neighbours by their stems, @ a value of an attribute as a name, with the attribute behind =.';
comment on column product.title_key is 'Its title without case, accents, blanks and signs: titles that are equal so are called the same. At most 200 characters; empty: none, or not analysed yet.';
comment on column product.title_key_bare is 'The same without the brand that the title begins with; empty where it does not.';
comment on column product.brand_key is 'Its brand in the same form; empty without one.';
comment on column product.title_words is 'Words of the title as written, pieces and joined ones included, without stems and places: what completions find it by.';
comment on column product.words_version is 'What its words were made by: version of the analyzer, languages, attributes that are codes. Null: a change made in SQL waits to be analysed; the running program does it.';

create index product_words_version_idx on product (words_version);
create index product_title_key_idx on product (title_key text_pattern_ops);
create index product_title_key_bare_idx on product (title_key_bare) where title_key_bare <> '';
create index product_brand_key_idx on product (brand_key) where brand_key <> '';

-- In plpgsql and dear, so that the planner does not read product row by row for what it takes for a common word: a function in SQL would be expanded, and its cost forgotten. Restricted, because
-- starting parallel workers takes longer than the query.
create function words_by_index(words tsvector) returns tsvector
language plpgsql immutable parallel restricted cost 1000 as $$
begin
  return words;
end
$$;
comment on function words_by_index is 'The words as they are, and dear: so that they are looked up by the index that is made of this, and products are not read one after the other.';
create index product_title_words_idx on product using gin (words_by_index(title_words));

alter table category
  add column name_key text,
  add column numberless_key text,
  add column words tsvector,
  add column words_version text;
create index category_name_key_idx on category (name_key);
create index category_words_version_idx on category (words_version);
create index category_numberless_key_idx on category (numberless_key);
comment on column category.name_key is 'Its name without case, accents, blanks and signs. Null: not analysed yet, as the columns that follow.';
comment on column category.numberless_key is 'The same, ~ in front, its last word by its stem: Shoes and shoe are one.';
comment on column category.words is 'Words of its whole path, without weights: what completions find it by.';
comment on column category.words_version is 'As product.words_version.';

drop table search_word, suggestion, suggestion_word;
drop function beginnings_of_word(text), suggestion_words(text), suggestion_key(text);

-- No key, and writers only insert: no transaction waits for another one that brings the same word, and none can deadlock. A word may have several rows: their sum counts, and that of its changes.
create table search_word (
  word text not null,
  count integer not null
) with (fillfactor = 80);
create table search_word_change (
  word text not null,
  count integer not null
);
comment on table search_word is 'Every lexeme of product.words and how many products have it; the empty word: all products. analytics.word has them added up.';
comment on column search_word.word is 'As in product.words, its sign in front.';
comment on column search_word.count is 'Products that have it, without what search_word_change has; 0 or less: none.';
comment on table search_word_change is 'What changed since counts were added up last: written by triggers of product, taken into search_word by fold_search_words(). So nobody who writes products waits for another.';
comment on column search_word_change.word is 'A word that search_word has.';
comment on column search_word_change.count is 'Products that it gained, or lost.';

create index search_word_word_idx on search_word (word text_pattern_ops);
create index search_word_change_word_idx on search_word_change (word text_pattern_ops);

-- Two words that are two slips apart have one of these in common (symmetric deletion: https://seekstorm.com/blog/1000x-spelling-correction/), and so have their first seven letters. Written out: as a
-- query it takes a hundred times as long. A place behind the end of a short word gives what is there already. Dear, so that the index of it is taken however few words the planner believes there are.
create function slip_forms(word text) returns text[]
language plpgsql immutable strict parallel safe cost 10000 as $$
declare
  head text := left(word, 7);
  forms text[];
begin
  forms := array[head,
      left(head, 0) || substr(head, 2), left(head, 1) || substr(head, 3), left(head, 2) || substr(head, 4),
      left(head, 3) || substr(head, 5), left(head, 4) || substr(head, 6), left(head, 5) || substr(head, 7),
      left(head, 6) || substr(head, 8),
      left(head, 4) || '*', left(head, 0) || substr(head, 2, 3) || '*', left(head, 1) || substr(head, 3, 2) || '*',
      left(head, 2) || substr(head, 4, 1) || '*', left(head, 3) || substr(head, 5, 0) || '*'];
  if length(head) > 4 then
    forms := forms || array[
      left(head, 0) || substr(head, 2, 0) || substr(head, 3), left(head, 0) || substr(head, 2, 1) || substr(head, 4), left(head, 0) || substr(head, 2, 2) || substr(head, 5),
      left(head, 0) || substr(head, 2, 3) || substr(head, 6), left(head, 0) || substr(head, 2, 4) || substr(head, 7), left(head, 0) || substr(head, 2, 5) || substr(head, 8),
      left(head, 1) || substr(head, 3, 0) || substr(head, 4), left(head, 1) || substr(head, 3, 1) || substr(head, 5), left(head, 1) || substr(head, 3, 2) || substr(head, 6),
      left(head, 1) || substr(head, 3, 3) || substr(head, 7), left(head, 1) || substr(head, 3, 4) || substr(head, 8), left(head, 2) || substr(head, 4, 0) || substr(head, 5),
      left(head, 2) || substr(head, 4, 1) || substr(head, 6), left(head, 2) || substr(head, 4, 2) || substr(head, 7), left(head, 2) || substr(head, 4, 3) || substr(head, 8),
      left(head, 3) || substr(head, 5, 0) || substr(head, 6), left(head, 3) || substr(head, 5, 1) || substr(head, 7), left(head, 3) || substr(head, 5, 2) || substr(head, 8),
      left(head, 4) || substr(head, 6, 0) || substr(head, 7), left(head, 4) || substr(head, 6, 1) || substr(head, 8), left(head, 5) || substr(head, 7, 0) || substr(head, 8)];
  end if;
  return forms;
end
$$;
comment on function slip_forms is 'The first seven letters of a word and what is left of them without one, or two where there are five or more; and, * behind, its first four letters and what is left of them without one. Two words that are one slip apart, or two, have one of these in common, and so have the beginning of a word and what was typed for it.';

-- Of words of letters alone: no others are mended. The other index has another condition, lest it be read whole where this one is meant.
-- New words are few, and each look at an index with entries that wait to be added reads all of these.
create index search_word_slips_idx on search_word using gin (slip_forms(word)) with (fastupdate = off) where word !~ '[-0-9~#=@+&./:, ]' and word <> '';
create index search_word_ending_idx on search_word (reverse(word) text_pattern_ops) where word !~ '^[~#=@+]';

create table suggestion (
  kind text not null constraint suggestion_kind_check check (kind in ('BRAND', 'CATEGORY')),
  text text not null,
  key text,
  words tsvector,
  category_id uuid,
  products integer not null
);
create index suggestion_text_idx on suggestion (md5(text), kind);
create index suggestion_words_idx on suggestion using gin (words);
create index suggestion_key_idx on suggestion (left(key, 200) text_pattern_ops);
create index suggestion_category_id_idx on suggestion (category_id);
comment on table suggestion is 'Brands and categories that products have, with how many. Of each there may be several rows: their sum counts. A writer takes back the rows that it may lock and writes their sum with its own change, so writers of one brand never wait for each other. Kept by triggers of product and category.';
comment on column suggestion.kind is 'BRAND or CATEGORY.';
comment on column suggestion.text is 'What is shown: the brand as written, the path of the category with > between its names.';
comment on column suggestion.key is 'The brand, or the category''s own name, without case, accents, blanks and signs. Null: not analysed yet.';
comment on column suggestion.words is 'Words of the brand, or of the category''s whole path. Null: not analysed yet.';
comment on column suggestion.category_id is 'The category; null for a brand.';
comment on column suggestion.products is 'Products of the brand, or in the category and below; a part of the sum, which may be negative.';

insert into search_word (word, count) select word, ndoc from ts_stat('select words from product');
insert into search_word (word, count) select '', count(*) from product;
insert into suggestion (kind, text, products) select 'BRAND', brand, count(*) from product where brand is not null group by brand;
insert into suggestion (kind, text, category_id, products)
select 'CATEGORY', array_to_string(above.path, ' > '), above.id, count(*)
from product join category on category.id = product.category_id join category as above on above.id = any(category.ancestor_ids)
group by above.id, above.path;

-- Read as they are and not as unknown: plans for these tables are right from the first search on, not from the next autovacuum.
analyze product, category, suggestion, search_word, search_word_change;
