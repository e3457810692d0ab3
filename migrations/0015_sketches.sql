-- Filtered search over many pictures (docs/decisions/0011-sketches.md has what was tried, and the numbers). The HNSW index finds the nearest of all pictures; of those
-- that hold for a filter it finds few where filter and query disagree. For these there is one narrow table for each model: of each picture some 64 bytes that tell its
-- direction (the sign of each number of its vector, once the mean of all is taken off), the columns that filters ask for, and the cluster of pictures that it belongs to. Rows of one cluster lie
-- together, so a search reads a few contiguous pieces of it: the nearest clusters in which, as far as counts of values say, something holds for the filter.
-- The table is complete: a product that is compared by its text has a row in cluster 0, one without any vector in cluster -1. It says where to look; what is found is
-- compared again by its vector, and with the filter on product.
-- Made by build_sketches() (src/database/vector-indexes.ts calls it at the end of an import), kept by triggers. Time: none. Undo: drop what is here.

alter table embedding_model
  add column sketch_table text constraint embedding_model_sketch_table_key unique,
  add column picture_centre vector,
  add column text_centre vector,
  add column sketched_at timestamptz,
  add column sketched_pictures integer,
  add column scan_costs jsonb;
comment on column embedding_model.sketch_table is 'Name of the table of its sketches; null while there is none: a shop of so few pictures needs none.';
comment on column embedding_model.picture_centre is 'Mean of its picture vectors: bits of sketches tell on which side of it a vector lies.';
comment on column embedding_model.text_centre is 'Mean of its text vectors.';
comment on column embedding_model.sketched_at is 'When its sketches were made, or values in its clusters last counted.';
comment on column embedding_model.sketched_pictures is 'Pictures that there were then.';
comment on column embedding_model.scan_costs is 'Microseconds that ways to compare take for each row on this database, measured when the sketches were made: {"hnsw": ..., "probed": ..., "gathered": ..., "compared": ...}.';

create table embedding_cluster (
  model_id uuid not null constraint embedding_cluster_model_id_fkey references embedding_model (id) on delete cascade,
  number integer not null constraint embedding_cluster_number_check check (number > 0),
  centroid vector not null,
  pictures integer not null,
  constraint embedding_cluster_pkey primary key (model_id, number)
);
-- Beside the row up to some 2,000 dimensions: 512 would be moved out of it by default, and a search for the nearest would fetch each one.
alter table embedding_cluster alter column centroid set storage main;
comment on table embedding_cluster is 'Groups of pictures that look alike: each picture belongs to that with the nearest centroid.';
comment on column embedding_cluster.model_id is 'The model whose vectors they are.';
comment on column embedding_cluster.number is 'As in the column cluster of the model''s table of sketches.';
comment on column embedding_cluster.centroid is 'Mean direction of its pictures, of length 1.';
comment on column embedding_cluster.pictures is 'Pictures in it when they were last counted.';

create table embedding_cluster_value (
  model_id uuid not null constraint embedding_cluster_value_model_id_fkey references embedding_model (id) on delete cascade,
  field text not null constraint embedding_cluster_value_field_check check (field in ('CATEGORY', 'BRAND', 'AVAILABILITY', 'PRICE', 'ATTRIBUTE')),
  name text not null,
  value text not null,
  lowest numeric,
  highest numeric,
  clusters integer[] not null,
  pictures integer[] not null,
  constraint embedding_cluster_value_pkey primary key (model_id, field, name, value)
);
comment on table embedding_cluster_value is 'How many pictures of each cluster have a value that filters ask for: what tells a search in which clusters to look. Values of attributes that less than a ten-thousandth of the pictures have are left out.';
comment on column embedding_cluster_value.model_id is 'The model whose clusters they are.';
comment on column embedding_cluster_value.field is 'CATEGORY, BRAND, AVAILABILITY, PRICE (in ranges of about as many pictures each) or ATTRIBUTE.';
comment on column embedding_cluster_value.name is 'Name of the attribute; empty for others.';
comment on column embedding_cluster_value.value is 'The category''s id, the brand, the availability, the attribute''s value, or the number of the range of prices.';
comment on column embedding_cluster_value.lowest is 'Lowest price of a range; null for others.';
comment on column embedding_cluster_value.highest is 'Highest price of a range; null for others.';
comment on column embedding_cluster_value.clusters is 'Numbers of the clusters where it occurs.';
comment on column embedding_cluster_value.pictures is 'How often, in the same order.';

-- The select list and tables are the same for one product and for all: only how a picture's cluster is found differs.
create function sketch_rows(model embedding_model, cluster_of_picture text) returns text
language sql stable as $$
  select format(
    'select %3$s as cluster, p.id, e.image_id, p.category_id, p.availability, p.brand, p.price_amount,
       binary_quantize(e.embedding::vector - %4$L::vector)::bit(%6$s) as bits, p.attributes, p.updated_at
     from %1$I as e inner join product as p on p.id = e.product_id
     union all
     select 0, p.id, null, p.category_id, p.availability, p.brand, p.price_amount,
       binary_quantize(t.embedding::vector - %5$L::vector)::bit(%6$s), p.attributes, p.updated_at
     from %2$I as t inner join product as p on p.id = t.product_id where t.pictureless
     union all
     select -1, p.id, null, p.category_id, p.availability, p.brand, p.price_amount, null, p.attributes, p.updated_at
     from product as p
     where not exists (select from %1$I as e where e.product_id = p.id) and not exists (select from %2$I as t where t.product_id = p.id)',
    model.image_table, model.text_table, cluster_of_picture, model.picture_centre,
    -- A shop in which every product has a picture has no text to compare, but may have no text vectors at all.
    coalesce(model.text_centre, model.picture_centre), model.dimensions)
$$;
comment on function sketch_rows is 'A select statement of all rows that a model''s table of sketches should have. cluster_of_picture: an expression on e, a row of the table of picture vectors.';

create function refresh_sketches(product_ids uuid[]) returns void
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
    execute format('insert into %I select * from (%s) as sketch where id = any($1)', model.sketch_table, sketch_rows(model, format(
      '(select c.number from (select e.embedding::vector as embedding offset 0) as picture, embedding_cluster as c
        where c.model_id = %L order by c.centroid <#> picture.embedding limit 1)', model.id)))
    using product_ids;
  end loop;
end
$$;
comment on function refresh_sketches is 'Makes the sketches of these products anew, in the tables of all models that have any.';

create function sketched_vectors_changed() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select distinct product_id from changed));
  return null;
end
$$;
comment on function sketched_vectors_changed is 'Trigger after vectors of pictures were inserted, updated or deleted.';

create function sketched_texts_changed() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select distinct product_id from changed where pictureless));
  return null;
end
$$;
comment on function sketched_texts_changed is 'Trigger after vectors of texts were inserted or deleted. Only those of products without a picture have sketches.';

create function sketched_texts_updated() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select product_id from before where pictureless union select product_id from changed where pictureless));
  return null;
end
$$;
comment on function sketched_texts_updated is 'Trigger after vectors of texts were updated, or what says that they are compared.';

create function sketched_products_inserted() returns trigger
language plpgsql as $$
begin
  perform refresh_sketches(array(select id from changed));
  return null;
end
$$;
comment on function sketched_products_inserted is 'Trigger after products were inserted: they have no vectors yet, and may be found all the same.';

-- Prices and stock change a thousand times more often than vectors: rows are changed in place, nothing is computed. No index of the table but that of prices has a column that changes.
create function sketched_products_updated() returns trigger
language plpgsql as $$
declare
  sketches text;
begin
  for sketches in select sketch_table from embedding_model where sketch_table is not null loop
    execute format(
      'update %I as s
       set category_id = n.category_id, availability = n.availability, brand = n.brand, price_amount = n.price_amount,
         attributes = n.attributes, updated_at = n.updated_at
       from changed as n inner join before as b on b.id = n.id
       where s.id = n.id and (b.category_id, b.availability, b.brand, b.price_amount, b.attributes, b.updated_at)
         is distinct from (n.category_id, n.availability, n.brand, n.price_amount, n.attributes, n.updated_at)',
      sketches);
  end loop;
  return null;
end
$$;
comment on function sketched_products_updated is 'Trigger after products were updated.';

create function sketched_products_deleted() returns trigger
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

create trigger product_sketched_inserted after insert on product referencing new table as changed
  for each statement execute function sketched_products_inserted();
create trigger product_sketched_updated after update on product referencing old table as before new table as changed
  for each statement execute function sketched_products_updated();
create trigger product_sketched_deleted after delete on product referencing old table as changed
  for each statement execute function sketched_products_deleted();

create function keep_sketches(image_table text, text_table text) returns void
language plpgsql as $$
begin
  -- Their names come behind those of 0012, which say first whose texts are compared: triggers run in the order of their names.
  execute format('create trigger %I after insert on %I referencing new table as changed for each statement execute function sketched_vectors_changed()', image_table || '_sketched_inserted', image_table);
  execute format('create trigger %I after update on %I referencing new table as changed for each statement execute function sketched_vectors_changed()', image_table || '_sketched_updated', image_table);
  execute format('create trigger %I after delete on %I referencing old table as changed for each statement execute function sketched_vectors_changed()', image_table || '_sketched_deleted', image_table);
  execute format('create trigger %I after insert on %I referencing new table as changed for each statement execute function sketched_texts_changed()', text_table || '_sketched_inserted', text_table);
  execute format('create trigger %I after update on %I referencing old table as before new table as changed for each statement execute function sketched_texts_updated()', text_table || '_sketched_updated', text_table);
  execute format('create trigger %I after delete on %I referencing old table as changed for each statement execute function sketched_texts_changed()', text_table || '_sketched_deleted', text_table);
end
$$;
comment on function keep_sketches is 'Adds to a model''s tables of vectors the triggers that keep its sketches in step.';

select keep_sketches(image_table, text_table) from embedding_model;

create or replace function create_embedding_tables(image_table text, text_table text, dimensions integer) returns void
language plpgsql as $$
begin
  perform create_vector_tables(image_table, text_table, dimensions);
  perform mark_pictureless_texts(image_table, text_table);
  perform keep_sketches(image_table, text_table);
end
$$;

create function drop_sketches(model_id uuid) returns void
language plpgsql as $$
begin
  -- The table itself stays until new ones are made: for some seconds searches go on that were planned with it.
  update embedding_model as m set sketch_table = null, sketched_at = null, sketched_pictures = null, scan_costs = null
  where m.id = $1 and m.sketch_table is not null;
  delete from embedding_cluster as c where c.model_id = $1;
  delete from embedding_cluster_value as v where v.model_id = $1;
end
$$;
comment on function drop_sketches is 'Gives a model''s sketches up, if it has any: before a bulk load, which is many times faster without keeping them.';

create function count_cluster_values(model_id uuid) returns void
language plpgsql as $$
declare
  sketches constant text := (select m.sketch_table from embedding_model as m where m.id = $1);
begin
  execute format(
    'update embedding_cluster as c set pictures = counted.pictures
     from (select n.number, count(s.cluster) as pictures from embedding_cluster as n left join %I as s on s.cluster = n.number where n.model_id = $1 group by n.number) as counted
     where c.model_id = $1 and c.number = counted.number', sketches)
  using model_id;
  delete from embedding_cluster_value as v where v.model_id = $1;
  -- Up to 64 ranges of prices. Attributes may have as many values as there are products: those of less than a ten-thousandth of the pictures are left out, since what has one is looked at whole. Very long ones are nothing to filter by.
  execute format(
    'insert into embedding_cluster_value (model_id, field, name, value, lowest, highest, clusters, pictures)
     with sketch as materialized (
       select cluster, category_id, brand, availability, attributes, price_amount,
         case when price_amount is not null then ntile(64) over (partition by price_amount is null order by price_amount) end as price_range
       from %I where cluster > 0
     ), occurrence as (
       select ''CATEGORY'' as field, '''' as name, category_id::text as value, null::numeric as price, cluster from sketch where category_id is not null
       union all
       select ''BRAND'', '''', brand, null, cluster from sketch where brand is not null
       union all
       select ''AVAILABILITY'', '''', availability, null, cluster from sketch
       union all
       select ''PRICE'', '''', price_range::text, price_amount, cluster from sketch where price_range is not null
       union all
       select ''ATTRIBUTE'', attribute.key, value.value, null, cluster
       from sketch, jsonb_each(attributes) as attribute,
         jsonb_array_elements_text(case when jsonb_typeof(attribute.value) = ''array'' then attribute.value else ''[]'' end) as value
     ), counted as (
       select field, name, value, cluster, count(*)::integer as pictures, min(price) as lowest, max(price) as highest
       from occurrence where length(name) <= 200 and length(value) <= 200
       group by field, name, value, cluster
     )
     select $1, field, name, value, min(lowest), max(highest), array_agg(cluster order by cluster), array_agg(pictures order by cluster)
     from counted
     group by field, name, value
     having field <> ''ATTRIBUTE'' or sum(pictures) * 10000 >= (select count(*) from sketch)', sketches)
  using model_id;
  update embedding_model as m set sketched_at = clock_timestamp() where m.id = $1;
end
$$;
comment on function count_cluster_values is 'Counts the pictures of each cluster, and how many of them have each value that filters ask for. Counts guide searches and need not be up to date.';

create function build_sketches(model_id uuid, clusters integer) returns void
language plpgsql as $$
declare
  model embedding_model := (select m from embedding_model as m where m.id = $1);
  sketches constant text := 'picture_sketch' || substr(model.image_table, length('image_embedding') + 1);
  made constant text := sketches || '_2';
  made_index text;
  vector_type constant text := format('%s(%s)', embedding_type(model.image_table), model.dimensions);
  operators constant text := embedding_type(model.image_table) || '_ip_ops';
  pictures integer;
  sample_size constant integer := greatest(20000, 50 * clusters);
begin
  -- 1. The mean, and centroids: the nearest pictures of a random one, then twice the mean of those nearest to it (k-means, which two rounds on a sample bring near enough).
  execute format('select count(*) from %I', model.image_table) into pictures;
  execute format(
    'create temporary table sketch_sample on commit drop as
     select row_number() over (order by md5(image_id::text))::integer as number, embedding from %I
     where pg_catalog.hashtextextended(image_id::text, 0) & 1048575 < 1048576 * least(1, $1::float8 / greatest(1, $2))', model.image_table)
  using sample_size, pictures;
  update embedding_model as m set picture_centre = (select avg(embedding::vector) from sketch_sample) where m.id = $1;
  execute format(
    'update embedding_model as m set text_centre = (
       select avg(embedding::vector) from (select embedding from %I where pictureless limit 20000) as texts) where m.id = $1', model.text_table)
  using model_id;
  execute format('create temporary table sketch_centroid (number integer, centroid %s) on commit drop', vector_type);
  insert into sketch_centroid select number, embedding from sketch_sample where number <= clusters;
  perform set_config('hnsw.ef_search', '16', true), set_config('jit', 'off', true);
  for round in 1 .. 3 loop
    -- Which centroid is the nearest the index says ten times faster than a comparison with all, and rightly for 999 of 1,000 pictures.
    execute format('create index sketch_centroid_hnsw on sketch_centroid using hnsw (centroid %s)', operators);
    analyze sketch_centroid;
    exit when round = 3;
    create temporary table sketch_mean on commit drop as
      select number, l2_normalize(avg(embedding::vector)) as mean
      from (
        select s.embedding, (select c.number from sketch_centroid as c order by c.centroid <#> s.embedding limit 1) as number from sketch_sample as s
      ) as assigned
      group by number;
    drop index sketch_centroid_hnsw;
    truncate sketch_centroid;
    insert into sketch_centroid select number, mean from sketch_mean;
    drop table sketch_mean;
  end loop;
  -- 2. The cluster of each picture. Nothing is locked: what is written meanwhile is looked at below.
  execute format(
    'create temporary table sketch_cluster on commit drop as
     select e.product_id, e.image_id, (select c.number from sketch_centroid as c order by c.centroid <#> e.embedding limit 1) as cluster from %I as e', model.image_table);
  create unique index sketch_cluster_key on sketch_cluster (product_id, image_id);
  analyze sketch_cluster;
  -- 3. The table. Writers wait from here on, for some seconds with a million pictures; in this order, as they go on from products to vectors.
  lock table product in share mode;
  execute format('lock table %I in share mode', model.image_table);
  execute format('lock table %I in share mode', model.text_table);
  perform drop_sketches(model_id);
  insert into embedding_cluster (model_id, number, centroid, pictures) select $1, number, centroid, 0 from sketch_centroid;
  model := (select m from embedding_model as m where m.id = $1);
  execute format(
    'create table %I (
       cluster integer not null,
       id uuid not null,
       image_id uuid,
       category_id uuid,
       availability text not null,
       brand text,
       price_amount numeric,
       bits bit(%s),
       attributes jsonb not null,
       updated_at timestamptz not null) with (fillfactor = 95)', made, model.dimensions);
  -- Out of line or compressed, each comparison would copy it first.
  execute format('alter table %I alter column bits set storage plain', made);
  execute format('insert into %I select * from (%s) as sketch order by cluster, category_id, brand', made, sketch_rows(model,
    '(select coalesce(
        (select a.cluster from sketch_cluster as a where a.product_id = e.product_id and a.image_id = e.image_id),
        (select c.number from sketch_centroid as c order by c.centroid <#> e.embedding limit 1)))'));
  execute format('create index %I on %I (id)', made || '_id_idx', made);
  execute format('create index %I on %I (cluster)', made || '_cluster_idx', made);
  execute format('create index %I on %I (category_id)', made || '_category_id_idx', made);
  execute format('create index %I on %I (brand)', made || '_brand_idx', made);
  execute format('create index %I on %I (price_amount)', made || '_price_amount_idx', made);
  execute format('create index %I on %I using gin (attributes jsonb_path_ops)', made || '_attributes_idx', made);
  execute format('comment on table %I is %L', made, 'Sketches of pictures, one model; see embedding_model. Of each picture its cluster, a few bytes of its vector, and the columns of product that filters ask for.');
  execute format('comment on column %I.cluster is %L', made, 'See embedding_cluster; 0: a product without a picture, compared by its text; -1: a product without any vector.');
  execute format('comment on column %I.id is %L', made, 'The product.');
  execute format('comment on column %I.image_id is %L', made, 'The picture; null where the product has none.');
  execute format('comment on column %I.category_id is %L', made, 'As in product.');
  execute format('comment on column %I.availability is %L', made, 'As in product.');
  execute format('comment on column %I.brand is %L', made, 'As in product.');
  execute format('comment on column %I.price_amount is %L', made, 'As in product.');
  execute format('comment on column %I.bits is %L', made, 'Of each number of the vector whether it is above the mean of all: binary_quantize(embedding - centre). Distance: bits <~> bits (Hamming). Null without a vector.');
  execute format('comment on column %I.attributes is %L', made, 'As in product.');
  execute format('comment on column %I.updated_at is %L', made, 'As in product.');
  execute format('analyze %I', made);
  update embedding_model as m set sketch_table = made, sketched_pictures = pictures where m.id = $1;
  perform count_cluster_values(model_id);
  -- 4. In the place of the old one, which only now nobody may read.
  execute format('drop table if exists %I', sketches);
  execute format('alter table %I rename to %I', made, sketches);
  for made_index in select indexrelid::regclass::text from pg_index where indrelid = to_regclass(quote_ident(sketches)) loop
    execute format('alter index %s rename to %I', made_index, sketches || substr(trim(both '"' from made_index), length(made) + 1));
  end loop;
  update embedding_model as m set sketch_table = sketches where m.id = $1;
end
$$;
comment on function build_sketches is 'Makes a model''s sketches and clusters anew. Searches go on meanwhile; whoever writes products or vectors waits at the end.';

alter table search_window drop constraint search_window_strategy_check,
  add constraint search_window_strategy_check check (strategy in ('EXACT', 'HNSW', 'SKETCH', 'NONE'));
comment on column search_window.strategy is 'How the first products were found: EXACT (all were compared), HNSW (the index), SKETCH (sketches, then the vectors of the best) or NONE (no vectors).';
alter table search drop constraint search_strategy_check,
  add constraint search_strategy_check check (strategy in ('EXACT', 'HNSW', 'SKETCH', 'NONE'));
comment on column search.strategy is 'EXACT (every matching vector was compared), HNSW (the index), SKETCH (sketches, then the vectors of the best) or NONE (no vectors); null for a query that `lookgraph embed` stored and nobody asked.';
comment on column analytics.search.strategy is 'EXACT (every matching vector was compared), HNSW (the index), SKETCH (sketches, then the vectors of the best) or NONE (no vectors).';
