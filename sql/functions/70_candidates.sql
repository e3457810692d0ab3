-- The search in SQL, its parts: what src/search does in TypeScript stands here once more, because a person in psql must need no server. 90_analytics_search.sql has the functions for
-- analysts that are made of them; test/integration/analytics/parity.test.ts and test/large/fashion-sql.test.ts compare both with GraphQL's search on random
-- queries. The tables are those of one model, so statements are made when a function runs.

create or replace function words_at_least(words text[], wanted integer) returns text
language sql immutable as $$
  select string_agg(combination, ' | ')
  from (
    select '(' || string_agg('(' || words[place] || ')', ' & ' order by place) || ')' as combination
    from generate_series(0, (1 << cardinality(words)) - 1) as chosen, generate_series(1, cardinality(words)) as place
    where chosen & (1 << (place - 1)) > 0
    group by chosen
    having count(*) = wanted
  ) as combinations
$$;
comment on function words_at_least is 'A text search query for products that have at least so many of the words, each a text search query; as atLeast() in src/search/query/query-words.ts.';

create or replace function names_condition(names text[]) returns text
language sql immutable as $$
  select case when cardinality(names) = 0 then 'false'
    else format('(lower(p.brand) = any(%1$L::text[]) or lower(p.sku) = any(%1$L::text[]))', array(select lower(name) from unnest(names) as name)) end
$$;
comment on function names_condition is 'SQL that holds for `product as p` whose brand or sku is one of the names, in any case; as isNamed() in src/search/query/queries-words.ts.';

create or replace function matching_product_count(conditions text[], among uuid[], most integer) returns integer
language plpgsql stable as $$
declare
  matching integer;
begin
  execute format('select count(*) from (select from product as p where %s limit %s) as counted', array_to_string(array['true'] || conditions, ' and '), most)
  into matching using among;
  return matching;
end
$$;
comment on function matching_product_count is 'How many products hold for the conditions, counted no further than `most`. conditions: SQL on `product as p`, in which $1 is among.';

create or replace function nearest_pictured_ids(
  model embedding_model, query_vector real[], conditions text[], among uuid[], wanted integer, many boolean)
returns setof uuid
language plpgsql stable as $$
declare
  exact_limit constant integer := 20000;
  vector_type constant text := embedding_type(model.image_table);
  condition constant text := array_to_string(conditions, ' and ');
  joined constant text := case when condition = '' then '' else ' inner join product as p on p.id = e.product_id where ' || condition end;
  pictures integer := ceil(wanted * 1.25);
  fetched integer;
  found uuid[];
begin
  if hnsw_index_stands(model.image_table) and (many or matching_product_count(conditions, among, exact_limit + 1) > exact_limit) then
    loop
      execute format(
        'with nearest as materialized (
           select e.product_id, e.embedding <=> $2::%1$s as distance from %2$I as e%3$s order by distance limit %4$s)
         select (select count(*) from nearest),
           array(select product_id from nearest group by product_id order by min(distance + 0), product_id limit %5$s)',
        vector_type, model.image_table, joined, pictures, wanted)
      into fetched, found using among, query_vector;
      exit when cardinality(found) >= wanted or fetched < pictures;
      pictures := pictures * 4;
    end loop;
    if cardinality(found) = wanted then
      return query select unnest(found);
      return;
    end if;
  end if;
  return query execute format(
    'select e.product_id from %2$I as e%3$s group by e.product_id order by min((e.embedding <=> $2::%1$s) + 0), e.product_id limit %4$s',
    vector_type, model.image_table, joined, wanted)
  using among, query_vector;
end
$$;
comment on function nearest_pictured_ids is 'The products whose pictures are nearest: all compared up to 20,000 that hold for the conditions, by the HNSW index above; as nearestPictured() in src/search/nearest/nearest-products.ts. many: whether more than that are known to hold. conditions: SQL on `product as p`, in which $1 is among.';

create or replace function nearest_pictureless_ids(model embedding_model, query_vector real[], conditions text[], among uuid[], wanted integer)
returns setof uuid
language plpgsql stable as $$
declare
  exact_limit constant integer := 20000;
  vector_type constant text := embedding_type(model.text_table);
  pictureless constant text := format(
    '%I as e inner join product as p on p.id = e.product_id where e.pictureless%s',
    model.text_table, array_to_string(array[''] || conditions, ' and '));
  matching integer;
  found uuid[];
begin
  execute format('select count(*) from (select from %s limit %s) as counted', pictureless, exact_limit + 1) into matching using among;
  if matching > exact_limit then
    execute format(
      'with nearest as materialized (select e.product_id, e.embedding <=> $2::%s as distance from %s order by distance limit %s)
       select array_agg(product_id order by distance + 0, product_id) from nearest',
      vector_type, pictureless, wanted)
    into found using among, query_vector;
    if cardinality(found) = wanted then
      return query select unnest(found);
      return;
    end if;
  end if;
  return query execute format(
    'select e.product_id from %s order by (e.embedding <=> $2::%s) + 0, e.product_id limit %s', pictureless, vector_type, wanted)
  using among, query_vector;
end
$$;
comment on function nearest_pictureless_ids is 'The products without a picture whose texts are nearest; as nearestPictureless() in src/search/nearest/nearest-products.ts. conditions: SQL on `product as p`, in which $1 is among.';

create or replace function nearest_product_ids(
  query search, model embedding_model, conditions text[], among uuid[], wanted integer, many boolean)
returns setof uuid
language sql stable as $$
  select nearest_pictured_ids(model, query.picture_vector, conditions, among, wanted, many)
  union all
  select nearest_pictureless_ids(model, query.text_vector, conditions, among, wanted)
$$;
comment on function nearest_product_ids is 'The products that are nearest by a picture, and those by their text that have none; as nearestProducts() in src/search/nearest/nearest-products.ts. conditions: SQL on `product as p`, in which $1 is among.';

create or replace function candidate_product_ids(
  query search, model embedding_model, conditions text[], among uuid[], unavailable_last boolean, minimum_relevance double precision, wanted integer)
returns uuid[]
language plpgsql stable as $$
declare
  exact_limit constant integer := 20000;
  word_count constant integer := cardinality(query.words);
  by_words boolean;
  place text[];
  condition text;
  more uuid[];
  worded uuid[];
  found uuid[] := '{}';
begin
  -- Products that are out of stock matter only where the others do not fill the window, or may not be relevant enough to.
  for available in 0 .. unavailable_last::integer loop
    place := conditions || case when unavailable_last and available = 0 then array['p.availability <> ''OUT_OF_STOCK'''] else '{}' end;
    if model.id is not null then
      found := found || array(select nearest_product_ids(query, model, place, among, wanted, true));
    end if;

    worded := '{}';
    for wanted_words in reverse word_count + 1 .. 1 loop
      by_words := wanted_words <= word_count;
      -- Half of the words or fewer tell little: they count only if nothing else matches.
      exit when by_words and (cardinality(worded) >= 200 or (wanted_words * 2 <= word_count and cardinality(worded) > 0));
      continue when not by_words and cardinality(query.names) = 0;
      condition := case when by_words then format('p.words @@ %L::tsquery', words_at_least(query.words, wanted_words)) else names_condition(query.names) end;
      if model.id is not null then
        more := array(select nearest_product_ids(query, model, place || condition, among, wanted, false));
      else
        execute format('select array(select p.id from product as p where %s limit %s)', array_to_string(place || condition, ' and '), exact_limit)
        into more using among;
      end if;
      worded := array(select distinct id from unnest(worded || more) as id);
    end loop;

    found := array(select distinct id from unnest(found || worded) as id);
    exit when minimum_relevance = 0 and cardinality(found) >= wanted;
  end loop;
  return found;
end
$$;
comment on function candidate_product_ids is 'The products that may come first where too many match to compare all, each once: the nearest, and those that the query names or that have most of its words; as approximateCandidates() in src/search/candidates/approximate-candidates.ts.';
