-- Makes the sketches and clusters of 50_sketches.sql (src/database/vector-indexes.ts calls build_sketches() at the end of an import). docs/decisions/0012-fewer-sketches.md says what clusters of texts and their cohesion are for.
-- Numbers of clusters are not used twice: where a server still has the old ones, it finds nothing under them, looks everywhere, and is right.

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
  -- A vector counts for each of its product's categories, and, under the name further, once more for each beside the main one.
  -- Up to 64 ranges of prices of each currency, each from the lowest to the highest of its products' variants; under no name those of products with prices in several. Attributes may have as many values as there are products: those of less than a ten-thousandth of the vectors are left out, since what has one is looked at whole. Very long ones are nothing to filter by.
  execute format(
    'insert into embedding_cluster_value (model_id, field, name, value, lowest, highest, clusters, vectors)
     with sketch as materialized (
       select cluster, category_id, further_category_ids, brand, availability, attributes, price_lowest, price_highest, price_currency,
         case when price_lowest is not null then ntile(64) over (partition by price_currency order by price_lowest) end as price_range
       from %I where cluster <> 0
     ), occurrence as (
       select ''CATEGORY'' as field, '''' as name, category_id::text as value, null::numeric as lowest, null::numeric as highest, cluster from sketch where category_id is not null
       union all
       select ''CATEGORY'', '''', further.id::text, null, null, cluster from sketch, unnest(further_category_ids) as further (id)
       union all
       select ''CATEGORY'', ''further'', '''', null, null, cluster from sketch, unnest(further_category_ids) as further (id)
       union all
       select ''BRAND'', '''', brand, null, null, cluster from sketch where brand is not null
       union all
       select ''AVAILABILITY'', '''', availability, null, null, cluster from sketch
       union all
       select ''PRICE'', coalesce(price_currency, ''''), price_range::text, price_lowest, price_highest, cluster from sketch where price_range is not null
       union all
       select ''ATTRIBUTE'', attribute.key, value.value, null, null, cluster
       from sketch, jsonb_each(attributes) as attribute,
         jsonb_array_elements_text(case when jsonb_typeof(attribute.value) = ''array'' then attribute.value else ''[]'' end) as value
     ), counted as (
       select field, name, value, cluster, count(*)::integer as vectors, min(lowest) as lowest, max(highest) as highest
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

create or replace function improve_centroids(centroids text, vectors text, rounds integer) returns void
language plpgsql as $$
declare
  operators constant text := (select replace(format_type(a.atttypid, null), '"', '') from pg_attribute as a where a.attrelid = centroids::regclass and a.attname = 'mean') || '_ip_ops';
begin
  perform set_config('hnsw.ef_search', '16', true), set_config('jit', 'off', true);
  for round in 0 .. rounds loop
    -- Which centroid is the nearest the index says ten times faster than a comparison with all, and rightly for 999 of 1,000 pictures.
    execute format('create index %I on %I using hnsw (mean %s)', centroids || '_hnsw', centroids, operators);
    execute format('analyze %I', centroids);
    exit when round = rounds;
    execute format(
      'create temporary table sketch_next on commit drop as
       select number, l2_normalize(avg(embedding::vector)) as mean
       from (select v.embedding, (select c.number from %I as c order by c.mean <#> v.embedding limit 1) as number from %I as v) as assigned
       group by number', centroids, vectors);
    execute format('drop index %I', centroids || '_hnsw');
    execute format('truncate %I', centroids);
    execute format('insert into %I select number, mean from sketch_next', centroids);
    drop table sketch_next;
  end loop;
end
$$;
comment on function improve_centroids is 'Moves each centroid to the mean of the vectors nearest to it, for some rounds, and leaves an HNSW index. centroids: a temporary table (number, mean); vectors: one with a column embedding.';

create or replace function assign_vectors(source text, image_id text) returns void
language plpgsql as $$
begin
  execute format(
    'insert into sketch_assigned select e.product_id, %s::uuid, nearest.number, nearest.similarity
     from %s cross join lateral (
       select c.number, -(c.mean <#> e.embedding) as similarity from sketch_mean as c order by c.mean <#> e.embedding limit 1) as nearest', image_id, source);
end
$$;
comment on function assign_vectors is 'Looks for the nearest centroid of each vector, in temporary tables: of sketch_mean, into sketch_assigned. source, image_id: as of cluster_vectors.';

create or replace function cluster_vectors(source text, image_id text, vector_type text, clusters integer, first_number integer, direction integer, out centre vector, out spread vector)
language plpgsql as $$
declare
  vectors bigint;
  sample_size constant integer := greatest(20000, 50 * clusters);
  has_images constant boolean := image_id <> 'null';
begin
  -- 1. Centroids, by a sample.
  execute format('select count(*) from %s', source) into vectors;
  execute format(
    'create temporary table sketch_sample on commit drop as
     select row_number() over (order by md5(%1$s::text))::integer as number, embedding from %2$s
     where pg_catalog.hashtextextended(%1$s::text, 0) & 1048575 < 1048576 * least(1, $1::float8 / greatest(1, $2))',
    case when has_images then image_id else 'e.product_id' end, source)
  using sample_size, vectors;
  centre := (select avg(embedding::vector) from sketch_sample);
  -- Of two thousand vectors: a fiftieth more or less in a threshold makes no difference.
  spread := (
    select array_agg(deviation order by place)::vector
    from (
      select place, 0.45 * stddev_pop(number) as deviation
      from (select embedding::vector::real[] as numbers from sketch_sample where sketch_sample.number <= 2000) as sampled, unnest(numbers) with ordinality as one (number, place)
      group by place
    ) as deviations);
  execute format('create temporary table sketch_mean (number integer, mean %s) on commit drop', vector_type);
  insert into sketch_mean select number, embedding from sketch_sample where number <= clusters;
  perform improve_centroids('sketch_mean', 'sketch_sample', 2);
  -- 2. A twentieth of the vectors lie far from every centroid, in groups too small for a sample. Left among others they would be missed: a search looks for them where the centroid is. They have clusters of
  -- their own, an eighth as many again.
  create temporary table sketch_assigned (product_id uuid, image_id uuid, number integer, similarity float8) on commit drop;
  perform assign_vectors(source, image_id);
  execute format(
    'create temporary table sketch_far on commit drop as
     select row_number() over (order by md5(coalesce(a.image_id, a.product_id)::text))::integer as place, e.embedding
     from sketch_assigned as a inner join %s on e.product_id = a.product_id%s
     where a.similarity < (select percentile_cont(0.05) within group (order by similarity) from sketch_assigned)',
    source, case when has_images then ' and e.image_id = a.image_id' else '' end);
  execute format('create temporary table sketch_far_mean (number integer, mean %s) on commit drop', vector_type);
  insert into sketch_far_mean select clusters + place, embedding from sketch_far where place <= greatest(1, clusters / 8);
  perform improve_centroids('sketch_far_mean', 'sketch_far', 2);
  -- 3. All centroids once more between all vectors, and the nearest of each.
  drop index sketch_mean_hnsw;
  insert into sketch_mean select number, mean from sketch_far_mean;
  insert into sketch_sample (embedding) select embedding from sketch_far;
  perform improve_centroids('sketch_mean', 'sketch_sample', 1);
  truncate sketch_assigned;
  perform assign_vectors(source, image_id);
  insert into sketch_cluster select a.product_id, a.image_id, direction * (first_number + a.number - 1) from sketch_assigned as a;
  insert into sketch_centroid
  select direction * (first_number + m.number - 1), m.mean::vector, coalesce(a.cohesion, 1)
  from sketch_mean as m left join (select number, avg(similarity) as cohesion from sketch_assigned group by number) as a on a.number = m.number;
  drop table sketch_sample, sketch_mean, sketch_assigned, sketch_far, sketch_far_mean;
end
$$;
comment on function cluster_vectors is 'Groups vectors that are alike: centroids are the nearest vectors of random ones, then twice the mean of those nearest to them (k-means, which two rounds on a sample bring near enough), and the same again for those that are far from all. Gives the mean of all, and .45 standard deviations of each number. Adds to the temporary tables sketch_centroid and sketch_cluster. source: what stands in a from clause, with e; image_id: an expression on e; direction: 1, or -1 for numbers below 0.';

create or replace function build_sketches(model_id uuid, cluster_size integer, most_clusters integer) returns void
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
  means record;
begin
  -- 1. Means, clusters, and the cluster of each vector. Nothing is locked: what is written meanwhile is looked at below.
  execute format('select count(*) from %I', model.image_table) into pictures;
  execute format('select count(*) from %I where pictureless', model.text_table) into texts;
  picture_clusters := least(most_clusters, greatest(16, pictures / cluster_size));
  text_clusters := case when texts = 0 then 0 else least(most_clusters, greatest(1, texts / cluster_size)) end;
  create temporary table sketch_cluster (product_id uuid, image_id uuid, number integer) on commit drop;
  create temporary table sketch_centroid (number integer, centroid vector, cohesion float8) on commit drop;
  means := cluster_vectors(format('%I as e', model.image_table), 'e.image_id', vector_type, picture_clusters, model.last_cluster + 1, 1);
  update embedding_model as m set picture_centre = means.centre, picture_spread = means.spread, text_centre = null, text_spread = null where m.id = $1;
  if text_clusters > 0 then
    means := cluster_vectors(format('(select product_id, embedding from %I where pictureless) as e', model.text_table), 'null', vector_type, text_clusters, model.last_cluster + 1, -1);
    update embedding_model as m set text_centre = means.centre, text_spread = means.spread where m.id = $1;
  end if;
  create unique index sketch_cluster_key on sketch_cluster (product_id, image_id) nulls not distinct;
  analyze sketch_cluster;
  -- 2. The table. Writers wait from here on, for some seconds with a million pictures; in this order, as they go on from products to vectors.
  lock table product in share mode;
  execute format('lock table %I in share mode', model.image_table);
  execute format('lock table %I in share mode', model.text_table);
  perform drop_sketches(model_id);
  insert into embedding_cluster (model_id, number, centroid, vectors, cohesion) select $1, number, centroid, 0, greatest(-1, least(1, cohesion)) from sketch_centroid;
  update embedding_model as m set last_cluster = coalesce((select max(abs(number)) from sketch_centroid), m.last_cluster) where m.id = $1;
  model := (select m from embedding_model as m where m.id = $1);
  execute format(
    'create table %I (
       cluster integer not null,
       id uuid not null,
       image_id uuid,
       category_id uuid,
       further_category_ids uuid[],
       availability text not null,
       brand text,
       price_lowest numeric,
       bits bit(%s),
       attributes jsonb not null,
       updated_at timestamptz not null,
       price_currency text,
       price_highest numeric,
       variant_count smallint not null,
       on_sale boolean not null,
       looks smallint[]) with (fillfactor = 97)', made, 2 * model.dimensions);
  -- Out of line or compressed, each comparison would copy it first.
  execute format('alter table %I alter column bits set storage plain', made);
  execute format('insert into %I select * from (%s) as sketch order by cluster, category_id, brand', made, sketch_rows(model,
    format('coalesce((select a.number from sketch_cluster as a where a.product_id = e.product_id and a.image_id = e.image_id), %s)', nearest_cluster(model_id, 'PICTURE')),
    format('coalesce((select a.number from sketch_cluster as a where a.product_id = e.product_id and a.image_id is null), %s)', nearest_cluster(model_id, 'TEXT'))));
  execute format('create index %I on %I (id)', made || '_id_idx', made);
  execute format('create index %I on %I (cluster)', made || '_cluster_idx', made);
  execute format('create index %I on %I (category_id)', made || '_category_id_idx', made);
  execute format('create index %I on %I using gin (further_category_ids) where further_category_ids is not null', made || '_further_category_ids_idx', made);
  execute format('create index %I on %I (brand)', made || '_brand_idx', made);
  execute format('create index %I on %I (price_lowest)', made || '_price_lowest_idx', made);
  execute format('create index %I on %I using gin (attributes jsonb_path_ops)', made || '_attributes_idx', made);
  execute format('comment on table %I is %L', made, 'Sketches of pictures, one model; see embedding_model. Of each picture its cluster, a few bytes of its vector, and the columns of product that filters ask for.');
  execute format('comment on column %I.cluster is %L', made, 'See embedding_cluster. Above 0: a picture; below 0: a product without a picture, compared by its text; 0: a product without any vector.');
  execute format('comment on column %I.id is %L', made, 'The product.');
  execute format('comment on column %I.image_id is %L', made, 'The picture; null where the product has none.');
  execute format('comment on column %I.category_id is %L', made, 'As in product.');
  execute format('comment on column %I.further_category_ids is %L', made, 'As in product.');
  execute format('comment on column %I.availability is %L', made, 'As in product, of the variants of the picture''s looks.');
  execute format('comment on column %I.brand is %L', made, 'As in product.');
  execute format('comment on column %I.price_lowest is %L', made, 'As in product, of the variants of the picture''s looks.');
  execute format('comment on column %I.bits is %L', made, 'Of each number of the vector whether it is above a low threshold, then of each whether it is above a high one: sketch_bits(embedding, centre, spread). Distance: bits <~> bits (Hamming). Null without a vector.');
  execute format('comment on column %I.attributes is %L', made, 'As in product, of the variants of the picture''s looks.');
  execute format('comment on column %I.updated_at is %L', made, 'As in product.');
  execute format('comment on column %I.price_currency is %L', made, 'As in product, of the variants of the picture''s looks.');
  execute format('comment on column %I.price_highest is %L', made, 'As in product, of the variants of the picture''s looks.');
  execute format('comment on column %I.variant_count is %L', made, 'How many variants are of the picture''s looks; as in product where it belongs to none in particular.');
  execute format('comment on column %I.on_sale is %L', made, 'As in product, of the variants of the picture''s looks.');
  execute format('comment on column %I.looks is %L', made, 'The looks that the picture shows (product_variant.look); null for none in particular, or where the product has one look.');
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
