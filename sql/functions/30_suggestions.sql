-- Brands and categories that complete a typed text, and how many products each has (migrations/0014_words.sql). Their keys and words are made by the program, which knows how texts are folded. An update of
-- price or availability fires nothing.

create or replace function change_suggestions(changes suggestion_change[]) returns void
language plpgsql as $$
begin
  with change as (
    select 'BRAND' as kind, brand as text, null::text as key, null::tsvector as words, null::uuid as category_id, products
    from (select brand, sum(products)::integer as products from unnest(changes) where brand is not null group by brand) as by_brand
    union all
    select 'CATEGORY', array_to_string(above.path, ' > '), above.name_key, above.words, above.id, by_category.products
    from (
      select ancestor_id, sum(products)::integer as products
      from (select category_id, further_category_ids, sum(products) as products from unnest(changes) group by category_id, further_category_ids) as changed
      -- A product of two categories below one is one product there.
      cross join lateral (
        select distinct unnest(category.ancestor_ids) as ancestor_id from category
        where category.id = any(array_prepend(changed.category_id, changed.further_category_ids))) as placed
      group by ancestor_id
    ) as by_category
    join category as above on above.id = by_category.ancestor_id
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
  select kind, text, (array_agg(key) filter (where key is not null))[1], (array_agg(words) filter (where words is not null))[1], category_id, sum(products)
  from (
    select kind, text, key, words, category_id, products from change
    union all
    select kind, text, key, words, category_id, products from taken
  ) as part
  group by kind, text, category_id
  having sum(products) <> 0;
end
$$;
comment on function change_suggestions is 'Adds to the products of brands and categories (and of all categories above). Waits for nobody.';

create or replace function suggest_inserted_products() returns trigger
language plpgsql as $$
begin
  perform change_suggestions(array(select row(brand, category_id, 1, further_category_ids)::suggestion_change from inserted));
  return null;
end
$$;
comment on function suggest_inserted_products is 'Counts all products that a statement inserted, at once.';

create or replace function suggest_deleted_products() returns trigger
language plpgsql as $$
begin
  perform change_suggestions(array(select row(brand, category_id, -1, further_category_ids)::suggestion_change from deleted));
  return null;
end
$$;
comment on function suggest_deleted_products is 'Counts off all products that a statement deleted, at once.';

create or replace function suggest_changed_product() returns trigger
language plpgsql as $$
begin
  perform change_suggestions(array[
    row(old.brand, old.category_id, -1, old.further_category_ids)::suggestion_change, row(new.brand, new.category_id, 1, new.further_category_ids)::suggestion_change]);
  return null;
end
$$;
comment on function suggest_changed_product is 'Counts a changed product where it belongs now.';
