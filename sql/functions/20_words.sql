-- How many products have each lexeme of product.words (migrations/0014_words.sql; docs/decisions/0017-words.md has what was measured). The words themselves are written by the program. An update of price
-- or availability fires nothing.
-- The plans of triggers are kept for a session, which may have begun when there were few words: known ones are looked up by index, however few there are (offset 0: one after the other), and
-- adding up is planned each time.

create or replace function product_texts_changed() returns trigger
language plpgsql as $$
begin
  new.words_version := null;
  return new;
end
$$;
comment on function product_texts_changed is 'Trigger of product: whoever changes a text and not its words leaves words to be made. Called where both is so.';

create or replace function category_renamed() returns trigger
language plpgsql as $$
begin
  new.words_version := null;
  return new;
end
$$;
comment on function category_renamed is 'Trigger of category: its keys have to be made anew.';

create or replace function category_products_outdated() returns trigger
language plpgsql as $$
begin
  update product set words_version = null
  where words_version is not null
    and (category_id = any(array(select below.id from category as below where below.ancestor_ids @> array[new.id]))
      or further_category_ids && array(select below.id from category as below where below.ancestor_ids @> array[new.id]));
  update suggestion set text = array_to_string(new.path, ' > '), key = null, words = null where category_id = new.id;
  return null;
end
$$;
comment on function category_products_outdated is 'Trigger of category: names of categories are words of the products in them and below.';

create or replace function count_inserted_words() returns trigger
language plpgsql set enable_seqscan = off as $$
begin
  with change as materialized (
    select word, count(*)::integer as count
    from inserted, unnest(array_append(tsvector_to_array(inserted.words), '')) as word
    group by word
  ),
  change_of_known as materialized (
    select word, count, exists (select from search_word as known where known.word = change.word offset 0) as is_known from change
  ),
  logged as (
    insert into search_word_change (word, count) select word, count from change_of_known where is_known
  )
  insert into search_word (word, count) select word, count from change_of_known where not is_known;
  return null;
end
$$;
comment on function count_inserted_words is 'Trigger of product: counts the words of all products that a statement inserted.';

create or replace function count_changed_words() returns trigger
language plpgsql set enable_seqscan = off as $$
begin
  with change as materialized (
    select word, sum(by)::integer as count
    from (
      select unnest(tsvector_to_array(new.words)) as word, 1 as by
      union all
      select unnest(tsvector_to_array(old.words)), -1
    ) as both_sides
    group by word
    having sum(by) <> 0
  ),
  change_of_known as materialized (
    select word, count, exists (select from search_word as known where known.word = change.word offset 0) as is_known from change
  ),
  logged as (
    insert into search_word_change (word, count) select word, count from change_of_known where is_known
  )
  insert into search_word (word, count) select word, count from change_of_known where not is_known;
  return null;
end
$$;
comment on function count_changed_words is 'Trigger of product: counts the words that a product gained or lost.';

create or replace function count_deleted_words() returns trigger
language plpgsql as $$
begin
  insert into search_word_change (word, count)
  select word, -count(*)
  from deleted, unnest(array_append(tsvector_to_array(deleted.words), '')) as word
  group by word;
  return null;
end
$$;
comment on function count_deleted_words is 'Trigger of product: counts off the words of all products that a statement deleted.';

create or replace function forget_words() returns trigger
language plpgsql as $$
begin
  delete from search_word_change;
  delete from search_word;
  delete from suggestion;
  return null;
end
$$;
comment on function forget_words is 'Trigger of product: forgets all words, brands and categories when it is truncated.';

create or replace function fold_search_words(most integer) returns integer
language plpgsql set plan_cache_mode = force_custom_plan as $$
declare
  folded integer;
begin
  -- One at a time: two would wait for each other's rows.
  if not pg_try_advisory_xact_lock(x'4c470006'::bigint) then
    return 0;
  end if;
  with taken as (
    delete from search_word_change where ctid = any(array(select ctid from search_word_change limit most)) returning word, count
  ),
  change as materialized (
    select word, sum(count)::integer as count, count(*) as changes from taken group by word
  ),
  known as materialized (
    select min(s.ctid) as place, change.word, change.count from change join search_word as s on s.word = change.word group by change.word, change.count
  ),
  counted as (
    update search_word as s set count = s.count + known.count from known where s.ctid = known.place and known.count <> 0
  ),
  added as (
    insert into search_word (word, count)
    select word, count from change where count <> 0 and not exists (select from known where known.word = change.word)
  )
  select coalesce(sum(changes), 0)::integer into folded from change;
  return folded;
end
$$;
comment on function fold_search_words is 'Adds up to so many changes to the counts of words. Returns how many it did; 0 as well while another session does it.';

create or replace function recount_search_words() returns integer
language plpgsql as $$
declare
  counted integer;
begin
  perform pg_advisory_xact_lock(x'4c470006'::bigint);
  -- One statement sees one moment: what it counts and what it takes away are of the same products, and what is committed later stays.
  with forgotten as (
    delete from search_word_change
  ),
  replaced as (
    delete from search_word
  ),
  inserted as (
    insert into search_word (word, count)
    select word, ndoc from ts_stat('select words from product')
    union all
    select '', count(*) from product
    returning 1
  )
  select count(*)::integer into counted from inserted;
  return counted;
end
$$;
comment on function recount_search_words is 'Counts the words of all products anew. Returns how many words there are.';
