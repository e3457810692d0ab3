-- A product may be in several categories. The main one stays in category_id; the others are beside it, null for most products: whether a product is in a category is then `category_id = any (...) or
-- further_category_ids && ...`, of which the second half costs nothing where it is null. Feeds' further categories were kept as an attribute, "categories"; the program moves them
-- (src/catalog/place-products.ts). Tables of sketches get the column beside category_id, since a row that another category's filter turns down would otherwise be read to its end.
-- Time: writes the tables of sketches once, some 10 s for 1,000,000 pictures. Undo: none; restore a backup.

alter table product
  add column further_category_ids uuid[]
    constraint product_further_category_ids_check check (further_category_ids is null or (cardinality(further_category_ids) between 1 and 100 and category_id is not null and category_id <> all (further_category_ids)));
comment on column product.category_id is 'The main one of the categories that it is in.';
comment on column product.further_category_ids is 'The other categories that it is in, in the shop''s order; null for none.';
create index product_further_category_ids_idx on product using gin (further_category_ids) where further_category_ids is not null;
-- What waits to be moved; nothing, once it is.
create index product_unplaced_idx on product (id) where attributes ? 'categories';

alter type suggestion_change add attribute further_category_ids uuid[];

do $$
declare
  model record;
  made text;
  described record;
begin
  for model in select sketch_table, dimensions from embedding_model where sketch_table is not null loop
    -- As if it had been made by build_sketches().
    made := model.sketch_table || '_2';
    execute format(
      'create table %I (
         cluster integer,
         id uuid,
         image_id uuid,
         category_id uuid,
         further_category_ids uuid[],
         availability text,
         brand text,
         price_lowest numeric,
         bits bit(%s),
         attributes jsonb,
         updated_at timestamptz,
         price_currency text,
         price_highest numeric,
         variant_count smallint,
         on_sale boolean,
         looks smallint[]) with (fillfactor = 97)', made, 2 * model.dimensions);
    execute format('alter table %I alter column bits set storage plain', made);
    execute format(
      'insert into %I (cluster, id, image_id, category_id, availability, brand, price_lowest, bits, attributes, updated_at, price_currency, price_highest, variant_count, on_sale, looks)
       select cluster, id, image_id, category_id, availability, brand, price_lowest, bits, attributes, updated_at, price_currency, price_highest, variant_count, on_sale, looks
       from %I order by cluster, category_id, brand', made, model.sketch_table);
    for described in
      select a.attname, col_description(a.attrelid, a.attnum) as comment from pg_attribute as a
      where a.attrelid = to_regclass(quote_ident(model.sketch_table)) and a.attnum > 0 and not a.attisdropped
    loop
      execute format('comment on column %I.%I is %L', made, described.attname, described.comment);
    end loop;
    execute format('comment on table %I is %L', made, obj_description(to_regclass(quote_ident(model.sketch_table)), 'pg_class'));
    execute format('comment on column %I.further_category_ids is %L', made, 'As in product.');
    execute format('drop table %I', model.sketch_table);
    -- PostgreSQL 18 names these after the table: while the one before was there, its names were taken.
    execute format('alter table %I %s', made, (
      select string_agg(format('alter column %I set not null', name), ', ')
      from unnest(array['cluster', 'id', 'availability', 'attributes', 'updated_at', 'variant_count', 'on_sale']) as name));
    execute format('alter table %I rename to %I', made, model.sketch_table);
    execute format('create index %I on %I (id)', model.sketch_table || '_id_idx', model.sketch_table);
    execute format('create index %I on %I (cluster)', model.sketch_table || '_cluster_idx', model.sketch_table);
    execute format('create index %I on %I (category_id)', model.sketch_table || '_category_id_idx', model.sketch_table);
    execute format('create index %I on %I using gin (further_category_ids) where further_category_ids is not null', model.sketch_table || '_further_category_ids_idx', model.sketch_table);
    execute format('create index %I on %I (brand)', model.sketch_table || '_brand_idx', model.sketch_table);
    execute format('create index %I on %I (price_lowest)', model.sketch_table || '_price_lowest_idx', model.sketch_table);
    execute format('create index %I on %I using gin (attributes jsonb_path_ops)', model.sketch_table || '_attributes_idx', model.sketch_table);
    execute format('analyze %I', model.sketch_table);
  end loop;
end
$$;
