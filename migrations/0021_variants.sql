-- Products and what is bought of them. A row of product stays what a search finds; each of its variants is a row of product_variant. What the variants have together (values of attributes, lowest and
-- highest price, best availability) stands with the product, so that a filter asks variants only where a product has several. Every product becomes one with a single variant; the program then groups
-- those of which a feed's item_group_id was kept as an attribute (src/catalog/variants/regroup-products.ts), and moves their vectors: nothing is encoded again.
-- Time: writes product and the tables of sketches once, some 20 s for 100,000 products. Undo: none; restore a backup.

create table product_variant (
  product_id uuid not null constraint product_variant_product_id_fkey references product (id) on delete cascade,
  id uuid not null constraint product_variant_id_key unique,
  sku text not null constraint product_variant_sku_key unique constraint product_variant_sku_check check (sku <> ''),
  position smallint not null default 0 constraint product_variant_position_check check (position between 0 and 199),
  title text constraint product_variant_title_check check (title <> ''),
  attributes jsonb not null default '{}' constraint product_variant_attributes_check check (jsonb_typeof(attributes) = 'object'),
  price_amount numeric constraint product_variant_price_amount_check check (price_amount >= 0),
  price_currency text constraint product_variant_price_currency_check check (price_currency ~ '^[A-Z]{3}$'),
  compare_at_amount numeric
    constraint product_variant_compare_at_amount_check check (compare_at_amount is null or (compare_at_amount >= 0 and price_amount is not null)),
  availability text not null default 'IN_STOCK'
    constraint product_variant_availability_check check (availability in ('IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER')),
  quantity integer constraint product_variant_quantity_check check (quantity >= 0),
  gtin text,
  mpn text,
  link text,
  look smallint not null default 0 constraint product_variant_look_check check (look >= 0),
  image_ids uuid[] not null default '{}',
  content_hash text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint product_variant_pkey primary key (product_id, id),
  constraint product_variant_price_check check ((price_amount is null) = (price_currency is null))
) with (fillfactor = 85);
comment on table product_variant is 'What is bought: one row for each variant of a product, such as a size in a colour. A product has 1 to 200.';
comment on column product_variant.product_id is 'What it is a variant of.';
comment on column product_variant.id is 'Name-based UUID (version 5) of the sku.';
comment on column product_variant.sku is 'The shop''s own identifier.';
comment on column product_variant.position is 'Place in the shop''s order, from 0.';
comment on column product_variant.title is 'As the shop writes it; null where it is that of the product.';
comment on column product_variant.attributes is 'All that is said of it, by name, what holds for its whole product included; always lists: {"color": ["Red"], "size": ["S"]}. Its option values are those of product.options.';
comment on column product_variant.price_amount is 'Exact price, in price_currency.';
comment on column product_variant.price_currency is 'ISO 4217 code.';
comment on column product_variant.compare_at_amount is 'What it cost before, or elsewhere, in price_currency; null where the shop does not say.';
comment on column product_variant.availability is 'IN_STOCK, OUT_OF_STOCK, PREORDER or BACKORDER.';
comment on column product_variant.quantity is 'How many there are; null where the shop does not say.';
comment on column product_variant.gtin is 'Product code (GTIN: EAN, UPC, ISBN), as the shop writes it.';
comment on column product_variant.mpn is 'The maker''s part number.';
comment on column product_variant.link is 'Its page in the shop.';
comment on column product_variant.look is 'Variants of a product with the same number look the same; numbered from 0 in the shop''s order. A picture belongs to those looks that product_image.looks has.';
comment on column product_variant.image_ids is 'Its own pictures in the shop''s order (product_image.id).';
comment on column product_variant.content_hash is 'SHA-256 of what the shop said of it, its product included, but for price, stock and quantity, which are compared as they are; the same again changes nothing.';
comment on column product_variant.created_at is 'When it was first seen.';
comment on column product_variant.updated_at is 'When what the shop says of it last changed.';

insert into product_variant (
  product_id, id, sku, attributes, price_amount, price_currency, compare_at_amount, availability, gtin, mpn, link, image_ids, content_hash, created_at, updated_at)
select p.id, p.id, p.sku, case when one.mpn is null then p.attributes else p.attributes - 'mpn' end, p.price_amount, p.price_currency, p.compare_at_amount, p.availability, p.gtin, one.mpn, p.link,
  array(select i.id from product_image as i where i.product_id = p.id order by i.position, i.id), p.content_hash, p.created_at, p.updated_at
from product as p
cross join lateral (
  select case when jsonb_typeof(p.attributes -> 'mpn') = 'array' and jsonb_array_length(p.attributes -> 'mpn') = 1 and char_length(btrim(p.attributes -> 'mpn' ->> 0)) between 1 and 100
    then btrim(p.attributes -> 'mpn' ->> 0) end as mpn
) as one;
-- Part numbers have a column now. Under the triggers of before, which keep sketches in step and have the words made anew.
update product as p set attributes = v.attributes from product_variant as v where v.product_id = p.id and v.mpn is not null;

create index product_variant_sku_lower_idx on product_variant (lower(sku));
create index product_variant_gtin_idx on product_variant (gtin) where gtin is not null;
create index product_variant_mpn_idx on product_variant (mpn) where mpn is not null;

alter table product_image add column looks smallint[];
comment on column product_image.looks is 'The looks of its product that it shows (product_variant.look); null where it belongs to none in particular, or the product has one look.';

-- What names columns that go, made anew by their scripts.
drop trigger if exists product_texts_changed on product;
drop trigger if exists product_sketched_updated on product;
drop view if exists analytics.product, analytics.product_attribute, analytics.product_image, analytics.product_word;
delete from function_script where name in ('80_analytics', '95_triggers');

alter table product rename column sku to group_id;
alter table product rename constraint product_sku_key to product_group_id_key;
alter table product rename constraint product_sku_check to product_group_id_check;
alter table product rename column price_amount to price_lowest;
alter table product rename constraint product_price_amount_check to product_price_lowest_check;
-- Written once, without triggers: as generated columns, which then are none.
alter table product
  drop constraint product_price_check,
  drop constraint product_compare_at_amount_check,
  alter column on_sale drop expression,
  alter column on_sale set default false,
  add column options text[] not null default '{}',
  add column common_attributes jsonb not null generated always as (attributes) stored,
  add column codes text[] not null generated always as (array_remove(array[group_id, nullif(gtin, group_id)], null)) stored,
  add column variant_count smallint not null default 1 constraint product_variant_count_check check (variant_count >= 0),
  add column look_count smallint not null default 1 constraint product_look_count_check check (look_count >= 0),
  add column price_highest numeric generated always as (price_lowest) stored;
alter table product
  alter column common_attributes drop expression, alter column common_attributes set default '{}',
  alter column codes drop expression, alter column codes set default '{}',
  alter column price_highest drop expression,
  add constraint product_common_attributes_check check (jsonb_typeof(common_attributes) = 'object'),
  add constraint product_price_check check ((price_lowest is null) = (price_highest is null) and price_lowest <= price_highest),
  add constraint product_price_currency_price_check check (price_currency is null or price_lowest is not null);
alter table product drop column gtin, drop column compare_at_amount;
drop index product_sku_lower_idx;
-- A feed writes a group id in any case.
create index product_group_id_lower_idx on product (lower(group_id));
update product as p set codes = array_append(p.codes, v.mpn) from product_variant as v where v.product_id = p.id and v.mpn <> all(p.codes);
-- What waits to be grouped; nothing, once it is.
create index product_ungrouped_idx on product (lower(btrim(attributes -> 'item_group_id' ->> 0))) where attributes ? 'item_group_id';

comment on table product is 'One row for each product of the shop: a style, of which one or more variants can be bought.';
comment on column product.id is 'Name-based UUID (version 5) of the group id.';
comment on column product.group_id is 'The shop''s own identifier: a feed''s item_group_id, or the sku where a row has none.';
comment on column product.options is 'Names of the attributes that a shopper chooses between, in order: {color,size}.';
comment on column product.attributes is 'All values of all variants, by name; always lists: {"color": ["Red", "Blue"], "size": ["S", "M"]}. Kept by triggers of product_variant, as all that follows.';
comment on column product.common_attributes is 'The attributes of which all variants have the same values.';
comment on column product.codes is 'Skus, GTINs and part numbers of all variants.';
comment on column product.variant_count is 'How many variants it has, 1 to 200.';
comment on column product.look_count is 'How many looks these have.';
comment on column product.price_lowest is 'Lowest price of a variant, whatever its currency; null where none has one.';
comment on column product.price_highest is 'Highest price of a variant, whatever its currency.';
comment on column product.price_currency is 'ISO 4217 code of all their prices; null where there is none, or prices of several.';
comment on column product.availability is 'That of the most available variant: IN_STOCK, then BACKORDER, PREORDER and OUT_OF_STOCK.';
comment on column product.on_sale is 'Whether any variant costs less than before.';
comment on column product.content_hash is 'SHA-256 of what the shop said of it and its variants, but for their prices, stock and quantities; the same again changes nothing.';

do $$
declare
  sketches text;
begin
  for sketches in select sketch_table from embedding_model where sketch_table is not null loop
    execute format('alter table %I rename column price_amount to price_lowest', sketches);
    execute format('alter index %I rename to %I', sketches || '_price_amount_idx', sketches || '_price_lowest_idx');
    execute format(
      'alter table %I
         add column price_highest numeric generated always as (price_lowest) stored,
         add column variant_count smallint constraint %I not null default 1,
         add column on_sale boolean constraint %I not null default false,
         add column looks smallint[]',
      -- As if they had been made with the table, under the name that it has then.
      sketches, sketches || '_2_variant_count_not_null', sketches || '_2_on_sale_not_null');
    execute format('alter table %I alter column price_highest drop expression, alter column variant_count drop default, alter column on_sale drop default', sketches);
    execute format('comment on column %I.price_highest is %L', sketches, 'As in product, of the variants of the picture''s looks.');
    execute format('comment on column %I.variant_count is %L', sketches, 'How many variants are of the picture''s looks; as in product where it belongs to none in particular.');
    execute format('comment on column %I.on_sale is %L', sketches, 'As in product, of the variants of the picture''s looks.');
    execute format('comment on column %I.looks is %L', sketches, 'The looks that the picture shows (product_variant.look); null for none in particular, or where the product has one look.');
    execute format('comment on column %I.price_lowest is %L', sketches, 'As in product, of the variants of the picture''s looks.');
    execute format('comment on column %I.availability is %L', sketches, 'As in product, of the variants of the picture''s looks.');
    execute format('comment on column %I.attributes is %L', sketches, 'As in product, of the variants of the picture''s looks.');
    execute format('comment on column %I.price_currency is %L', sketches, 'As in product, of the variants of the picture''s looks.');
    execute format('update %I as s set on_sale = true from product as p where p.id = s.id and p.on_sale', sketches);
  end loop;
end
$$;

-- They take one argument more, what one result is, and are made anew by their scripts.
drop function if exists analytics.search_products(uuid, integer, uuid[], text, double precision, boolean);
drop function if exists analytics.similar_products(text, integer, uuid[], text, double precision, boolean);
drop function if exists ranked_products(search, uuid[], uuid, text, double precision, integer, boolean);

analyze product, product_variant;
