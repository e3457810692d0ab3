-- Products without a picture that can be searched are compared by their text. Where too many products match to compare all, an index must bring those, too:
-- an HNSW index over the texts of products that have no vector of a picture, and over no others, which are found by their pictures. It takes the place of the one over all
-- texts, which no search used: half of what the indexes took. docs/decisions/0009-pictureless.md has the numbers.
-- Time: one pass over the vectors of each model; the new HNSW indexes are made at the end of the next embedding run (at the start of the server).
-- Undo: drop the column, the triggers and the functions; take those of 0002 and 0010.

create function text_is_pictureless() returns trigger
language plpgsql as $$
begin
  execute format('select not exists (select from %I where product_id = $1)', tg_argv[0]) into new.pictureless using new.product_id;
  return new;
end
$$;
comment on function text_is_pictureless is 'Trigger before a text''s vector is inserted. Argument: the model''s table of pictures.';

create function pictures_changed() returns trigger
language plpgsql as $$
begin
  -- Locked first, and looked at in a statement of its own: of two that delete a picture of one product each, the later one sees what the earlier left.
  if tg_op = 'DELETE' then
    execute format('select from %I where product_id in (select product_id from changed) order by product_id for no key update', tg_argv[1]);
  end if;
  -- Only rows that change are written: the text of a product with another picture stays as it is.
  execute format(
    'update %2$I as t set pictureless = not t.pictureless
     where t.product_id in (select product_id from changed)
       and t.pictureless = exists (select from %1$I as e where e.product_id = t.product_id)',
    tg_argv[0], tg_argv[1]);
  return null;
end
$$;
comment on function pictures_changed is 'Trigger after vectors of pictures were inserted or deleted. Arguments: the model''s tables of pictures and texts.';

create function mark_pictureless_texts(image_table text, text_table text) returns void
language plpgsql as $$
begin
  execute format('alter table %I add column pictureless boolean not null default false', text_table);
  execute format('comment on column %I.pictureless is %L', text_table, 'Whether the product has no vector of a picture, so that its text is what is compared. Kept by triggers.');
  execute format('update %2$I as t set pictureless = true where not exists (select from %1$I as e where e.product_id = t.product_id)', image_table, text_table);
  execute format('create index %I on %I (product_id) where pictureless', text_table || '_pictureless_idx', text_table);
  execute format('drop index if exists %I', text_table || '_hnsw');
  execute format(
    'create trigger %I before insert on %I for each row execute function text_is_pictureless(%L)',
    text_table || '_is_pictureless', text_table, image_table);
  execute format(
    'create trigger %I after insert on %I referencing new table as changed for each statement execute function pictures_changed(%L, %L)',
    image_table || '_inserted', image_table, image_table, text_table);
  execute format(
    'create trigger %I after delete on %I referencing old table as changed for each statement execute function pictures_changed(%L, %L)',
    image_table || '_deleted', image_table, image_table, text_table);
end
$$;
comment on function mark_pictureless_texts is 'Adds to a model''s tables what says which products are compared by their text.';

select mark_pictureless_texts(image_table, text_table) from embedding_model;

alter function create_embedding_tables(text, text, integer) rename to create_vector_tables;
comment on function create_vector_tables is 'The first part of create_embedding_tables().';

create function create_embedding_tables(image_table text, text_table text, dimensions integer) returns void
language plpgsql as $$
begin
  perform create_vector_tables(image_table, text_table, dimensions);
  perform mark_pictureless_texts(image_table, text_table);
end
$$;
comment on function create_embedding_tables is 'Makes the two tables of a model''s vectors. Their HNSW indexes are made after loading.';

-- Scores are divided by how much nearer the nearest are than arbitrary ones: in a shop whose pictures are all alike that is nothing.
update embedding_statistic set nearest_mean = null, nearest_standard_deviation = null where nearest_mean < mean + standard_deviation;
alter table embedding_statistic
  add constraint embedding_statistic_nearest_mean_check check (nearest_mean >= mean + standard_deviation);
comment on column embedding_statistic.nearest_mean is 'Mean similarity of a text to its nearest picture (TEXT_IMAGE), of a picture to the nearest other one (IMAGE_IMAGE); null for other pairs, until measured, and where the nearest are hardly nearer than arbitrary ones.';

drop function candidate_product_ids(search, embedding_model, text[], uuid[], boolean, double precision, integer);
drop function nearest_product_ids(embedding_model, real[], text[], uuid[], integer);
create function nearest_pictured_ids(
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

create function nearest_pictureless_ids(model embedding_model, query_vector real[], conditions text[], among uuid[], wanted integer)
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

create function nearest_product_ids(
  query search, model embedding_model, conditions text[], among uuid[], wanted integer, many boolean)
returns setof uuid
language sql stable as $$
  select nearest_pictured_ids(model, query.picture_vector, conditions, among, wanted, many)
  union all
  select nearest_pictureless_ids(model, query.text_vector, conditions, among, wanted)
$$;
comment on function nearest_product_ids is 'The products that are nearest by a picture, and those by their text that have none; as nearestProducts() in src/search/nearest/nearest-products.ts. conditions: SQL on `product as p`, in which $1 is among.';

create function candidate_product_ids(
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
