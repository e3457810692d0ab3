-- Filtered search over many pictures (docs/decisions/0011-sketches.md and 0014-two-thresholds.md have what was tried, and the numbers). The HNSW index finds the nearest of all pictures; of those
-- that satisfy a filter it finds few where filter and query disagree. For these there is one narrow table for each model: of each picture two bits for each number of its vector (whether
-- it is above the mean less .45 standard deviations, and above the mean plus .45), the columns that filters ask for, and the cluster of pictures that it belongs to. Rows of one cluster lie
-- together, so a search reads a few contiguous pieces of it: the clusters in which most of the nearest are to be expected, and in which, as far as counts of values say, something satisfies the filter.
-- The table is complete: a product that is compared by its text has a row in a cluster of texts, one without any vector in cluster 0. It says where to look; what is found is
-- compared again by its vector, and with the filter on product. Sketches are kept by triggers; 51_sketch_building.sql makes them.

create or replace function sketch_bits(embedding vector, centre vector, spread vector) returns bit varying
language sql immutable strict parallel safe as $$
  select binary_quantize(embedding - centre + spread) || binary_quantize(embedding - centre - spread)
$$;
comment on function sketch_bits is 'The sketch of a vector: two bits for each of its numbers.';

create or replace function picture_offers() returns text
language sql immutable as $$
  select 'left join lateral (
       select i.looks, count(*)::smallint as variant_count, best_availability(array_agg(distinct v.availability)) as availability,
         coalesce(bool_or(v.compare_at_amount > v.price_amount), false) as on_sale, min(v.price_amount) as price_lowest, max(v.price_amount) as price_highest,
         case when min(v.price_currency) = max(v.price_currency) then min(v.price_currency) end as price_currency,
         merged_attributes(array_agg(v.attributes order by v.position, v.id)) as attributes
       from product_image as i inner join product_variant as v on v.product_id = i.product_id and v.look = any(i.looks)
       where i.product_id = p.id and i.id = e.image_id and p.look_count > 1
       group by i.looks) as looked on true
     cross join lateral (
       select p.availability, p.price_lowest, p.price_highest, p.price_currency, p.attributes, p.variant_count, p.on_sale, null::smallint[] as looks where looked.looks is null
       union all
       select looked.availability, looked.price_lowest, looked.price_highest, looked.price_currency, looked.attributes, looked.variant_count, looked.on_sale, looked.looks
       where looked.looks is not null) as o'
$$;
comment on function picture_offers is 'What stands in a from clause behind e (rows with image_id, a picture or null) and p, its product: as o, what the variants of this picture''s looks have together, or all variants where it belongs to none in particular.';

-- The select list and tables are the same for one product and for all: only how a picture's cluster is found differs.
create or replace function sketch_rows(model embedding_model, cluster_of_picture text, cluster_of_text text) returns text
language sql stable as $$
  select format(
    'select %3$s as cluster, p.id, e.image_id, p.category_id, p.further_category_ids, o.availability, p.brand, o.price_lowest,
       sketch_bits(e.embedding::vector, %5$L::vector, %6$L::vector)::bit(%9$s) as bits, o.attributes, p.updated_at, o.price_currency,
       o.price_highest, o.variant_count, o.on_sale, o.looks
     from %1$I as e inner join product as p on p.id = e.product_id %10$s
     union all
     select %4$s, p.id, null, p.category_id, p.further_category_ids, p.availability, p.brand, p.price_lowest,
       sketch_bits(e.embedding::vector, %7$L::vector, %8$L::vector)::bit(%9$s), p.attributes, p.updated_at, p.price_currency,
       p.price_highest, p.variant_count, p.on_sale, null
     from %2$I as e inner join product as p on p.id = e.product_id where e.pictureless
     union all
     select 0, p.id, null, p.category_id, p.further_category_ids, p.availability, p.brand, p.price_lowest, null, p.attributes, p.updated_at, p.price_currency,
       p.price_highest, p.variant_count, p.on_sale, null
     from product as p
     where not exists (select from %1$I as e where e.product_id = p.id) and not exists (select from %2$I as t where t.product_id = p.id)',
    model.image_table, model.text_table, cluster_of_picture, cluster_of_text, model.picture_centre, model.picture_spread,
    -- A shop in which every product has a picture has no text to compare, but may have no text vectors at all.
    coalesce(model.text_centre, model.picture_centre), coalesce(model.text_spread, model.picture_spread), 2 * model.dimensions, picture_offers())
$$;
comment on function sketch_rows is 'A select statement of all rows that a model''s table of sketches should have. cluster_of_picture, cluster_of_text: expressions on e, a row of the table of picture, or text vectors.';

create or replace function nearest_cluster(model_id uuid, kind text) returns text
language sql stable as $$
  -- Where a shop that had no products without a picture gets its first, it has no cluster of texts: they stand under -1 until clusters are made anew.
  select format(
    'coalesce((select c.number from (select e.embedding::vector as embedding offset 0) as one, embedding_cluster as c
       where c.model_id = %L and %s order by c.centroid <#> one.embedding limit 1), %s)',
    model_id, case kind when 'PICTURE' then 'c.number > 0' else 'c.number < 0' end, case kind when 'PICTURE' then '1' else '-1' end)
$$;
comment on function nearest_cluster is 'An expression on e, a row of a table of vectors: the number of the cluster that it belongs to. kind: PICTURE or TEXT.';

create or replace function refresh_sketches(product_ids uuid[]) returns void
language plpgsql as $$
declare
  model embedding_model;
begin
  if cardinality(product_ids) = 0 or not exists (select from embedding_model where sketch_table is not null) then
    return;
  end if;
  -- Held first, in order: of two writers of one product the later sees what the earlier wrote, and a price that changes meanwhile waits.
  perform from product where id = any(product_ids) order by id for no key update;
  for model in select * from embedding_model where sketch_table is not null loop
    execute format('delete from %I where id = any($1)', model.sketch_table) using product_ids;
    execute format('insert into %I select * from (%s) as sketch where id = any($1)', model.sketch_table,
      sketch_rows(model, nearest_cluster(model.id, 'PICTURE'), nearest_cluster(model.id, 'TEXT')))
    using product_ids;
  end loop;
end
$$;
comment on function refresh_sketches is 'Makes the sketches of these products anew, in the tables of all models that have any.';

create or replace function sketched_vectors_changed() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select distinct product_id from changed));
  return null;
end
$$;
comment on function sketched_vectors_changed is 'Trigger after vectors of pictures were inserted, updated or deleted.';

create or replace function sketched_texts_changed() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select distinct product_id from changed where pictureless));
  return null;
end
$$;
comment on function sketched_texts_changed is 'Trigger after vectors of texts were inserted or deleted. Only those of products without a picture have sketches.';

create or replace function sketched_texts_updated() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select product_id from before where pictureless union select product_id from changed where pictureless));
  return null;
end
$$;
comment on function sketched_texts_updated is 'Trigger after vectors of texts were updated, or what says that they are compared.';

create or replace function sketched_products_inserted() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select id from changed));
  return null;
end
$$;
comment on function sketched_products_inserted is 'Trigger after products were inserted: they have no vectors yet, and may be found all the same.';

-- Prices and stock change a thousand times more often than vectors: rows are changed in place, nothing is computed. No index of the table but that of prices has a column that changes.
create or replace function sketched_products_updated() returns trigger
language plpgsql as $$
declare
  sketches text;
begin
  for sketches in select sketch_table from embedding_model where sketch_table is not null loop
    -- Rows of pictures of some looks: refresh_sketched_looks().
    execute format(
      'update %I as s
       set category_id = n.category_id, further_category_ids = n.further_category_ids, brand = n.brand, updated_at = n.updated_at,
         availability = n.availability, price_lowest = n.price_lowest, price_highest = n.price_highest,
         price_currency = n.price_currency, attributes = n.attributes, variant_count = n.variant_count, on_sale = n.on_sale
       from changed as n inner join before as b on b.id = n.id
       where s.id = n.id and s.looks is null
         and (b.category_id, b.further_category_ids, b.brand, b.updated_at, b.availability, b.price_lowest, b.price_highest, b.price_currency, b.attributes, b.variant_count, b.on_sale)
           is distinct from (n.category_id, n.further_category_ids, n.brand, n.updated_at, n.availability, n.price_lowest, n.price_highest, n.price_currency, n.attributes, n.variant_count, n.on_sale)',
      sketches);
    execute format(
      'update %I as s set category_id = n.category_id, further_category_ids = n.further_category_ids, brand = n.brand, updated_at = n.updated_at
       from changed as n inner join before as b on b.id = n.id
       where s.id = n.id and s.looks is not null and (b.category_id, b.further_category_ids, b.brand, b.updated_at) is distinct from (n.category_id, n.further_category_ids, n.brand, n.updated_at)',
      sketches);
  end loop;
  return null;
end
$$;
comment on function sketched_products_updated is 'Trigger after products were updated.';

create or replace function refresh_sketched_looks(product_ids uuid[]) returns void
language plpgsql as $$
declare
  sketches text;
begin
  if cardinality(product_ids) = 0 then return; end if;
  for sketches in select sketch_table from embedding_model where sketch_table is not null loop
    execute format(
      'update %I as s
       set availability = n.availability, price_lowest = n.price_lowest, price_highest = n.price_highest, price_currency = n.price_currency,
         attributes = n.attributes, variant_count = n.variant_count, on_sale = n.on_sale, looks = n.looks
       from (
         select e.product_id, e.image_id, o.* from (select product_id, id as image_id from product_image where product_id = any($1)) as e
         inner join product as p on p.id = e.product_id %s
       ) as n
       where s.id = n.product_id and s.image_id = n.image_id
         and (s.availability, s.price_lowest, s.price_highest, s.price_currency, s.attributes, s.variant_count, s.on_sale, s.looks)
           is distinct from (n.availability, n.price_lowest, n.price_highest, n.price_currency, n.attributes, n.variant_count, n.on_sale, n.looks)',
      sketches, picture_offers())
    using product_ids;
  end loop;
end
$$;
comment on function refresh_sketched_looks is 'Says in the sketches of these products'' pictures anew which looks they show, and what the variants of these have together. Rows are changed in place, no vector is read.';

create or replace function sketched_products_deleted() returns trigger
language plpgsql as $$
declare
  sketches text;
begin
  for sketches in select sketch_table from embedding_model where sketch_table is not null loop
    execute format('delete from %I where id in (select id from changed)', sketches);
  end loop;
  return null;
end
$$;
comment on function sketched_products_deleted is 'Trigger after products were deleted.';

create or replace function drop_sketches(model_id uuid) returns void
language plpgsql as $$
begin
  -- The table itself stays until new ones are made: for some seconds searches go on that were planned with it.
  update embedding_model as m set sketch_table = null, sketched_at = null, sketched_pictures = null, scan_costs = null, cluster_scatter = null
  where m.id = $1 and m.sketch_table is not null;
  delete from embedding_cluster as c where c.model_id = $1;
  delete from embedding_cluster_value as v where v.model_id = $1;
end
$$;
comment on function drop_sketches is 'Gives a model''s sketches up, if it has any: before a bulk load, which is many times faster without keeping them.';
