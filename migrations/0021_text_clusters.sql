-- Clusters for texts, too, and what tells in which clusters the nearest vectors lie (docs/decisions/0012-fewer-sketches.md has the numbers). Until now every search with a filter read the
-- sketches of all products that are compared by their text; and it read clusters in the order of their centroids, whatever share of them held. Now a cluster's cohesion says how far
-- from its centroid its vectors lie, so that a search can reckon how many of the nearest each cluster has, and reads those first that have most for their size.
-- A cluster's number tells its kind: above 0 pictures, below 0 texts of products without a picture, 0 stands for products without any vector.
-- Numbers of clusters are not used twice: where a server still has the old ones, it finds nothing under them, looks everywhere, and is right.
-- Sketches that stand are given up, since their numbers mean something else: `lookgraph maintain`, or the next import, makes them anew (1.5 minutes for a million pictures); until then filters
-- are answered as before there were sketches. Time: none. Undo: drop_sketches() of every model, then what 0015 made.

select drop_sketches(id) from embedding_model;

alter table embedding_cluster drop constraint embedding_cluster_number_check,
  add constraint embedding_cluster_number_check check (number <> 0),
  add column cohesion real not null constraint embedding_cluster_cohesion_check check (cohesion between -1 and 1);
alter table embedding_cluster rename column pictures to vectors;
comment on table embedding_cluster is 'Groups of pictures, or of texts of products without a picture, that are alike: each belongs to that with the nearest centroid.';
comment on column embedding_cluster.number is 'As in the column cluster of the model''s table of sketches: above 0 for pictures, below 0 for texts. Never used again.';
comment on column embedding_cluster.centroid is 'Mean direction of its vectors, of length 1.';
comment on column embedding_cluster.vectors is 'Vectors in it when they were last counted.';
comment on column embedding_cluster.cohesion is 'Mean cosine similarity of its vectors to the centroid, when it was made.';
alter table embedding_cluster_value rename column pictures to vectors;
comment on table embedding_cluster_value is 'How many vectors of each cluster are of products with a value that filters ask for: what tells a search in which clusters to look. Values of attributes that less than a ten-thousandth have are left out.';
comment on column embedding_cluster_value.field is 'CATEGORY, BRAND, AVAILABILITY, PRICE (in ranges of about as many vectors each) or ATTRIBUTE.';
comment on column embedding_cluster_value.vectors is 'How often, in the same order.';

-- Where a model's next clusters are numbered from: behind all that were.
alter table embedding_model add column last_cluster integer not null default 0;
comment on column embedding_model.last_cluster is 'The highest number of any cluster that it ever had, without its sign.';

drop function sketch_rows(embedding_model, text);
create function sketch_rows(model embedding_model, cluster_of_picture text, cluster_of_text text) returns text
language sql stable as $$
  select format(
    'select %3$s as cluster, p.id, e.image_id, p.category_id, p.availability, p.brand, p.price_amount,
       binary_quantize(e.embedding::vector - %5$L::vector)::bit(%7$s) as bits, p.attributes, p.updated_at
     from %1$I as e inner join product as p on p.id = e.product_id
     union all
     select %4$s, p.id, null, p.category_id, p.availability, p.brand, p.price_amount,
       binary_quantize(e.embedding::vector - %6$L::vector)::bit(%7$s), p.attributes, p.updated_at
     from %2$I as e inner join product as p on p.id = e.product_id where e.pictureless
     union all
     select 0, p.id, null, p.category_id, p.availability, p.brand, p.price_amount, null, p.attributes, p.updated_at
     from product as p
     where not exists (select from %1$I as e where e.product_id = p.id) and not exists (select from %2$I as t where t.product_id = p.id)',
    model.image_table, model.text_table, cluster_of_picture, cluster_of_text, model.picture_centre,
    -- A shop in which every product has a picture has no text to compare, but may have no text vectors at all.
    coalesce(model.text_centre, model.picture_centre), model.dimensions)
$$;
comment on function sketch_rows is 'A select statement of all rows that a model''s table of sketches should have. cluster_of_picture, cluster_of_text: expressions on e, a row of the table of picture, or text vectors.';

create function nearest_cluster(model_id uuid, kind text) returns text
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

create or replace function count_cluster_values(model_id uuid) returns void
language plpgsql as $$
declare
  sketches constant text := (select m.sketch_table from embedding_model as m where m.id = $1);
begin
  execute format(
    'update embedding_cluster as c set vectors = counted.vectors
     from (select n.number, count(s.cluster) as vectors from embedding_cluster as n left join %I as s on s.cluster = n.number where n.model_id = $1 group by n.number) as counted
     where c.model_id = $1 and c.number = counted.number', sketches)
  using model_id;
  delete from embedding_cluster_value as v where v.model_id = $1;
  -- Up to 64 ranges of prices. Attributes may have as many values as there are products: those of less than a ten-thousandth of the vectors are left out, since what has one is looked at whole. Very long ones are nothing to filter by.
  execute format(
    'insert into embedding_cluster_value (model_id, field, name, value, lowest, highest, clusters, vectors)
     with sketch as materialized (
       select cluster, category_id, brand, availability, attributes, price_amount,
         case when price_amount is not null then ntile(64) over (partition by price_amount is null order by price_amount) end as price_range
       from %I where cluster <> 0
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
       select field, name, value, cluster, count(*)::integer as vectors, min(price) as lowest, max(price) as highest
       from occurrence where length(name) <= 200 and length(value) <= 200
       group by field, name, value, cluster
     )
     select $1, field, name, value, min(lowest), max(highest), array_agg(cluster order by cluster), array_agg(vectors order by cluster)
     from counted
     group by field, name, value
     having field <> ''ATTRIBUTE'' or sum(vectors) * 10000 >= (select count(*) from sketch)', sketches)
  using model_id;
  update embedding_model as m set sketched_at = clock_timestamp() where m.id = $1;
end
$$;
comment on function count_cluster_values is 'Counts the vectors of each cluster, and how many of them have each value that filters ask for. Counts guide searches and need not be up to date.';

create function cluster_vectors(source text, image_id text, vector_type text, clusters integer, first_number integer, direction integer) returns vector
language plpgsql as $$
declare
  vectors bigint;
  sample_size constant integer := greatest(20000, 50 * clusters);
  centre vector;
begin
  execute format('select count(*) from %s', source) into vectors;
  execute format(
    'create temporary table sketch_sample on commit drop as
     select row_number() over (order by md5(%1$s::text))::integer as number, embedding from %2$s
     where pg_catalog.hashtextextended(%1$s::text, 0) & 1048575 < 1048576 * least(1, $1::float8 / greatest(1, $2))',
    case when image_id = 'null' then 'e.product_id' else image_id end, source)
  using sample_size, vectors;
  centre := (select avg(embedding::vector) from sketch_sample);
  execute format('create temporary table sketch_mean (number integer, mean %s) on commit drop', vector_type);
  insert into sketch_mean select number, embedding from sketch_sample where number <= clusters;
  perform set_config('hnsw.ef_search', '16', true), set_config('jit', 'off', true);
  for round in 1 .. 3 loop
    -- Which centroid is the nearest the index says ten times faster than a comparison with all, and rightly for 999 of 1,000 pictures.
    execute format('create index sketch_mean_hnsw on sketch_mean using hnsw (mean %s)', split_part(vector_type, '(', 1) || '_ip_ops');
    analyze sketch_mean;
    exit when round = 3;
    create temporary table sketch_next on commit drop as
      select number, l2_normalize(avg(embedding::vector)) as mean
      from (
        select s.embedding, (select c.number from sketch_mean as c order by c.mean <#> s.embedding limit 1) as number from sketch_sample as s
      ) as assigned
      group by number;
    drop index sketch_mean_hnsw;
    truncate sketch_mean;
    insert into sketch_mean select number, mean from sketch_next;
    drop table sketch_next;
  end loop;
  execute format(
    'create temporary table sketch_assigned on commit drop as
     select e.product_id, %s::uuid as image_id, nearest.number, nearest.similarity
     from %s cross join lateral (
       select c.number, -(c.mean <#> e.embedding) as similarity from sketch_mean as c order by c.mean <#> e.embedding limit 1) as nearest', image_id, source);
  insert into sketch_cluster select a.product_id, a.image_id, direction * (first_number + a.number - 1) from sketch_assigned as a;
  insert into sketch_centroid
  select direction * (first_number + m.number - 1), m.mean::vector, coalesce(a.cohesion, 1)
  from sketch_mean as m left join (select number, avg(similarity) as cohesion from sketch_assigned group by number) as a on a.number = m.number;
  drop table sketch_sample, sketch_mean, sketch_assigned;
  return centre;
end
$$;
comment on function cluster_vectors is 'Groups vectors that are alike: centroids are the nearest vectors of random ones, then twice the mean of those nearest to them (k-means, which two rounds on a sample bring near enough). Returns the mean of all. Adds to the temporary tables sketch_centroid and sketch_cluster. source: what stands in a from clause, with e; image_id: an expression on e; direction: 1, or -1 for numbers below 0.';

drop function build_sketches(uuid, integer);
create function build_sketches(model_id uuid, cluster_size integer, most_clusters integer) returns void
language plpgsql as $$
declare
  model embedding_model := (select m from embedding_model as m where m.id = $1);
  sketches constant text := 'picture_sketch' || substr(model.image_table, length('image_embedding') + 1);
  made constant text := sketches || '_2';
  made_index text;
  vector_type constant text := format('%s(%s)', embedding_type(model.image_table), model.dimensions);
  pictures integer;
  texts integer;
  picture_clusters integer;
  text_clusters integer;
begin
  -- 1. Means, clusters, and the cluster of each vector. Nothing is locked: what is written meanwhile is looked at below.
  execute format('select count(*) from %I', model.image_table) into pictures;
  execute format('select count(*) from %I where pictureless', model.text_table) into texts;
  picture_clusters := least(most_clusters, greatest(16, pictures / cluster_size));
  text_clusters := case when texts = 0 then 0 else least(most_clusters, greatest(1, texts / cluster_size)) end;
  create temporary table sketch_cluster (product_id uuid, image_id uuid, number integer) on commit drop;
  create temporary table sketch_centroid (number integer, centroid vector, cohesion float8) on commit drop;
  update embedding_model as m set
    picture_centre = cluster_vectors(format('%I as e', model.image_table), 'e.image_id', vector_type, picture_clusters, model.last_cluster + 1, 1),
    text_centre = case when text_clusters > 0 then
      cluster_vectors(format('(select product_id, embedding from %I where pictureless) as e', model.text_table), 'null', vector_type, text_clusters, model.last_cluster + 1, -1) end
  where m.id = $1;
  create unique index sketch_cluster_key on sketch_cluster (product_id, image_id) nulls not distinct;
  analyze sketch_cluster;
  -- 2. The table. Writers wait from here on, for some seconds with a million pictures; in this order, as they go on from products to vectors.
  lock table product in share mode;
  execute format('lock table %I in share mode', model.image_table);
  execute format('lock table %I in share mode', model.text_table);
  perform drop_sketches(model_id);
  insert into embedding_cluster (model_id, number, centroid, vectors, cohesion) select $1, number, centroid, 0, greatest(-1, least(1, cohesion)) from sketch_centroid;
  update embedding_model as m set last_cluster = m.last_cluster + greatest(picture_clusters, text_clusters) where m.id = $1;
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
    format('coalesce((select a.number from sketch_cluster as a where a.product_id = e.product_id and a.image_id = e.image_id), %s)', nearest_cluster(model_id, 'PICTURE')),
    format('coalesce((select a.number from sketch_cluster as a where a.product_id = e.product_id and a.image_id is null), %s)', nearest_cluster(model_id, 'TEXT'))));
  execute format('create index %I on %I (id)', made || '_id_idx', made);
  execute format('create index %I on %I (cluster)', made || '_cluster_idx', made);
  execute format('create index %I on %I (category_id)', made || '_category_id_idx', made);
  execute format('create index %I on %I (brand)', made || '_brand_idx', made);
  execute format('create index %I on %I (price_amount)', made || '_price_amount_idx', made);
  execute format('create index %I on %I using gin (attributes jsonb_path_ops)', made || '_attributes_idx', made);
  execute format('comment on table %I is %L', made, 'Sketches of pictures, one model; see embedding_model. Of each picture its cluster, a few bytes of its vector, and the columns of product that filters ask for.');
  execute format('comment on column %I.cluster is %L', made, 'See embedding_cluster. Above 0: a picture; below 0: a product without a picture, compared by its text; 0: a product without any vector.');
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
  -- 3. In the place of the old one, which only now nobody may read.
  execute format('drop table if exists %I', sketches);
  execute format('alter table %I rename to %I', made, sketches);
  for made_index in select indexrelid::regclass::text from pg_index where indrelid = to_regclass(quote_ident(sketches)) loop
    execute format('alter index %s rename to %I', made_index, sketches || substr(trim(both '"' from made_index), length(made) + 1));
  end loop;
  update embedding_model as m set sketch_table = sketches where m.id = $1;
end
$$;
comment on function build_sketches is 'Makes a model''s sketches and clusters anew. Searches go on meanwhile; whoever writes products or vectors waits at the end. cluster_size: vectors to a cluster, on average.';
