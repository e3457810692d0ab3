-- What a product's variants have together stands with the product (migrations/0021_variants.sql), where searches ask for it: kept by triggers, whoever writes variants.

create or replace function merged_attributes(sets jsonb[]) returns jsonb
language sql immutable parallel safe as $$
  select case when cardinality(sets) = 1 then sets[1] else (
    select coalesce(jsonb_object_agg(merged.name, merged.list), '{}')
    from (
      select found.name, jsonb_agg(found.value order by found.place) as list
      from (
        select attribute.key as name, item.value, min(one.place * 1000 + item.place) as place
        from unnest(sets) with ordinality as one (attributes, place)
        cross join lateral jsonb_each(one.attributes) as attribute
        cross join lateral jsonb_array_elements(case jsonb_typeof(attribute.value) when 'array' then attribute.value else jsonb_build_array(attribute.value) end)
          with ordinality as item (value, place)
        group by attribute.key, item.value
      ) as found
      group by found.name
    ) as merged
  ) end
$$;
comment on function merged_attributes is 'All values of several sets of attributes, by name, each once, in the order in which they first come. A list has at most 100 values.';

create or replace function common_attributes(sets jsonb[]) returns jsonb
language sql immutable parallel safe as $$
  select case when cardinality(sets) = 1 then sets[1] else (
    select coalesce(jsonb_object_agg(shared.name, shared.list), '{}')
    from (
      select attribute.key as name, attribute.value as list
      from unnest(sets) as one (attributes)
      cross join lateral jsonb_each(one.attributes) as attribute
      group by attribute.key, attribute.value
      having count(*) = cardinality(sets)
    ) as shared
  ) end
$$;
comment on function common_attributes is 'The attributes of which all sets have the same values.';

create or replace function best_availability(states text[]) returns text
language sql immutable parallel safe as $$
  select state from unnest(array['IN_STOCK', 'BACKORDER', 'PREORDER']) with ordinality as known (state, place)
  where state = any(states)
  union all
  select 'OUT_OF_STOCK'
  limit 1
$$;
comment on function best_availability is 'The one of several availabilities that a shopper likes best: IN_STOCK, then BACKORDER, PREORDER and OUT_OF_STOCK.';

create or replace function refresh_products(product_ids uuid[], offers_only boolean, touched boolean) returns void
language plpgsql as $$
begin
  if cardinality(product_ids) = 0 then return; end if;
  -- Held first, in order: of two writers of one product the later sees what the earlier wrote.
  perform from product where id in (select unnest(product_ids)) order by id for no key update;
  if offers_only then
    update product as p
    set price_lowest = n.price_lowest, price_highest = n.price_highest, price_currency = n.price_currency, availability = n.availability, on_sale = n.on_sale,
      updated_at = greatest(p.updated_at, n.updated_at)
    from (
      -- Most products are their only variant.
      select one.id, v.price_amount as price_lowest, v.price_amount as price_highest, v.price_currency, v.availability, coalesce(v.compare_at_amount > v.price_amount, false) as on_sale, v.updated_at
      from product as one inner join product_variant as v on v.product_id = one.id
      where one.id in (select unnest(product_ids)) and one.variant_count = 1
      union all
      select one.id, min(v.price_amount), max(v.price_amount), case when min(v.price_currency) = max(v.price_currency) then min(v.price_currency) end,
        best_availability(array_agg(distinct v.availability)), coalesce(bool_or(v.compare_at_amount > v.price_amount), false), max(v.updated_at)
      from product as one inner join product_variant as v on v.product_id = one.id
      where one.id in (select unnest(product_ids)) and one.variant_count > 1
      group by one.id
    ) as n
    where p.id = n.id
      and (p.price_lowest, p.price_highest, p.price_currency, p.availability, p.on_sale, p.updated_at)
        is distinct from (n.price_lowest, n.price_highest, n.price_currency, n.availability, n.on_sale, greatest(p.updated_at, n.updated_at));
  else
    update product as p
    set variant_count = n.variant_count, look_count = n.look_count, codes = n.codes, attributes = n.attributes, common_attributes = n.common_attributes,
      price_lowest = n.price_lowest, price_highest = n.price_highest, price_currency = n.price_currency, availability = n.availability, on_sale = n.on_sale,
      updated_at = greatest(p.updated_at, n.said_at, case when touched then now() end)
    from (
      -- Most products are their only variant: what that says is what they have.
      select v.product_id as id, 1::smallint as variant_count, 1::smallint as look_count,
        array_remove(array[v.sku, nullif(v.gtin, v.sku), case when v.mpn <> v.sku and v.mpn is distinct from v.gtin then v.mpn end], null) as codes,
        v.attributes, v.attributes as common_attributes, v.price_amount as price_lowest, v.price_amount as price_highest, v.price_currency, v.availability,
        coalesce(v.compare_at_amount > v.price_amount, false) as on_sale, v.updated_at as said_at
      from product_variant as v
      where v.product_id in (select unnest(product_ids))
        and not exists (select from product_variant as other where other.product_id = v.product_id and other.id <> v.id)
      union all
      select one.id, count(v.id)::smallint, count(distinct v.look)::smallint,
        array(
          select code from unnest(
            array_agg(v.sku order by v.position, v.id) || array_agg(v.gtin order by v.position, v.id) || array_agg(v.mpn order by v.position, v.id)) with ordinality as said (code, place)
          where code is not null group by code order by min(place)),
        coalesce(merged_attributes(array_agg(v.attributes order by v.position, v.id) filter (where v.id is not null)), '{}'),
        coalesce(common_attributes(array_agg(v.attributes order by v.position, v.id) filter (where v.id is not null)), '{}'),
        min(v.price_amount), max(v.price_amount), case when min(v.price_currency) = max(v.price_currency) then min(v.price_currency) end,
        best_availability(array_agg(distinct v.availability)), coalesce(bool_or(v.compare_at_amount > v.price_amount), false), max(v.updated_at)
      from product as one left join product_variant as v on v.product_id = one.id
      where one.id in (select unnest(product_ids))
      group by one.id
      having count(v.id) <> 1
    ) as n
    where p.id = n.id
      and (p.variant_count, p.look_count, p.codes, p.attributes, p.common_attributes, p.price_lowest, p.price_highest, p.price_currency, p.availability, p.on_sale, p.updated_at)
        is distinct from
        (n.variant_count, n.look_count, n.codes, n.attributes, n.common_attributes, n.price_lowest, n.price_highest, n.price_currency, n.availability, n.on_sale, greatest(p.updated_at, n.said_at, case when touched then now() end));
  end if;
  perform refresh_sketched_looks(array(select id from product where id in (select unnest(product_ids)) and look_count > 1));
end
$$;
comment on function refresh_products is 'Says of these products anew what their variants have together. offers_only: nothing but prices and availabilities has changed, and no index is touched (HOT). touched: the products count as changed now, whatever their variants say.';

create or replace function products_are_written() returns boolean
language sql stable as $$
  select coalesce(current_setting('lookgraph.products_written', true), '') = 'on'
$$;
comment on function products_are_written is 'Whether who writes variants in this transaction says itself what their products have of them (src/catalog/write-finished.ts).';

create or replace function variants_inserted() returns trigger
language plpgsql as $$
begin
  if products_are_written() then
    perform refresh_sketched_looks(array(select id from product where id in (select product_id from changed) and look_count > 1));
    return null;
  end if;
  perform refresh_products(array(select distinct product_id from changed), false, false);
  return null;
end
$$;
comment on function variants_inserted is 'Trigger after variants were inserted.';

create or replace function variants_deleted() returns trigger
language plpgsql as $$
begin
  if products_are_written() then
    perform refresh_sketched_looks(array(select id from product where id in (select product_id from changed) and look_count > 1));
    return null;
  end if;
  perform refresh_products(array(select distinct product_id from changed), false, true);
  return null;
end
$$;
comment on function variants_deleted is 'Trigger after variants were deleted; a product that was deleted with them is no longer there. One that has none left stays, out of stock, until its writer gives it others or deletes it.';

create or replace function variants_updated() returns trigger
language plpgsql as $$
begin
  if products_are_written() then
    perform refresh_sketched_looks(array(select id from product where id in (select product_id from changed) and look_count > 1));
    return null;
  end if;
  if exists (
    select from changed as n
    where not exists (
      select from before as b
      where (b.product_id, b.id) = (n.product_id, n.id)
        and (b.sku, b.gtin, b.mpn, b.attributes, b.look, b.position) is not distinct from (n.sku, n.gtin, n.mpn, n.attributes, n.look, n.position)))
  then
    perform refresh_products(array(select product_id from changed union select product_id from before), false, false);
  else
    perform refresh_products(array(select distinct product_id from changed), true, false);
  end if;
  return null;
end
$$;
comment on function variants_updated is 'Trigger after variants were updated: of price and stock alone nothing else is looked at.';

create or replace function picture_looks_changed() returns trigger
language plpgsql as $$
begin
  perform refresh_sketched_looks(array(
    select distinct n.product_id from changed as n inner join before as b on (b.product_id, b.id) = (n.product_id, n.id) where b.looks is distinct from n.looks));
  return null;
end
$$;
comment on function picture_looks_changed is 'Trigger after pictures were updated: their sketches have what the variants of their looks have together.';

create or replace function inherit_vectors(from_ids uuid[], to_ids uuid[]) returns void
language plpgsql as $$
declare
  model embedding_model;
begin
  for model in select * from embedding_model loop
    execute format(
      'insert into %1$I (product_id, image_id, embedding)
       select distinct on (n.product_id, n.id) n.product_id, n.id, e.embedding
       from unnest($1, $2) as moved (from_id, to_id)
       inner join product_image as o on o.product_id = moved.from_id
       inner join product_image as n on n.product_id = moved.to_id and n.content_hash = o.content_hash and n.state = ''PENDING''
       inner join %1$I as e on e.product_id = o.product_id and e.image_id = o.id
       order by n.product_id, n.id
       on conflict do nothing', model.image_table)
    using from_ids, to_ids;
    execute format(
      'insert into %1$I (product_id, text_hash, embedding)
       select distinct on (moved.to_id) moved.to_id, t.text_hash, t.embedding
       from unnest($1, $2) with ordinality as moved (from_id, to_id, place)
       inner join product as p on p.id = moved.to_id
       inner join %1$I as t on t.product_id = moved.from_id
       order by moved.to_id, moved.place
       on conflict do nothing', model.text_table)
    using from_ids, to_ids;
  end loop;
  update product_image as n set state = o.state, failure = o.failure, note = o.note, margin = o.margin
  from unnest(from_ids, to_ids) as moved (from_id, to_id)
  inner join product_image as o on o.product_id = moved.from_id and o.state in ('READY', 'IGNORED')
  where n.product_id = moved.to_id and n.content_hash = o.content_hash and n.state = 'PENDING';
end
$$;
comment on function inherit_vectors is 'Where variants moved from products to others: copies the vectors of pictures with the same content, and a text''s, as far as the others lack them. A text that is not the same is encoded anew later, and compared by what it has until then.';
