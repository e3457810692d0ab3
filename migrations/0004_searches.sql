-- What searches leave behind: frozen results that pages are cut from, the log of searches, and the secret that signs cursors.
-- The log holds what was asked for, how well it was answered, and all that is needed to ask it again. It is what people typed, so rows live for
-- LOOKGRAPH_SEARCH_LOG_DAYS days and no longer. Analysts read it through analytics.search. Time: none. Undo: drop the tables.

-- Unlogged: lost in a crash, which costs a person a page, not data.
create unlogged table search_window (
  id uuid constraint search_window_pkey primary key,
  request_hash text not null,
  query jsonb,
  strategy text not null constraint search_window_strategy_check check (strategy in ('EXACT', 'HNSW', 'SKETCH', 'NONE')),
  best_relevance double precision,
  created_at timestamptz not null default now()
);
create index search_window_created_at_idx on search_window (created_at);
-- They are written by most searches and read by few: compressing them would take longer than all else about keeping them.
alter table search_window alter column query set storage external;

comment on table search_window is 'Frozen results, for the next pages of a search. Kept for an hour; lost in a crash, after which cursors are stale.';
comment on column search_window.id is 'Random.';
comment on column search_window.request_hash is 'SHA-256 of what was asked for: a cursor continues the same search only.';
comment on column search_window.query is 'The query''s vectors (base64 of single-precision numbers), words and calibration, so that later pages rank as the first one did; null where the filter was browsed.';
comment on column search_window.strategy is 'How the first products were found: EXACT (all were compared), HNSW (the index), SKETCH (sketches, then the vectors of the best) or NONE (no vectors).';
comment on column search_window.best_relevance is 'Relevance of the best match; null for an empty result.';
comment on column search_window.created_at is 'When.';

create unlogged table search_window_part (
  window_id uuid not null constraint search_window_part_window_id_fkey references search_window (id) on delete cascade,
  start integer not null constraint search_window_part_start_check check (start >= 0),
  entries jsonb not null,
  complete boolean not null,
  constraint search_window_part_pkey primary key (window_id, start)
);
alter table search_window_part alter column entries set storage external;

comment on table search_window_part is 'The products of a frozen result, some 200 to a part; parts are added as pages are read.';
comment on column search_window_part.window_id is 'The result.';
comment on column search_window_part.start is 'Products in the parts before it.';
comment on column search_window_part.entries is 'Its products in order, one array each: see SearchWindowEntry in src/database/tables.ts. Not compressed.';
comment on column search_window_part.complete is 'Whether no product comes after it.';

create table search (
  id uuid constraint search_pkey primary key,
  created_at timestamptz not null default now(),
  terms jsonb not null constraint search_terms_check check (jsonb_typeof(terms) = 'array'),
  filter jsonb not null constraint search_filter_check check (jsonb_typeof(filter) = 'object'),
  options jsonb not null constraint search_options_check check (jsonb_typeof(options) = 'object'),
  sort text not null constraint search_sort_check check (sort in ('RELEVANCE', 'PRICE_ASC', 'PRICE_DESC', 'NEWEST', 'TITLE')),
  word_matching text not null constraint search_word_matching_check check (word_matching in ('AUTO', 'OFF', 'ONLY')),
  model_id uuid,
  strategy text constraint search_strategy_check check (strategy in ('EXACT', 'HNSW', 'SKETCH', 'NONE')),
  candidates integer,
  result_count integer,
  match_quality text constraint search_match_quality_check check (match_quality in ('STRONG', 'WEAK', 'NONE')),
  best_relevance double precision,
  milliseconds double precision,
  picture_vector real[],
  picture_mean double precision,
  picture_standard_deviation double precision,
  text_vector real[],
  text_mean double precision,
  text_standard_deviation double precision,
  words text[] not null,
  names text[] not null,
  scoring jsonb,
  constraint search_vectors_check check (num_nulls(
    model_id, picture_vector, picture_mean, picture_standard_deviation, text_vector, text_mean, text_standard_deviation) in (0, 7)),
  constraint search_outcome_check check (num_nulls(strategy, result_count, match_quality, milliseconds) in (0, 4))
);
create index search_created_at_idx on search (created_at);
-- Vectors do not compress: without the attempt they are stored faster, and outside of the row, where those who read the other columns pass them by.
alter table search alter column picture_vector set storage external, alter column text_vector set storage external;

comment on table search is 'One row for the first page of each search, not for its later pages; and one for each query that `lookgraph embed` stored. Holds what people typed: rows are deleted after LOOKGRAPH_SEARCH_LOG_DAYS days.';
comment on column search.id is 'Random; what analytics.search_products takes.';
comment on column search.created_at is 'When it was asked, by the clock of the server that answered.';
comment on column search.terms is 'What was looked for, in order: [{"text": "red shoe", "weight": 1}], {"picture": "upload"} with the kind of its source (upload, url, productImage, bytes) and perhaps a region, {"product": {"sku": "A-1"}}. No picture is kept. Empty where a filter was browsed.';
comment on column search.filter is 'The conditions on products, as ProductFilter of the GraphQL schema names them; {} for none. Ids are bare UUIDs.';
comment on column search.options is 'What else was asked for and differs from its default: minRelevance, unavailable, boosts, pin, exclude, diversify, unlike.';
comment on column search.sort is 'RELEVANCE, PRICE_ASC, PRICE_DESC, NEWEST or TITLE.';
comment on column search.word_matching is 'Whether words counted beside the vectors: AUTO (for texts), OFF, or ONLY (no vectors).';
comment on column search.model_id is 'The model whose vectors were compared, which may be gone by now; null where none were.';
comment on column search.strategy is 'EXACT (every matching vector was compared), HNSW (the index), SKETCH (sketches, then the vectors of the best) or NONE (no vectors); null for a query that `lookgraph embed` stored and nobody asked.';
comment on column search.candidates is 'Products in the whole result, all pages: they satisfied the filter, and the least relevance where one was asked for. Null where they were not counted in passing: more than 20,000 satisfied the filter, or it was browsed and had more pages.';
comment on column search.result_count is 'Products on the first page: never more than a page holds, so not how many matched.';
comment on column search.match_quality is 'How good the best match was: STRONG, WEAK or NONE (what was shown is merely the nearest). Of a browsed filter it says only whether there was any product.';
comment on column search.best_relevance is 'The highest relevance in the whole result, 0 to 1; null for an empty one.';
comment on column search.milliseconds is 'Time the server took, encoding the query included, sending the answer not.';
comment on column search.picture_vector is 'The query''s vector of length 1 that is compared with pictures; null where no vectors took part.';
comment on column search.picture_mean is 'Mean similarity of arbitrary pictures to it.';
comment on column search.picture_standard_deviation is 'The standard deviation of that.';
comment on column search.text_vector is 'The query''s vector of length 1 that is compared with the texts of products without a picture.';
comment on column search.text_mean is 'Mean similarity of arbitrary texts to it.';
comment on column search.text_standard_deviation is 'The standard deviation of that.';
comment on column search.words is 'One text search query (tsquery) for each word that the catalogue knew, misspellings mended; empty where words did not count.';
comment on column search.names is 'The texts as they were typed: each may be a brand or a sku.';
comment on column search.scoring is 'wordWeight, wordCount, midpoint and width of its relevance: src/search/query/search-query.ts has the formulas. Null for a browsed filter.';

-- What all processes of a shop must share and nobody else may know. Kept here and not in a file, so that several servers on one database need no other common place.
create table shop_secret (
  name text constraint shop_secret_pkey primary key constraint shop_secret_name_check check (name in ('cursor_key')),
  value bytea not null constraint shop_secret_value_check check (length(value) >= 32),
  created_at timestamptz not null default now()
);

comment on table shop_secret is 'Secrets of this shop, made once at random. Not for analysts: no read-only role may select from it.';
comment on column shop_secret.name is 'cursor_key: signs the cursors of pages.';
comment on column shop_secret.value is 'Random bytes, 32 or more.';
comment on column shop_secret.created_at is 'When it was made.';
