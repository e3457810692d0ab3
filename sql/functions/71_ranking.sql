-- The search in SQL: scores and order. See 70_candidates.sql.

create or replace function scored_products(
  query search, model embedding_model, conditions text[], among uuid[], unavailable_last boolean, minimum_relevance double precision,
  duplicate_distance double precision, maximum integer)
returns table (
  product_id uuid, image_id uuid, similarity double precision, vector_score double precision, word_score double precision, is_named boolean,
  relevance double precision)
language plpgsql stable as $$
declare
  vector_type constant text := coalesce(embedding_type(model.image_table), 'vector');
  matched constant text := (select coalesce(string_agg(format('(p.words @@ %L::tsquery)::integer', word), ' + '), '0') from unnest(query.words) as word);
  -- Without vectors, products with equally many words are told apart by where and how often they have them.
  words_alone constant boolean := model.id is null and cardinality(query.words) > 0;
  every constant text := words_at_least(query.words, cardinality(query.words));
  titles constant boolean := (query.scoring ->> 'titledRelevance')::float8 > 0 and cardinality(query.words) >= (query.scoring ->> 'wordCount')::integer;
begin
  return query execute
    'with matching as materialized (
       select p.id, p.availability = ''OUT_OF_STOCK'' as unavailable, ' || matched || ' as matched, '
         || names_condition(query.names) || ' is true as named, '
         || case when titles then format('case when p.words @@ %1$L::tsquery then ts_filter(p.words, ''{a,b}'') @@ %1$L::tsquery else false end', every) else 'false' end
         || ' as titled'
         || case when words_alone then format(', %s + ts_rank(p.words, %L::tsquery)::float8 as tie', matched, words_at_least(query.words, 1)) else '' end || '
       from product as p
       where ' || array_to_string(array['true'] || conditions, ' and ') || '
     ),
     compared as ('
       || case when model.id is null then 'select m.*, null::uuid as image_id, null::float8 as distance from matching as m'
          else format(
            'select distinct on (m.id) m.*, e.image_id, (e.embedding <=> $2::%s) + 0 as distance
             from matching as m left join %I as e on e.product_id = m.id
             order by m.id, distance, e.image_id', vector_type, model.image_table) end || '
     ),
     scored as (
       select c.*, coalesce(1 - c.distance, c.text_similarity) as similarity,
         case when c.distance is not null then (1 - c.distance - $4) / $5 else (c.text_similarity - $6) / $7 end as vector_score,
         $8 * c.matched / $9 as word_score
       from (select c.*, '
         || case when model.id is null then 'null::float8'
            else format(
              'case when c.distance is null then (select 1 - (e.embedding <=> $3::%s) from %I as e where e.product_id = c.id) end',
              vector_type, model.text_table) end || ' as text_similarity from compared as c) as c
     ),
     result as (
       select s.*,
         case when s.named then 1 else greatest(
           case when s.titled then $16 else 0 end,
           1 / (1 + exp(greatest(-500, least(500, ($10 - coalesce(s.vector_score, 0) - s.word_score) / $11))))) end as relevance'
         || case when words_alone then '' else ', coalesce(s.vector_score, 0) + s.word_score as tie' end || '
       from scored as s
     )
     select r.id, r.image_id, r.similarity, r.vector_score, r.word_score, r.named, r.relevance
     from result as r
     where ($12 = 0 or r.relevance >= $12) and ($13 is null or r.distance is null or r.distance > $13)
     order by case when $14 then r.unavailable end, -r.relevance, -r.tie, r.id
     limit $15'
  using among, query.picture_vector, query.text_vector,
    query.picture_mean, query.picture_standard_deviation, query.text_mean, query.text_standard_deviation,
    (query.scoring ->> 'wordWeight')::float8, (query.scoring ->> 'wordCount')::float8,
    (query.scoring ->> 'midpoint')::float8, (query.scoring ->> 'width')::float8,
    minimum_relevance, duplicate_distance, unavailable_last, maximum, (query.scoring ->> 'titledRelevance')::float8;
end
$$;
comment on function scored_products is 'The products that hold for the conditions, scored and in order, all of them compared; as rankedProducts() in src/search/ranking/queries-ranking.ts. conditions: SQL on `product as p`, in which $1 is among.';

create or replace function ranked_products(
  query search, among uuid[], excluded uuid, unavailable text, minimum_relevance double precision, duplicate_distance double precision, maximum integer)
returns table (
  rank integer, product_id uuid, sku text, title text, relevance double precision, similarity double precision, image_id uuid,
  vector_score double precision, word_score double precision, is_named boolean, is_available boolean)
language plpgsql stable as $$
#variable_conflict use_column
declare
  exact_limit constant integer := 20000;
  -- As many as the application ranks at first: candidates are gathered for them.
  wanted constant integer := greatest(maximum, 200);
  model embedding_model;
  conditions text[] := '{}';
  candidates uuid[];
begin
  if maximum is null or maximum not between 1 and 1000 then
    raise invalid_parameter_value using message = format('maximum: expected 1 to 1000, found %s', coalesce(maximum::text, 'null'));
  end if;
  if unavailable is null or unavailable not in ('SHOW', 'LAST', 'HIDE') then
    raise invalid_parameter_value using message = format('unavailable: expected SHOW, LAST or HIDE, found %s', coalesce(unavailable, 'null'));
  end if;
  if minimum_relevance is null or not minimum_relevance between 0 and 1 then
    raise invalid_parameter_value using message = format('minimum_relevance: expected 0 to 1, found %s', coalesce(minimum_relevance::text, 'null'));
  end if;

  select * into model from embedding_model where id = query.model_id;
  if among is not null then conditions := conditions || 'p.id = any($1)'::text; end if;
  if excluded is not null then conditions := conditions || format('p.id <> %L::uuid', excluded); end if;
  if unavailable = 'HIDE' then conditions := conditions || 'p.availability <> ''OUT_OF_STOCK'''::text; end if;
  if query.model_id is null then conditions := conditions || format('p.words @@ %L::tsquery', coalesce(words_at_least(query.words, 1), '')); end if;

  if matching_product_count(conditions, among, exact_limit + 1) > exact_limit then
    candidates := candidate_product_ids(query, model, conditions, among, unavailable = 'LAST', minimum_relevance, wanted);
    -- Where candidates are short of a page, all are compared. Where relevance cuts them short there is nothing behind them.
    if minimum_relevance > 0 or maximum < (
      select count(*) from scored_products(
        query, model, conditions || 'p.id = any($1)'::text, candidates, false, 0, duplicate_distance, wanted))
    then
      among := candidates;
      conditions := conditions || 'p.id = any($1)'::text;
    end if;
  end if;

  return query
    select ranked.place::integer, p.id, p.sku, p.title, ranked.relevance, ranked.similarity, ranked.image_id,
      ranked.vector_score, ranked.word_score, ranked.is_named, p.availability <> 'OUT_OF_STOCK'
    from scored_products(query, model, conditions, among, unavailable = 'LAST', minimum_relevance, duplicate_distance, maximum)
      with ordinality as ranked (product_id, image_id, similarity, vector_score, word_score, is_named, relevance, place)
    inner join product as p on p.id = ranked.product_id
    order by ranked.place;
end
$$;
comment on function ranked_products is 'The products that a query finds, best first, by the plan that GraphQL would choose; as rankProducts() in src/search/ranking/rank-products.ts.';

create or replace function query_like_product(of_product uuid, model embedding_model) returns search
language plpgsql stable as $$
declare
  made search;
  kind text := 'IMAGE';
  pictures embedding_statistic;
  texts embedding_statistic;
  length double precision;
  best double precision;
begin
  execute format('select l2_normalize(avg(e.embedding::vector))::real[] from %I as e where e.product_id = $1', model.image_table)
  into made.picture_vector using of_product;
  if made.picture_vector is null then
    kind := 'TEXT';
    execute format('select l2_normalize(e.embedding::vector)::real[] from %I as e where e.product_id = $1', model.text_table)
    into made.picture_vector using of_product;
  end if;
  if made.picture_vector is null then
    raise no_data_found using message = format(
      'sku: expected a product with a picture or text that is searchable already, found %s', (select quote_literal(sku) from product where id = of_product));
  end if;
  made.text_vector := made.picture_vector;
  made.model_id := model.id;
  made.words := '{}';
  made.names := '{}';

  -- A vector of single precision is not quite of length 1, which composeQuery() in src/search/query/compose-query.ts makes up for.
  length := (select sqrt(sum(component::float8 ^ 2)) from unnest(made.picture_vector) as component);
  -- As text first: a `real` becomes the same double as it does in JavaScript.
  select * into pictures from embedding_statistic where model_id = model.id and pair = kind || '_IMAGE';
  select * into texts from embedding_statistic where model_id = model.id and pair = 'TEXT_' || kind;
  made.picture_mean := coalesce(pictures.mean::text::float8, 0) / length;
  made.picture_standard_deviation := coalesce(pictures.standard_deviation::text::float8, 1);
  made.text_mean := coalesce(texts.mean::text::float8, 0) / length;
  made.text_standard_deviation := coalesce(texts.standard_deviation::text::float8, 1);
  -- As vectorScoring() in src/search/query/scoring.ts.
  best := coalesce((pictures.nearest_mean::text::float8 - pictures.mean::text::float8) / made.picture_standard_deviation, 3.5);
  made.scoring := jsonb_build_object(
    'wordWeight', 0, 'wordCount', 1, 'titledRelevance', 0,
    'midpoint', 0.81 * best, 'width', 0.04 * best);
  return made;
end
$$;
comment on function query_like_product is 'The query that finds products like one: the mean direction of its pictures, its text where it has none, calibrated; as the application makes it of a term that is a product.';
