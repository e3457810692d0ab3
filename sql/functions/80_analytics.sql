-- What a data team reads: stable views. Columns are added at the end of these views and never renamed or removed; test/integration/analytics/views.test.ts has the list.
-- A script that adds to the schema analytics ends with `select grant_analytics();`.

create or replace function grant_analytics() returns boolean
language plpgsql as $$
begin
  revoke all on all functions in schema analytics from public;
  if not exists (select from pg_roles where rolname = 'lookgraph_reader') then return false; end if;
  grant usage on schema analytics to lookgraph_reader;
  grant select on all tables in schema analytics to lookgraph_reader;
  grant execute on all functions in schema analytics to lookgraph_reader;
  return true;
end
$$;
comment on function grant_analytics is 'Lets the role lookgraph_reader, where there is one, use everything in the schema analytics. Run it after making the role by hand. Returns whether the role is there.';
revoke execute on function grant_analytics from public;

create or replace view analytics.product as
select p.id, p.group_id, p.title, p.description, p.brand, p.category_id,
  array_to_string(c.path, ' > ') as category_path,
  c.path[1] as category_level_1, c.path[2] as category_level_2, c.path[3] as category_level_3, c.path[4] as category_level_4,
  p.variant_count, p.look_count, p.options, p.price_lowest, p.price_highest, p.price_currency, p.on_sale,
  p.availability, p.availability <> 'OUT_OF_STOCK' as is_available, p.attributes, p.common_attributes, p.link,
  -- Subqueries and no join: nothing is counted for those who do not ask.
  (select count(*)::integer from product_image as i where i.product_id = p.id) as image_count,
  (select count(*)::integer from product_image as i where i.product_id = p.id and i.state = 'READY') as searchable_image_count,
  p.created_at, p.updated_at,
  array(
    select array_to_string(named.path, ' > ') from unnest(array_prepend(p.category_id, p.further_category_ids)) with ordinality as listed (id, place)
    inner join category as named on named.id = listed.id order by listed.place) as category_paths
from product as p
left join category as c on c.id = p.category_id;
comment on view analytics.product is 'One row for each product: a style, of which one or more variants can be bought.';
comment on column analytics.product.id is 'Made of the group id: the same group id has the same id in every database.';
comment on column analytics.product.group_id is 'The shop''s own identifier, unique: a feed''s item_group_id, or the sku where a row has none.';
comment on column analytics.product.title is 'What the shop calls it.';
comment on column analytics.product.description is 'What the shop says of it; null for nothing.';
comment on column analytics.product.brand is 'Maker or label, as the shop writes it; null for none.';
comment on column analytics.product.category_id is 'The main one of the categories that it is in; null for none. analytics.product_category has all.';
comment on column analytics.product.category_path is 'That category''s names from the top down: Apparel > Topwear > Shirts.';
comment on column analytics.product.category_level_1 is 'The first name of the path; null without a category.';
comment on column analytics.product.category_level_2 is 'The second; null where the path is shorter.';
comment on column analytics.product.category_level_3 is 'The third; null where the path is shorter.';
comment on column analytics.product.category_level_4 is 'The fourth; null where the path is shorter. Deeper names are in category_path alone.';
comment on column analytics.product.variant_count is 'How many variants it has, 1 to 200.';
comment on column analytics.product.look_count is 'How many looks these have: variants of one look have the same pictures.';
comment on column analytics.product.options is 'What a shopper chooses between, names of attributes in order: {color,size}.';
comment on column analytics.product.price_lowest is 'Exact price of its cheapest variant, in price_currency; null where the shop tells none.';
comment on column analytics.product.price_highest is 'Exact price of its dearest variant.';
comment on column analytics.product.price_currency is 'ISO 4217 code of all its prices; null for none, and for several. Nothing is converted: do not add up different ones.';
comment on column analytics.product.on_sale is 'Whether any variant costs less than before.';
comment on column analytics.product.availability is 'That of its most available variant: IN_STOCK, then BACKORDER, PREORDER and OUT_OF_STOCK.';
comment on column analytics.product.is_available is 'Everything but OUT_OF_STOCK: what searches do not put last.';
comment on column analytics.product.attributes is 'Everything else the shop says of it and its variants, by name; always lists: {"color": ["Red", "Blue"]}. analytics.product_attribute has them as rows.';
comment on column analytics.product.common_attributes is 'Those of which all variants have the same values.';
comment on column analytics.product.link is 'Its page in the shop; null for none.';
comment on column analytics.product.image_count is 'Pictures that the shop lists.';
comment on column analytics.product.searchable_image_count is 'Those of them that searches find with the active model. 0: found by its text and words alone.';
comment on column analytics.product.created_at is 'When it was first seen here.';
comment on column analytics.product.updated_at is 'When what the shop says of it last changed; price and stock included, vectors not.';
comment on column analytics.product.category_paths is 'The paths of all categories that it is in, the main one first; empty for none.';

create or replace view analytics.product_category as
select p.id as product_id, p.group_id, listed.id as category_id, array_to_string(c.path, ' > ') as category_path, listed.place::integer as place, listed.place = 1 as is_main
from product as p
cross join lateral unnest(array_prepend(p.category_id, p.further_category_ids)) with ordinality as listed (id, place)
inner join category as c on c.id = listed.id;
comment on view analytics.product_category is 'One row for each category that a product is in. Those above it have no rows: their names begin category_path.';
comment on column analytics.product_category.product_id is 'The product.';
comment on column analytics.product_category.group_id is 'Its group id.';
comment on column analytics.product_category.category_id is 'The category, as in analytics.category.';
comment on column analytics.product_category.category_path is 'Its names from the top down: Apparel > Topwear > Shirts.';
comment on column analytics.product_category.place is 'Place in the shop''s order; 1 is the main one.';
comment on column analytics.product_category.is_main is 'Whether it is the first, as in analytics.product.';

create or replace view analytics.product_variant as
select v.id, v.product_id, p.group_id, v.sku, v.position::integer as position, coalesce(v.title, p.title) as title,
  (select coalesce(jsonb_object_agg(name, v.attributes -> name -> 0), '{}') from unnest(p.options) as name where v.attributes ? name) as options,
  v.attributes, v.price_amount, v.price_currency, v.compare_at_amount, coalesce(v.compare_at_amount > v.price_amount, false) as on_sale,
  case when v.compare_at_amount > v.price_amount then 1 - v.price_amount / v.compare_at_amount end::double precision as discount,
  v.availability, v.availability <> 'OUT_OF_STOCK' as is_available, v.quantity, v.gtin, v.mpn, coalesce(v.link, p.link) as link, v.look::integer as look,
  v.created_at, v.updated_at
from product_variant as v
inner join product as p on p.id = v.product_id;
comment on view analytics.product_variant is 'One row for each variant: what is bought.';
comment on column analytics.product_variant.id is 'Made of the sku: the same sku has the same id in every database.';
comment on column analytics.product_variant.product_id is 'What it is a variant of.';
comment on column analytics.product_variant.group_id is 'That product''s group id.';
comment on column analytics.product_variant.sku is 'The shop''s own identifier, unique: the key to join other systems with.';
comment on column analytics.product_variant.position is 'Place in the shop''s order, from 0.';
comment on column analytics.product_variant.title is 'What the shop calls it; that of its product where it says nothing else.';
comment on column analytics.product_variant.options is 'Its value of each option of its product: {"color": "Red", "size": "S"}.';
comment on column analytics.product_variant.attributes is 'Everything else the shop says of it, its product''s included, by name; always lists. analytics.variant_attribute has them as rows.';
comment on column analytics.product_variant.price_amount is 'Exact price, in price_currency; null where the shop tells none.';
comment on column analytics.product_variant.price_currency is 'ISO 4217 code. Nothing is converted: do not add up different ones.';
comment on column analytics.product_variant.compare_at_amount is 'What it cost before a sale, exact, in price_currency; null where the shop does not say.';
comment on column analytics.product_variant.on_sale is 'Whether it costs less than that now.';
comment on column analytics.product_variant.discount is 'By which share it costs less, 0 to 1; null unless it is on sale.';
comment on column analytics.product_variant.availability is 'IN_STOCK, OUT_OF_STOCK, PREORDER or BACKORDER.';
comment on column analytics.product_variant.is_available is 'Everything but OUT_OF_STOCK.';
comment on column analytics.product_variant.quantity is 'How many there are; null where the shop does not say.';
comment on column analytics.product_variant.gtin is 'Product code (GTIN: EAN, UPC, ISBN), as the shop writes it; null for none.';
comment on column analytics.product_variant.mpn is 'The maker''s part number; null for none.';
comment on column analytics.product_variant.link is 'Its page in the shop; null for none.';
comment on column analytics.product_variant.look is 'Variants of a product with the same number look the same.';
comment on column analytics.product_variant.created_at is 'When it was first seen here.';
comment on column analytics.product_variant.updated_at is 'When what the shop says of it last changed; price and stock included.';

create or replace view analytics.variant_attribute as
select v.id as variant_id, v.product_id, v.sku, attribute.name, value.value, value.position::integer as position,
  case when value.value ~ '^-?[0-9]{1,30}(\.[0-9]{1,30})?$' then value.value::numeric end as number
from product_variant as v
cross join lateral jsonb_each(v.attributes) as attribute (name, list)
cross join lateral jsonb_array_elements_text(case jsonb_typeof(attribute.list) when 'array' then attribute.list else '[]' end) with ordinality as value (value, position);
comment on view analytics.variant_attribute is 'One row for each value of each attribute of each variant, those of its product included.';
comment on column analytics.variant_attribute.variant_id is 'The variant.';
comment on column analytics.variant_attribute.product_id is 'Its product.';
comment on column analytics.variant_attribute.sku is 'Its sku.';
comment on column analytics.variant_attribute.name is 'Of the attribute, as the shop writes it: color.';
comment on column analytics.variant_attribute.value is 'As the shop writes it: Red.';
comment on column analytics.variant_attribute.position is 'Its place among the values of this attribute, from 1.';
comment on column analytics.variant_attribute.number is 'The value as a number, where it is one in digits; null otherwise.';

create or replace view analytics.product_attribute as
select p.id as product_id, p.group_id, attribute.name, value.value, value.position::integer as position
from product as p
cross join lateral jsonb_each(p.attributes) as attribute (name, list)
cross join lateral jsonb_array_elements_text(attribute.list) with ordinality as value (value, position);
comment on view analytics.product_attribute is 'One row for each value of each attribute of each product, those of its variants included.';
comment on column analytics.product_attribute.product_id is 'The product.';
comment on column analytics.product_attribute.group_id is 'Its group id.';
comment on column analytics.product_attribute.name is 'Of the attribute, as the shop writes it: color.';
comment on column analytics.product_attribute.value is 'As the shop writes it: Red.';
comment on column analytics.product_attribute.position is 'Its place among the values of this attribute, from 1.';

create or replace view analytics.currency as
select priced.currency, count(*)::integer as products
from (
  select p.price_currency as currency from product as p where p.price_currency is not null
  union all
  -- Products with prices in several.
  select distinct_currency.currency
  from product as p
  cross join lateral (select distinct v.price_currency as currency from product_variant as v where v.product_id = p.id and v.price_currency is not null) as distinct_currency
  where p.price_currency is null and p.price_lowest is not null
) as priced
group by priced.currency;
comment on view analytics.currency is 'The currencies of prices: one row each. Amounts of different ones are never compared: searches have one, that of most products where they do not say (LOOKGRAPH_CURRENCY).';
comment on column analytics.currency.currency is 'ISO 4217 code.';
comment on column analytics.currency.products is 'Products with a price in it.';

create or replace view analytics.attribute as
with has as (
  select attribute.name, count(*) as products
  from product as p cross join lateral jsonb_object_keys(p.attributes) as attribute (name)
  group by attribute.name
), occurring as (
  select attribute.name, item.value, count(*) as products
  from product as p
  cross join lateral jsonb_each(p.attributes) as attribute (name, list)
  cross join lateral jsonb_array_elements_text(case jsonb_typeof(attribute.list) when 'array' then attribute.list else '[]' end) as item (value)
  group by attribute.name, item.value
), described as (
  -- One value in twenty may be a slip: "n/a" among numbers.
  select o.name, count(*)::integer as value_count,
    coalesce(sum(o.products) filter (where o.value ~ '^-?[0-9]+(\.[0-9]+)?$'), 0) * 20 >= sum(o.products) * 19 as has_numbers
  from occurring as o
  group by o.name
)
select d.name, case when d.has_numbers then 'NUMBER' else 'TEXT' end as kind, has.products::integer as products,
  has.products::double precision / (select count(*) from product) as coverage, d.value_count
from described as d
inner join has on has.name = d.name;
comment on view analytics.attribute is 'The attributes of products: one row for each name. Counts every value of the catalogue: half a second or more in a large shop.';
comment on column analytics.attribute.name is 'As the shop writes it: color.';
comment on column analytics.attribute.kind is 'NUMBER where at least 19 of 20 values are numbers written out in digits (12, -0.5), so that filters and sorts by numbers are of use; else TEXT.';
comment on column analytics.attribute.products is 'Products that have it.';
comment on column analytics.attribute.coverage is 'products / all products, 0 to 1.';
comment on column analytics.attribute.value_count is 'Different values.';

create or replace view analytics.product_image as
select i.id, i.product_id, p.group_id, i.position, i.position = 0 as is_main, i.state, i.state = 'READY' as is_searchable, i.failure,
  i.width, i.height, i.source, i.content_hash, i.created_at, i.note, i.looks::integer[] as looks
from product_image as i
inner join product as p on p.id = i.product_id;
comment on view analytics.product_image is 'One row for each picture that the shop lists for a product.';
comment on column analytics.product_image.id is 'Made of product and source.';
comment on column analytics.product_image.product_id is 'The product it shows.';
comment on column analytics.product_image.group_id is 'That product''s group id.';
comment on column analytics.product_image.position is 'Place in the shop''s order; 0 is the main picture.';
comment on column analytics.product_image.is_main is 'Whether it is the first.';
comment on column analytics.product_image.state is 'PENDING (waits to be fetched or embedded), READY (searchable with the active model), FAILED (could not be fetched or read) or IGNORED (shown, but no look of its product: blank, or a placeholder).';
comment on column analytics.product_image.is_searchable is 'Whether it is READY.';
comment on column analytics.product_image.failure is 'Why it FAILED or is IGNORED; null otherwise.';
comment on column analytics.product_image.width is 'In pixels, upright; null until fetched.';
comment on column analytics.product_image.height is 'In pixels, upright; null until fetched.';
comment on column analytics.product_image.source is 'Where it came from: a web address, a file of the feed (file:...), or an uploaded picture (content:<sha256>).';
comment on column analytics.product_image.content_hash is 'SHA-256 of its bytes: equal for the same file, whatever it is called; null until fetched. GET /images/<content_hash> serves it.';
comment on column analytics.product_image.created_at is 'When the shop first listed it.';
comment on column analytics.product_image.note is 'What is not as it should be of a picture that was taken all the same; null for nothing.';
comment on column analytics.product_image.looks is 'Which looks of its product it shows (analytics.product_variant.look); null for none in particular, or where the product has one look.';

create or replace view analytics.variant_image as
select v.id as variant_id, v.product_id, v.sku, i.id as image_id, i.position
from product_variant as v
inner join product_image as i on i.product_id = v.product_id and (i.looks is null or v.look = any(i.looks));
comment on view analytics.variant_image is 'One row for each picture that shows a variant: those of its look, and those that belong to none in particular.';
comment on column analytics.variant_image.variant_id is 'The variant.';
comment on column analytics.variant_image.product_id is 'Its product.';
comment on column analytics.variant_image.sku is 'Its sku.';
comment on column analytics.variant_image.image_id is 'The picture, as in analytics.product_image.';
comment on column analytics.variant_image.position is 'Place among the product''s pictures, from 0.';

create or replace view analytics.category as
select c.id, c.parent_id, c.name, cardinality(c.path) as level, array_to_string(c.path, ' > ') as path,
  -- A product of two categories below one is one product there.
  ((select count(*) from product as p where p.category_id = any(below.ids))
    + (select count(*) from product as p where p.further_category_ids && below.ids and p.category_id <> all(below.ids)))::integer as product_count,
  c.created_at
from category as c
cross join lateral (select array(select lower.id from category as lower where lower.ancestor_ids @> array[c.id]) as ids) as below;
comment on view analytics.category is 'One row for each category of the tree.';
comment on column analytics.category.id is 'Made of the path.';
comment on column analytics.category.parent_id is 'The category above; null at the top.';
comment on column analytics.category.name is 'The last part of the path.';
comment on column analytics.category.level is '1 at the top.';
comment on column analytics.category.path is 'Names from the top down, this one last: Apparel > Topwear > Shirts.';
comment on column analytics.category.product_count is 'Products in it and in all categories below it, each once: the counts of parent and child overlap, and those of two categories that a product is in.';
comment on column analytics.category.created_at is 'When a product of it was first seen.';

create or replace view analytics.embedding_model as
select m.id, m.name, m.version, m.dimensions, m.state, m.state = 'ACTIVE' as is_active, m.created_at, m.activated_at
from embedding_model as m;
comment on view analytics.embedding_model is 'One row for each model that the shop has vectors of.';
comment on column analytics.embedding_model.id is 'Made of the hash of its manifest.';
comment on column analytics.embedding_model.name is 'The folder under models/.';
comment on column analytics.embedding_model.version is 'As in its manifest.';
comment on column analytics.embedding_model.dimensions is 'Numbers in a vector.';
comment on column analytics.embedding_model.state is 'BUILDING (its vectors are being made), ACTIVE (searches use it) or RETIRED (kept to go back to).';
comment on column analytics.embedding_model.is_active is 'Whether searches use it; at most one.';
comment on column analytics.embedding_model.created_at is 'When it was first seen here.';
comment on column analytics.embedding_model.activated_at is 'When searches last began to use it; null for never.';

create or replace function analytics.vector_counts()
returns table (model_id uuid, kind text, vectors bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  model record;
begin
  for model in select id, image_table, text_table from embedding_model order by id loop
    return query execute format('select $1, ''IMAGE''::text, count(*) from %I', model.image_table) using model.id;
    return query execute format('select $1, ''TEXT''::text, count(*) from %I', model.text_table) using model.id;
  end loop;
end
$$;
comment on function analytics.vector_counts() is 'How many vectors each model has of pictures (IMAGE) and of titles with descriptions (TEXT). Counts every row: some 10 ms for 44,072. analytics.embedding_coverage has it in context.';

create or replace view analytics.embedding_coverage as
select m.id as model_id, m.name as model_name, m.state as model_state, counted.kind, there.documents, counted.vectors as embedded, there.failed,
  counted.vectors::double precision / nullif(there.documents, 0) as share
from embedding_model as m
inner join analytics.vector_counts() as counted on counted.model_id = m.id
inner join (
  select 'IMAGE' as kind, count(*) as documents, count(*) filter (where state in ('FAILED', 'IGNORED')) as failed from product_image
  union all
  select 'TEXT', count(*), 0 from product
) as there on there.kind = counted.kind;
comment on view analytics.embedding_coverage is 'How much of the catalogue each model has vectors of; two rows for each model.';
comment on column analytics.embedding_coverage.model_id is 'The model.';
comment on column analytics.embedding_coverage.model_name is 'Its name.';
comment on column analytics.embedding_coverage.model_state is 'BUILDING, ACTIVE or RETIRED.';
comment on column analytics.embedding_coverage.kind is 'IMAGE (the pictures) or TEXT (title and description of each product).';
comment on column analytics.embedding_coverage.documents is 'Pictures or products there are.';
comment on column analytics.embedding_coverage.embedded is 'Those that have a vector of this model.';
comment on column analytics.embedding_coverage.failed is 'Pictures that could not be read or are no look (blank ones, placeholders) and will have no vector until the shop changes them; analytics.product_image says why.';
comment on column analytics.embedding_coverage.share is 'embedded / documents, 0 to 1, failed ones counting as missing; null where there are no documents.';

create or replace view analytics.embedding_statistic as
select s.model_id, m.name as model_name, s.pair, s.mean, s.standard_deviation, s.sample_size,
  s.nearest_mean, s.nearest_standard_deviation, s.nearest_sample_size, s.measured_at
from embedding_statistic as s
inner join embedding_model as m on m.id = s.model_id;
comment on view analytics.embedding_statistic is 'What similarities mean in this catalogue: a similarity is high if it is many standard deviations above the mean of arbitrary pairs. Measured at the end of each import, on a sample.';
comment on column analytics.embedding_statistic.model_id is 'The model.';
comment on column analytics.embedding_statistic.model_name is 'Its name.';
comment on column analytics.embedding_statistic.pair is 'What was compared, of different products: TEXT_IMAGE, IMAGE_IMAGE, TEXT_TEXT, or COMPOSED (text and picture together with pictures, in standard deviations).';
comment on column analytics.embedding_statistic.mean is 'Mean cosine similarity of arbitrary pairs.';
comment on column analytics.embedding_statistic.standard_deviation is 'The standard deviation of that.';
comment on column analytics.embedding_statistic.sample_size is 'Pairs compared.';
comment on column analytics.embedding_statistic.nearest_mean is 'Mean similarity to the nearest one there is; null where not measured.';
comment on column analytics.embedding_statistic.nearest_standard_deviation is 'The standard deviation of that.';
comment on column analytics.embedding_statistic.nearest_sample_size is 'Texts or pictures whose nearest was looked for.';
comment on column analytics.embedding_statistic.measured_at is 'When.';

create or replace view analytics.search as
select s.id, s.created_at,
  (select string_agg(term.value ->> 'text', ' + ' order by term.place)
    from jsonb_array_elements(s.terms) with ordinality as term (value, place)
    where (term.value ->> 'weight')::double precision > 0) as query_text,
  s.terms, s.filter, s.options, s.sort, s.word_matching, s.terms = '[]' as is_browse, s.model_id, m.name as model_name, s.strategy, s.candidates,
  s.result_count, s.match_quality, s.best_relevance, s.milliseconds
from search as s
left join embedding_model as m on m.id = s.model_id
where s.strategy is not null;
comment on view analytics.search is 'The searches of the last days (LOOKGRAPH_SEARCH_LOG_DAYS, 7): one row for the first page of each; going on to later pages adds none. A few may be missing: those of the last seconds, and those that a busy or crashed server could not write down.';
comment on column analytics.search.id is 'What analytics.search_products takes.';
comment on column analytics.search.created_at is 'When it was asked.';
comment on column analytics.search.query_text is 'The texts that were looked for, those with a negative weight left out, joined by " + "; null where there were only pictures and products.';
comment on column analytics.search.terms is 'All that was looked for, in order: [{"text": "red shoe", "weight": 1}], {"picture": "upload"} with the kind of its source, {"product": {"sku": "A-1"}}. No picture is kept.';
comment on column analytics.search.filter is 'The conditions on products, as ProductFilter of the GraphQL schema names them; {} for none.';
comment on column analytics.search.options is 'What else was asked for and differs from its default: currency, minRelevance, unavailable, boosts, pin, exclude, diversify, unlike.';
comment on column analytics.search.sort is 'RELEVANCE, PRICE_ASC, PRICE_DESC, NEWEST, TITLE, NUMBER_ASC or NUMBER_DESC (by sortAttribute of options).';
comment on column analytics.search.word_matching is 'Whether words counted beside the vectors: AUTO (for texts), OFF, or ONLY (no vectors).';
comment on column analytics.search.is_browse is 'Whether nothing was looked for: a filter was browsed. Its match_quality and best_relevance say nothing then.';
comment on column analytics.search.model_id is 'The model whose vectors were compared; null where none were.';
comment on column analytics.search.model_name is 'Its name; null as well where the model is gone.';
comment on column analytics.search.strategy is 'EXACT (every matching vector was compared), HNSW (the index), SKETCH (sketches, then the vectors of the best) or NONE (no vectors).';
comment on column analytics.search.candidates is 'Products in the whole result, all pages: they satisfied the filter, and the least relevance where one was asked for. Null where they were not counted in passing: more than 20,000 satisfied the filter, or it was browsed and had more pages.';
comment on column analytics.search.result_count is 'Products on the first page: never more than a page holds, so not how many matched. 0: nothing was found.';
comment on column analytics.search.match_quality is 'How good the best match was: STRONG, WEAK or NONE (what was shown is merely the nearest).';
comment on column analytics.search.best_relevance is 'The highest relevance in the whole result, 0 to 1; null for an empty one.';
comment on column analytics.search.milliseconds is 'Time the server took, encoding the query included, sending the answer not.';

create or replace view analytics.search_day as
select (s.created_at at time zone 'UTC')::date as day,
  count(*) filter (where not s.is_browse)::integer as searches,
  count(*) filter (where s.is_browse)::integer as browses,
  count(*) filter (where not s.is_browse and s.match_quality = 'NONE')::integer as searches_without_match,
  count(*) filter (where not s.is_browse and s.match_quality = 'NONE')::double precision / nullif(count(*) filter (where not s.is_browse), 0)
    as share_without_match,
  avg(s.best_relevance) filter (where not s.is_browse) as mean_best_relevance,
  percentile_cont(0.5) within group (order by s.milliseconds) filter (where not s.is_browse) as median_milliseconds,
  percentile_cont(0.95) within group (order by s.milliseconds) filter (where not s.is_browse) as p95_milliseconds
from analytics.search as s
group by (s.created_at at time zone 'UTC')::date;
comment on view analytics.search_day is 'The searches of each of the last days; today''s and the first day''s are not whole. Days without any search have no row.';
comment on column analytics.search_day.day is 'In UTC.';
comment on column analytics.search_day.searches is 'Searches that looked for something.';
comment on column analytics.search_day.browses is 'Filters that were browsed; in no other column.';
comment on column analytics.search_day.searches_without_match is 'Searches with match quality NONE, an empty page included.';
comment on column analytics.search_day.share_without_match is 'searches_without_match / searches, 0 to 1; null without searches.';
comment on column analytics.search_day.mean_best_relevance is 'Mean relevance of the best match of each search, empty pages left out.';
comment on column analytics.search_day.median_milliseconds is 'Half of the searches took no longer.';
comment on column analytics.search_day.p95_milliseconds is '95 of 100 searches took no longer.';

create or replace view analytics.stored_query as
select s.id, s.created_at, s.terms, s.word_matching, s.model_id, m.name as model_name
from search as s
left join embedding_model as m on m.id = s.model_id
where s.strategy is null;
comment on view analytics.stored_query is 'The queries that `lookgraph embed` stored for analytics.search_products. Kept as long as searches are, a day at least.';
comment on column analytics.stored_query.id is 'What analytics.search_products takes.';
comment on column analytics.stored_query.created_at is 'When it was stored.';
comment on column analytics.stored_query.terms is 'What it looks for, as in analytics.search.';
comment on column analytics.stored_query.word_matching is 'Whether words count beside the vectors: AUTO (for texts), OFF, or ONLY (no vectors).';
comment on column analytics.stored_query.model_id is 'The model that made its vectors; null where it has none.';
comment on column analytics.stored_query.model_name is 'Its name; null as well where the model is gone.';

create or replace view analytics.product_word as
select p.id as product_id, p.group_id, found.lexeme, case left(found.lexeme, 1) when '~' then 'STEM' when '#' then 'CODE' when '=' then 'AMOUNT' when '+' then 'NEIGHBOURS' when '@' then 'NAME' else 'WORD' end as kind,
  -- Lexemes without places: neighbours and names.
  found.positions::integer[] as places,
  array(select case weight when 'A' then 'TITLE' when 'B' then 'CATEGORY' when 'C' then 'ATTRIBUTE' else 'DESCRIPTION' end from unnest(found.weights) as weight) as fields,
  p.words_version is null as is_outdated
from product as p
cross join lateral unnest(p.words) as found;
comment on view analytics.product_word is 'One row for each lexeme that searches find a product by.';
comment on column analytics.product_word.product_id is 'The product.';
comment on column analytics.product_word.group_id is 'Its group id.';
comment on column analytics.product_word.lexeme is 'The word as it is compared, without case and accents; a sign in front tells other kinds.';
comment on column analytics.product_word.kind is 'WORD; STEM (~); CODE (#, without separators); AMOUNT (=, in its base unit, or the unit alone); NEIGHBOURS (+, two words side by side, by their stems); NAME (@, a value of an attribute, the attribute behind =).';
comment on column analytics.product_word.places is 'Where it stands: counted through title, brand, codes, category, attributes and description. Null for NEIGHBOURS and NAME.';
comment on column analytics.product_word.fields is 'In which field each of these places is: TITLE (brand and codes, too), CATEGORY, ATTRIBUTE, or DESCRIPTION (pieces that say little, too).';
comment on column analytics.product_word.is_outdated is 'Whether a text was changed in SQL and its words are about to be made anew.';

create or replace view analytics.word as
select word as lexeme, case left(word, 1) when '~' then 'STEM' when '#' then 'CODE' when '=' then 'AMOUNT' when '+' then 'NEIGHBOURS' when '@' then 'NAME' else 'WORD' end as kind, sum(count)::integer as product_count
from (select word, count from search_word union all select word, count from search_word_change) as part
where word <> ''
group by word
having sum(count) > 0;
comment on view analytics.word is 'One row for each lexeme that products have.';
comment on column analytics.word.lexeme is 'As in analytics.product_word.';
comment on column analytics.word.kind is 'As in analytics.product_word.';
comment on column analytics.word.product_count is 'How many products have it.';

create or replace view analytics.evaluation as
select e.id as evaluation_id, e.created_at, e.query_source, e.query_count, e.model_name, m.configuration, m.slice_name, m.slice_value, m.metric, m.target, m.k,
  m.query_count as metric_query_count, m.value, m.low, m.high
from evaluation as e
inner join evaluation_metric as m on m.evaluation_id = e.id;
comment on view analytics.evaluation is 'What evaluations of search quality measured: one row for each metric and group of queries. docs/evaluation.md defines the metrics.';
comment on column analytics.evaluation.evaluation_id is 'One run of `lookgraph evaluate`.';
comment on column analytics.evaluation.created_at is 'When it was finished.';
comment on column analytics.evaluation.query_source is 'FILE (queries with what they should find) or CATALOGUE (its own pictures).';
comment on column analytics.evaluation.query_count is 'Queries asked.';
comment on column analytics.evaluation.model_name is 'The embedding model.';
comment on column analytics.evaluation.configuration is 'How the queries were asked: default, words=off.';
comment on column analytics.evaluation.slice_name is 'What the queries are grouped by: category, query, picture; "all" for all queries.';
comment on column analytics.evaluation.slice_value is 'The group; "all" for all queries.';
comment on column analytics.evaluation.metric is 'SAME_PRODUCT, SAME_SUB_CATEGORY, PRECISION, NDCG and the others.';
comment on column analytics.evaluation.target is 'What was to be found: the PRODUCT or any of its CATEGORY; NONE where the metric says it itself.';
comment on column analytics.evaluation.k is 'Results that were looked at; null for the whole ranking.';
comment on column analytics.evaluation.metric_query_count is 'Queries of the group that the metric is defined for.';
comment on column analytics.evaluation.value is 'Its mean over them.';
comment on column analytics.evaluation.low is 'Lower end of the 95 % confidence interval.';
comment on column analytics.evaluation.high is 'Upper end.';

create or replace view analytics.synonym as
select s.id as synonym_id, s.words, s.meanings, s.meanings is null as is_two_way, s.created_at
from synonym as s;
comment on view analytics.synonym is 'One row for each synonym of the shop. docs/synonyms.md says how searches use them.';
comment on column analytics.synonym.synonym_id is 'Made of what it says.';
comment on column analytics.synonym.words is 'Words, or groups of words: a query with any of them is also found as the meanings, or, two ways, as any other of them.';
comment on column analytics.synonym.meanings is 'Words, or groups of words; null: two ways.';
comment on column analytics.synonym.is_two_way is 'Whether each of its words also finds all others.';
comment on column analytics.synonym.created_at is 'When it was added.';

select grant_analytics();
