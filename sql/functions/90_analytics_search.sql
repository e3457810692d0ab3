-- The search as functions of the schema analytics, each with the scan options that the program sets for itself (src/database/session-settings.ts; a test keeps them equal).

-- hnsw.ef_search and its like can be set by others than superusers only once pgvector is loaded.
select '[1]'::vector is not null as pgvector_is_loaded;

create or replace function analytics.search_products(
  search_id uuid, maximum integer default 24, among uuid[] default null, unavailable text default 'LAST', minimum_relevance double precision default 0,
  approximate boolean default false, collapse text default 'PRODUCT')
returns table (
  rank integer, product_id uuid, sku text, title text, relevance double precision, similarity double precision, image_id uuid,
  vector_score double precision, word_score double precision, is_named boolean, is_available boolean)
language plpgsql stable security definer
set search_path = public, pg_temp set hnsw.ef_search = 250 set hnsw.iterative_scan = relaxed_order set hnsw.max_scan_tuples = 20000 set jit = off
as $$
#variable_conflict use_column
declare
  query search;
begin
  select * into query from search where search.id = search_id;
  if not found then
    raise no_data_found using message = format(
      'search_id: expected the id of a row of analytics.search or analytics.stored_query, found %s; rows are deleted after some days',
      coalesce(search_id::text, 'null'));
  end if;
  return query select * from ranked_products(query, among, null, unavailable, minimum_relevance, maximum, approximate, collapse);
end
$$;
comment on function analytics.search_products is 'What a search finds now, best first: every product of the shop, or of among, is compared, by the formula of GraphQL''s searchProducts. The search''s own filter, boosts, pins and the like are not applied: narrow it with among.
search_id: of a row of analytics.search or analytics.stored_query. A row that browsed a filter finds nothing. A row of another model than the active one is compared with that model''s vectors, which products that are newer than the change may lack; it finds nothing where the model is gone.
maximum: products at most, 1 to 1000.
among: only these products, by id: among => array(select id from analytics.product where price_lowest < 50); null for all.
unavailable: products that are OUT_OF_STOCK come LAST, or as they are (SHOW), or not at all (HIDE).
minimum_relevance: leaves out what is less relevant, 0 to 1.
approximate: true compares only the 250 or more nearest pictures by the HNSW index, as many texts of products without a picture, and the products with all words or the name (20,000 of each at most): quick in a shop of a million, but a product that has most of the words and is none of the nearest is missed, and what the index misses, and with a minimum relevance or products out of stock last there may be fewer or worse products than there could be.
collapse: what one result is: a PRODUCT, a LOOK (the variants of a product that have the same picture) or a VARIANT; maximum counts these.
Returns sku (of the product its group id, of a variant its own, of a look that of its first variant), relevance (0: an arbitrary product, 1: a sure match), similarity (cosine of the nearest picture, or of the text where there is none, -1 to 1; null without vectors), image_id (the nearest picture), vector_score (standard deviations above an arbitrary product), word_score (what matching words count for, in the same unit), is_named (the query is its brand or sku) and is_available.';

create or replace function analytics.similar_products(
  sku text, maximum integer default 12, among uuid[] default null, unavailable text default 'LAST', minimum_relevance double precision default 0,
  approximate boolean default false, collapse text default 'PRODUCT')
returns table (
  rank integer, product_id uuid, similar_sku text, title text, relevance double precision, similarity double precision, image_id uuid, is_available boolean)
language plpgsql stable security definer
set search_path = public, pg_temp set hnsw.ef_search = 250 set hnsw.iterative_scan = relaxed_order set hnsw.max_scan_tuples = 20000 set jit = off
as $$
#variable_conflict use_column
declare
  of_product uuid;
  model constant embedding_model := active_embedding_model();
  query search;
begin
  of_product := coalesce(
    (select v.product_id from product_variant as v where v.sku = similar_products.sku), (select p.id from product as p where p.group_id = similar_products.sku));
  if of_product is null then
    raise no_data_found using message = format('sku: expected the sku of a product of this shop, found %s', coalesce(quote_literal(similar_products.sku), 'null'));
  end if;
  query := query_like_product(of_product, model);
  return query
    select r.rank, r.product_id, r.sku, r.title, r.relevance, r.similarity, r.image_id, r.is_available
    from ranked_products(query, among, of_product, unavailable, minimum_relevance, maximum, approximate, collapse) as r;
end
$$;
comment on function analytics.similar_products is 'Products that look like one, best first: every product of the shop, or of among, is compared, by the formula of GraphQL''s Product.similar. The product is compared by all its pictures, by its text where it has none; while it has no vector of either, nothing is found. Itself, with all its variants, and what looks the same are left out.
sku: of any of the product''s variants, or its group id.
maximum: products at most, 1 to 1000.
among: only these products, by id: among => array(select id from analytics.product where is_available); null for all.
unavailable: products that are OUT_OF_STOCK come LAST, or as they are (SHOW), or not at all (HIDE).
minimum_relevance: leaves out what is less relevant, 0 to 1.
approximate: true compares only the 250 or more nearest pictures by the HNSW index, and as many texts of products without a picture: quick in a shop of a million; may miss what the index misses.
collapse: what one result is: a PRODUCT, a LOOK (the variants of a product that have the same picture) or a VARIANT.
Returns similar_sku (of the product its group id, of a variant its own, of a look that of its first variant), relevance (0: an arbitrary product, 1: a sure match), similarity (cosine of the nearest picture, -1 to 1), image_id (that picture) and is_available.';

create or replace function analytics.image_neighbours(image_id uuid, maximum integer default 12)
returns table (rank integer, neighbour_id uuid, product_id uuid, sku text, title text, similarity double precision)
language plpgsql stable security definer
set search_path = public, pg_temp set hnsw.ef_search = 250 set hnsw.iterative_scan = relaxed_order set hnsw.max_scan_tuples = 20000 set jit = off
as $$
#variable_conflict use_column
declare
  exact_limit constant integer := 20000;
  model constant embedding_model := active_embedding_model();
  of_product uuid;
  query_vector real[];
  statement text;
begin
  if maximum is null or maximum not between 1 and 1000 then
    raise invalid_parameter_value using message = format('maximum: expected 1 to 1000, found %s', coalesce(maximum::text, 'null'));
  end if;
  select i.product_id into of_product from product_image as i where i.id = image_neighbours.image_id;
  if not found then
    raise no_data_found using message = format('image_id: expected the id of a picture of the catalogue, found %s', coalesce(image_neighbours.image_id::text, 'null'));
  end if;
  execute format('select e.embedding::real[] from %I as e where e.product_id = $1 and e.image_id = $2', model.image_table)
  into query_vector using of_product, image_neighbours.image_id;
  if query_vector is null then return; end if;

  statement := format(
    'with nearest as materialized (
       select e.product_id, e.image_id, (e.embedding <=> $2::%s)%%s as distance from %I as e where e.product_id <> $1 order by distance%%s limit $3)
     select (row_number() over (order by n.distance + 0, n.image_id))::integer, n.image_id, p.id, p.group_id, p.title, 1 - n.distance
     from nearest as n inner join product as p on p.id = n.product_id
     order by 1', embedding_type(model.image_table), model.image_table);
  if hnsw_index_stands(model.image_table) and exact_limit < (select count(*) from (select from product_image where state = 'READY' limit exact_limit + 1) as counted)
  then
    return query execute format(statement, '', '') using of_product, query_vector, maximum;
    return;
  end if;
  return query execute format(statement, ' + 0', ', e.image_id') using of_product, query_vector, maximum;
end
$$;
comment on function analytics.image_neighbours is 'The pictures of other products that look most like a picture, nearest first, near-duplicates included: for finding the same photo under several products. Up to 20,000 pictures all are compared, above that the HNSW index is asked. Nothing is found while the picture has no vector.
image_id: of the picture, as in analytics.product_image.
maximum: pictures at most, 1 to 1000.
Returns neighbour_id (the picture found), its product, and similarity (cosine, -1 to 1; 1 is the same picture).';

select grant_analytics();
