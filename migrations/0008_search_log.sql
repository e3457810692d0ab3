-- The log of searches: what was asked for, how well it was answered, and all that is needed to ask it again. It holds what people typed, so rows
-- live for LOOKGRAPH_SEARCH_LOG_DAYS days and no longer. Analysts read it through analytics.search (0009). Time: none. Undo: drop the table.

create table search (
  id uuid constraint search_pkey primary key,
  created_at timestamptz not null default now(),
  terms jsonb not null constraint search_terms_check check (jsonb_typeof(terms) = 'array'),
  filter jsonb not null constraint search_filter_check check (jsonb_typeof(filter) = 'object'),
  options jsonb not null constraint search_options_check check (jsonb_typeof(options) = 'object'),
  sort text not null constraint search_sort_check check (sort in ('RELEVANCE', 'PRICE_ASC', 'PRICE_DESC', 'NEWEST', 'TITLE')),
  word_matching text not null constraint search_word_matching_check check (word_matching in ('AUTO', 'OFF', 'ONLY')),
  model_id uuid,
  strategy text constraint search_strategy_check check (strategy in ('EXACT', 'HNSW', 'NONE')),
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
comment on column search.strategy is 'EXACT (every matching vector was compared), HNSW (the index) or NONE (no vectors); null for a query that `lookgraph embed` stored and nobody asked.';
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
