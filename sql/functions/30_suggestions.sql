-- What completes a typed text (migrations/0003_words.sql): brands and categories, counted, and a vocabulary to mend slips with. Of titles, brands and categories alone: an
-- update of price or availability fires nothing.

create or replace function add_suggestion_words(candidates text[]) returns void
language sql as $$
  insert into suggestion_word (word)
  select word
  from (select distinct unnest(candidates) as word) as candidate
  where word ~ '^[[:alpha:]]{3,40}$'
    and not exists (select from suggestion_word as known where known.word = candidate.word)
$$;
comment on function add_suggestion_words is 'Adds those of the words that the vocabulary lacks, without numbers and codes.';

create or replace function change_suggestions(changes suggestion_change[]) returns void
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

create or replace function suggest_inserted_products() returns trigger
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

create or replace function suggest_deleted_products() returns trigger
language plpgsql as $$
begin
  perform change_suggestions(array(select row(brand, category_id, -1)::suggestion_change from deleted));
  return null;
end
$$;
comment on function suggest_deleted_products is 'Counts off all products that a statement deleted, at once.';

create or replace function suggest_changed_product() returns trigger
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

create or replace function suggest_no_products() returns trigger
language plpgsql as $$
begin
  delete from suggestion;
  return null;
end
$$;
comment on function suggest_no_products is 'Forgets all brands and categories when product is truncated.';
