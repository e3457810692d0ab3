-- Products as the shop describes them. No vectors here: price and stock change a thousand times more often than
-- pictures, and an update of a row beside an HNSW index would write that index as well.
-- Ids are made by the application from the shop's own identifiers (name-based UUIDs), so that inserting twice is
-- inserting once and the tables can be distributed by product. Time: none. Undo: drop the tables and the functions.

create extension if not exists vector;
create extension if not exists pg_trgm;

-- Columns and indexes are made of these three functions and of what they return (the third is in 0003). They are part of their tables and not of sql/functions: replaced
-- alone, they would leave rows and entries of indexes as the old ones made them. Another definition is a new function, and a migration that makes column and index anew.
create function suggestion_key(written text) returns text
language sql immutable parallel safe as $$
  select trim(left(regexp_replace(regexp_replace(
    lower(regexp_replace(normalize(written, nfkd), '[\u0300-\u036f''’]', '', 'g')),
    '\m([[:alnum:]])-(?=[[:alnum:]])', '\1', 'g'), '[^[:alnum:]]+', ' ', 'g'), 200))
$$;
comment on function suggestion_key is 'A text as completions compare it: lower case, no accents, no apostrophes (men''s is mens), a single letter joined to what follows its hyphen (t-shirt is tshirt), everything else that is neither letter nor digit one space; its first 200 characters, so that any title fits an index.';

-- Its cost keeps the planner from reading product row by row for what it takes for a common word: through the index no row is made into
-- words anew. In plpgsql, because a function in SQL would be expanded, and its cost forgotten; restricted, because starting parallel workers
-- takes longer than the query.
create function suggestion_words(key text) returns tsvector
language plpgsql immutable parallel restricted cost 1000 as $$
begin
  return array_to_tsvector(array_remove(string_to_array(key, ' '), ''));
end
$$;
comment on function suggestion_words is 'The distinct words of a suggestion_key: no stems, no stop words, because a prefix of what is written is looked for.';

create table category (
  id uuid constraint category_pkey primary key,
  parent_id uuid constraint category_parent_id_fkey references category (id),
  name text not null constraint category_name_check check (name <> ''),
  path text[] not null constraint category_path_key unique,
  ancestor_ids uuid[] not null,
  created_at timestamptz not null default now()
);
create index category_parent_id_idx on category (parent_id);
create index category_ancestor_ids_idx on category using gin (ancestor_ids);

comment on table category is 'The tree of categories.';
comment on column category.id is 'Name-based UUID (version 5) of the path.';
comment on column category.parent_id is 'The category above; null at the top.';
comment on column category.name is 'The last part of the path.';
comment on column category.path is 'Names from the top down, this one last: {Apparel,Topwear,Shirts}.';
comment on column category.ancestor_ids is 'Ids from the top down, this one last. Everything below a category: where ancestor_ids @> array[id].';
comment on column category.created_at is 'When a product of this category was first seen.';

-- fillfactor: a page keeps room for new versions of its rows, so an update of price or availability (which no index
-- holds) stays on the page and touches no index (a HOT update).
create table product (
  id uuid constraint product_pkey primary key,
  sku text not null constraint product_sku_key unique constraint product_sku_check check (sku <> ''),
  title text not null constraint product_title_check check (title <> ''),
  description text,
  brand text,
  category_id uuid constraint product_category_id_fkey references category (id),
  price_amount numeric constraint product_price_amount_check check (price_amount >= 0),
  price_currency text constraint product_price_currency_check check (price_currency ~ '^[A-Z]{3}$'),
  availability text not null default 'IN_STOCK'
    constraint product_availability_check check (availability in ('IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER')),
  attributes jsonb not null default '{}' constraint product_attributes_check check (jsonb_typeof(attributes) = 'object'),
  link text,
  content_hash text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Made of other columns only, none of them price or availability: an update of those stays HOT.
  -- Skus and brands are names, so they are kept as written (simple); the rest is reduced to stems (english).
  words tsvector not null generated always as (
    setweight(to_tsvector('simple', sku || ' ' || coalesce(brand, '')), 'A')
    || setweight(to_tsvector('english', title), 'B')
    || setweight(jsonb_to_tsvector('english', attributes, '["string"]'), 'C')
    || setweight(to_tsvector('english', coalesce(description, '')), 'D')
  ) stored,
  title_key text not null generated always as (suggestion_key(title)) stored,
  constraint product_price_check check ((price_amount is null) = (price_currency is null))
) with (fillfactor = 85);
create index product_category_id_idx on product (category_id);
create index product_brand_idx on product (brand);
create index product_attributes_idx on product using gin (attributes jsonb_path_ops);
create index product_created_at_idx on product (created_at, id);
create index product_words_idx on product using gin (words);
-- A query that is a brand or a sku and nothing else finds it in any case.
create index product_brand_lower_idx on product (lower(brand));
create index product_sku_lower_idx on product (lower(sku));
create index product_title_key_idx on product (title_key text_pattern_ops);
create index product_title_words_idx on product using gin (suggestion_words(title_key));

comment on table product is 'One row for each product of the shop.';
comment on column product.id is 'Name-based UUID (version 5) of the sku.';
comment on column product.sku is 'The shop''s own identifier.';
comment on column product.title is 'What the shop calls it.';
comment on column product.description is 'What the shop says of it.';
comment on column product.brand is 'Maker or label.';
comment on column product.category_id is 'The lowest category it is in.';
comment on column product.price_amount is 'Exact price, in price_currency.';
comment on column product.price_currency is 'ISO 4217 code.';
comment on column product.availability is 'IN_STOCK, OUT_OF_STOCK, PREORDER or BACKORDER.';
comment on column product.attributes is 'Everything else the shop says of it, by name; always lists: {"color": ["Red"], "size": ["S", "M"]}.';
comment on column product.link is 'The product''s page in the shop.';
comment on column product.content_hash is 'SHA-256 of everything the shop said of it; the same again changes nothing.';
comment on column product.created_at is 'When it was first seen.';
comment on column product.updated_at is 'When what the shop says of it last changed.';
comment on column product.words is 'Its words for full-text search, by weight: A sku and brand (as written), B title, C values of attributes, D description (stems, english).';
comment on column product.title_key is 'Its title as completions compare it (suggestion_key).';

create table product_image (
  product_id uuid not null constraint product_image_product_id_fkey references product (id) on delete cascade,
  id uuid not null,
  position integer not null constraint product_image_position_check check (position >= 0),
  source text not null,
  source_version text,
  content_hash text,
  width integer,
  height integer,
  state text not null default 'PENDING' constraint product_image_state_check check (state in ('PENDING', 'READY', 'FAILED')),
  failure text,
  created_at timestamptz not null default now(),
  constraint product_image_pkey primary key (product_id, id),
  constraint product_image_failure_check check ((state = 'FAILED') = (failure is not null))
);
create index product_image_id_idx on product_image (id);
create index product_image_content_hash_idx on product_image (content_hash);
create index product_image_pending_idx on product_image (product_id, id) where state = 'PENDING';

comment on table product_image is 'The pictures of each product, in the shop''s order. It is also the queue of pictures that wait to be fetched and embedded.';
comment on column product_image.product_id is 'The product it shows.';
comment on column product_image.id is 'Name-based UUID (version 5) of product and source.';
comment on column product_image.position is 'Place in the shop''s order; 0 is the main picture.';
comment on column product_image.source is 'Where it came from: a web address, a file of the feed (file:...), or an uploaded picture (content:<sha256>).';
comment on column product_image.source_version is 'What would tell a new version at the same source: size and time of a file, ETag of a web address.';
comment on column product_image.content_hash is 'SHA-256 (hex) of the picture''s bytes, its name in the picture store; null until fetched.';
comment on column product_image.width is 'In pixels, upright; null until fetched.';
comment on column product_image.height is 'In pixels, upright; null until fetched.';
comment on column product_image.state is 'PENDING (waits to be fetched or embedded), READY (searchable with the active model) or FAILED.';
comment on column product_image.failure is 'Why it FAILED; null otherwise.';
comment on column product_image.created_at is 'When the shop first listed it.';
