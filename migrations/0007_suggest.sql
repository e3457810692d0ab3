-- What completes a typed text: titles straight from product, brands and categories from counted rows of their own, and a vocabulary to
-- mend slips with. Titles, brands and categories alone: an update of price or availability stays HOT and fires nothing. Time: rewrites
-- `product` once (the new column is stored). Undo: drop the triggers, the functions, the two tables and the column.

create function suggestion_key(written text) returns text
language sql immutable parallel safe as $$
  select trim(left(regexp_replace(regexp_replace(
    lower(regexp_replace(normalize(written, nfkd), '[\u0300-\u036f''’]', '', 'g')),
    '\m([[:alnum:]])-(?=[[:alnum:]])', '\1', 'g'), '[^[:alnum:]]+', ' ', 'g'), 200))
$$;
comment on function suggestion_key is 'A text as completions compare it: lower case, no accents, no apostrophes (men''s is mens), a single letter joined to what follows its hyphen (t-shirt is tshirt), everything else that is neither letter nor digit one space; its first 200 characters, so that any title fits an index.';

-- Its cost keeps the planner from reading product row by row for what it takes for a common word: through the index no row is made into
-- words anew. In plpgsql, because a function in SQL would be expanded, and its cost forgotten; restricted, because starting parallel workers
-- takes longer than the query.
create function suggestion_words(key text) returns tsvector
language plpgsql immutable parallel restricted cost 1000 as $$
begin
  return array_to_tsvector(array_remove(string_to_array(key, ' '), ''));
end
$$;
comment on function suggestion_words is 'The distinct words of a suggestion_key: no stems, no stop words, because a prefix of what is written is looked for.';

alter table product add column title_key text not null generated always as (suggestion_key(title)) stored;
create index product_title_key_idx on product (title_key text_pattern_ops);
create index product_title_words_idx on product using gin (suggestion_words(title_key));
comment on column product.title_key is 'Its title as completions compare it (suggestion_key).';

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

create function add_suggestion_words(candidates text[]) returns void
language sql as $$
  insert into suggestion_word (word)
  select word
  from (select distinct unnest(candidates) as word) as candidate
  where word ~ '^[[:alpha:]]{3,40}$'
    and not exists (select from suggestion_word as known where known.word = candidate.word)
$$;
comment on function add_suggestion_words is 'Adds those of the words that the vocabulary lacks, without numbers and codes.';

create type suggestion_change as (brand text, category_id uuid, products integer);
comment on type suggestion_change is 'Products that a brand and a category gain (1) or lose (-1); either may be null.';

create function change_suggestions(changes suggestion_change[]) returns void
language plpgsql as $$
begin
  with change as (
    select 'BRAND' as kind, brand as text, suggestion_key(brand) as key, suggestion_words(suggestion_key(brand)) as words,
      null::uuid as category_id, products
    from (select brand, sum(products)::integer as products from unnest(changes) where brand is not null group by brand) as by_brand
    union all
    select 'CATEGORY', array_to_string(above.path, ' > '), suggestion_key(above.name),
      suggestion_words(suggestion_key(array_to_string(above.path, ' '))), above.id, by_category.products
    from (
      select ancestor_id, sum(products)::integer as products
      from (select category_id, sum(products) as products from unnest(changes) group by category_id) as changed
      join category on category.id = changed.category_id, unnest(category.ancestor_ids) as ancestor_id
      group by ancestor_id
    ) as by_category
    join category as above on above.id = by_category.ancestor_id
    -- Socks > Socks finds nothing that Socks does not.
    where suggestion_key(above.name) is distinct from suggestion_key(above.path[cardinality(above.path) - 1])
  ),
  free as (
    select suggestion.ctid as place
    from suggestion
    where (md5(suggestion.text), suggestion.kind) in (select md5(change.text), change.kind from change)
    for update skip locked
  ),
  taken as (
    delete from suggestion using free where suggestion.ctid = free.place returning suggestion.*
  )
  insert into suggestion (kind, text, key, words, category_id, products)
  select kind, text, min(key), (array_agg(words))[1], category_id, sum(products)
  from (
    select kind, text, key, words, category_id, products from taken
    union all
    select kind, text, key, words, category_id, products from change
  ) as part
  where key <> ''
  group by kind, text, category_id
  having sum(products) <> 0;
end
$$;
comment on function change_suggestions is 'Adds to the products of brands and categories (and of all categories above). Waits for nobody.';

create function suggest_inserted_products() returns trigger
language plpgsql as $$
begin
  perform change_suggestions(array(select row(brand, category_id, 1)::suggestion_change from inserted));
  perform add_suggestion_words(array(
    select unnest(string_to_array(title_key, ' ')) from inserted
    union
    select unnest(string_to_array(suggestion_key(brand), ' '))
    from (select distinct brand from inserted where brand is not null) as new_brand
    union
    select unnest(string_to_array(suggestion_key(above.name), ' '))
    from (select distinct category_id from inserted) as used
    join category on category.id = used.category_id
    join category as above on above.id = any(category.ancestor_ids)));
  return null;
end
$$;
comment on function suggest_inserted_products is 'Counts all products that a statement inserted, and adds their words, at once.';

create function suggest_deleted_products() returns trigger
language plpgsql as $$
begin
  perform change_suggestions(array(select row(brand, category_id, -1)::suggestion_change from deleted));
  return null;
end
$$;
comment on function suggest_deleted_products is 'Counts off all products that a statement deleted, at once.';

create function suggest_changed_product() returns trigger
language plpgsql as $$
begin
  perform change_suggestions(array[
    row(old.brand, old.category_id, -1)::suggestion_change, row(new.brand, new.category_id, 1)::suggestion_change]);
  perform add_suggestion_words(string_to_array(concat_ws(' ', new.title_key, suggestion_key(new.brand), (
    select suggestion_key(array_to_string(path, ' ')) from category where id = new.category_id)), ' '));
  return null;
end
$$;
comment on function suggest_changed_product is 'Counts a changed product where it belongs now, and adds its words.';

create function suggest_no_products() returns trigger
language plpgsql as $$
begin
  delete from suggestion;
  return null;
end
$$;
comment on function suggest_no_products is 'Forgets all brands and categories when product is truncated.';

create trigger suggest_inserted_products after insert on product
  referencing new table as inserted for each statement execute function suggest_inserted_products();
create trigger suggest_deleted_products after delete on product
  referencing old table as deleted for each statement execute function suggest_deleted_products();
create trigger suggest_changed_product after update on product
  for each row when ((old.title_key, old.brand, old.category_id) is distinct from (new.title_key, new.brand, new.category_id))
  execute function suggest_changed_product();
create trigger suggest_no_products after truncate on product
  for each statement execute function suggest_no_products();

-- Products that were there before this migration.
select change_suggestions(array(
  select row(brand, category_id, count(*))::suggestion_change from product group by brand, category_id));
select add_suggestion_words(array(
  select unnest(string_to_array(title_key, ' ')) from product
  union
  select unnest(string_to_array(concat_ws(' ', suggestion_key(brand)), ' ')) from (select distinct brand from product) as known
  union
  select unnest(string_to_array(suggestion_key(name), ' ')) from category));

-- Plans for these tables are right from the first search on, not from the next autovacuum.
analyze product, suggestion, suggestion_word;
