-- What searches need beside the vectors: the words of each product, the vocabulary to mend misspellings with, and the
-- frozen results that pages are cut from. Time: rewrites `product` once (the new column is stored). Undo: drop the column,
-- the triggers, the functions and the two tables.

-- Made of other columns only, none of them price or availability: an update of those stays HOT.
-- Skus and brands are names, so they are kept as written (simple); the rest is reduced to stems (english).
alter table product add column words tsvector not null generated always as (
  setweight(to_tsvector('simple', sku || ' ' || coalesce(brand, '')), 'A')
  || setweight(to_tsvector('english', title), 'B')
  || setweight(jsonb_to_tsvector('english', attributes, '["string"]'), 'C')
  || setweight(to_tsvector('english', coalesce(description, '')), 'D')
) stored;
create index product_words_idx on product using gin (words);
-- A query that is a brand or a sku and nothing else finds it in any case.
create index product_brand_lower_idx on product (lower(brand));
create index product_sku_lower_idx on product (lower(sku));

comment on column product.words is 'Its words for full-text search, by weight: A sku and brand (as written), B title, C values of attributes, D description (stems, english).';

-- No key: a transaction would have to wait for every other one that brings the same new word, and two that bring two words in opposite
-- order would deadlock. Rows are only added for words that are not there, so duplicates come from races alone and do no harm.
create table search_word (
  word text not null,
  lexeme text not null
);
create index search_word_word_idx on search_word (word);
create index search_word_lexeme_idx on search_word (lexeme);
-- GiST, because it gives the nearest words in order, without a threshold: a swap (whtie, white) leaves two trigrams of ten in common.
create index search_word_trigram_idx on search_word using gist (word gist_trgm_ops);

comment on table search_word is 'Every word that a product was ever described with: what a misspelt word of a query is compared with. Words of deleted products stay.';
comment on column search_word.word is 'As written, in lower case; letters only, 3 to 40 of them.';
comment on column search_word.lexeme is 'Its stem (english), as product.words has it.';

create function product_vocabulary(title text, brand text, description text, attributes jsonb) returns text[]
language sql immutable parallel safe as $$
  select tsvector_to_array(
    to_tsvector('simple', concat_ws(' ', title, brand, description)) || jsonb_to_tsvector('simple', attributes, '["string"]'))
$$;
comment on function product_vocabulary is 'The distinct words of a product, in lower case, not stemmed.';

create function add_search_words(candidates text[]) returns void
language sql as $$
  insert into search_word (word, lexeme)
  select word, lexemes[1]
  from (select distinct unnest(candidates) as word) as candidate,
    lateral (select tsvector_to_array(to_tsvector('english', word)) as lexemes) as stemmed
  where word ~ '^[[:alpha:]]{3,40}$'
    and not exists (select from search_word as known where known.word = candidate.word)
    and cardinality(lexemes) > 0
$$;
comment on function add_search_words is 'Adds those of the words that the vocabulary lacks, without numbers, codes and words that carry no meaning (the, for).';

create function product_inserted() returns trigger
language plpgsql as $$
begin
  perform add_search_words(array(
    select distinct word
    from inserted, unnest(product_vocabulary(inserted.title, inserted.brand, inserted.description, inserted.attributes)) as word));
  return null;
end
$$;
comment on function product_inserted is 'Adds the words of all products that a statement inserted to the vocabulary, at once.';

create function product_reworded() returns trigger
language plpgsql as $$
begin
  perform add_search_words(product_vocabulary(new.title, new.brand, new.description, new.attributes));
  return null;
end
$$;
comment on function product_reworded is 'Adds the words of a changed product to the vocabulary.';

create trigger product_inserted after insert on product
  referencing new table as inserted for each statement execute function product_inserted();
create trigger product_reworded after update on product
  for each row when (old.words is distinct from new.words) execute function product_reworded();

-- Products that were there before this migration.
select add_search_words(array(
  select distinct word from product, unnest(product_vocabulary(title, brand, description, attributes)) as word));

-- Unlogged: lost in a crash, which costs a person a page, not data.
create unlogged table search_window (
  id uuid constraint search_window_pkey primary key,
  request_hash text not null,
  model_id uuid,
  query real[],
  words text[] not null,
  strategy text not null constraint search_window_strategy_check check (strategy in ('EXACT', 'HNSW', 'NONE')),
  entries jsonb not null,
  created_at timestamptz not null default now()
);
create index search_window_created_at_idx on search_window (created_at);

comment on table search_window is 'Frozen results: the ranking that the pages of one search are cut from, shared by all server processes. Swept after an hour.';
comment on column search_window.id is 'Random; part of the cursor.';
comment on column search_window.request_hash is 'SHA-256 (hex) of terms, filter and word matching: a cursor answers only the search it came from.';
comment on column search_window.model_id is 'The model whose vectors it was ranked with; null where none took part.';
comment on column search_window.query is 'The query vector, so that pictures of a query are encoded once; null where none took part.';
comment on column search_window.words is 'The query''s words as text search queries, one each.';
comment on column search_window.strategy is 'How the vectors were compared: EXACT, HNSW or NONE.';
comment on column search_window.entries is 'The ranked products, best first: [product id, picture id, similarity, rank by vectors, rank by words] each.';
comment on column search_window.created_at is 'When the first page was asked for.';
