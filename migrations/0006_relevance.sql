-- What relevance is calibrated with, and frozen results that grow as their pages are read. Frozen results live for an hour, so their tables are
-- made anew: cursors from before this migration are stale. Time: none. Undo: drop the columns and the tables.

alter table embedding_statistic
  add column nearest_mean real,
  add column nearest_standard_deviation real,
  add column nearest_sample_size integer,
  drop constraint embedding_statistic_pair_check,
  add constraint embedding_statistic_pair_check check (pair in ('TEXT_IMAGE', 'IMAGE_IMAGE', 'TEXT_TEXT', 'COMPOSED')),
  add constraint embedding_statistic_nearest_check check ((nearest_mean is null) = (nearest_standard_deviation is null));

comment on table embedding_statistic is 'What arbitrary pairs of this catalogue''s vectors score, and what its own vectors find at best: the zero point, the unit and the top of the scale in which similarities of different kinds are compared. Measured anew at the end of every import.';
comment on column embedding_statistic.pair is 'What was compared: TEXT_IMAGE, IMAGE_IMAGE or TEXT_TEXT, of different products; COMPOSED: a text and a picture of two products, one to one, with pictures of a third, in standard deviations.';
comment on column embedding_statistic.nearest_mean is 'Mean similarity of a text to its nearest picture (TEXT_IMAGE), of a picture or text to the nearest other one (IMAGE_IMAGE, TEXT_TEXT); null for COMPOSED, and until measured.';
comment on column embedding_statistic.nearest_standard_deviation is 'Its standard deviation.';
comment on column embedding_statistic.nearest_sample_size is 'Number of texts or pictures whose nearest was looked for.';

drop table search_window;

create unlogged table search_window (
  id uuid constraint search_window_pkey primary key,
  request_hash text not null,
  query jsonb,
  strategy text not null constraint search_window_strategy_check check (strategy in ('EXACT', 'HNSW', 'NONE')),
  best_relevance double precision,
  created_at timestamptz not null default now()
);
create index search_window_created_at_idx on search_window (created_at);

comment on table search_window is 'Frozen results, for the next pages of a search. Kept for an hour; lost in a crash, after which cursors are stale.';
comment on column search_window.id is 'Random.';
comment on column search_window.request_hash is 'SHA-256 of what was asked for: a cursor continues the same search only.';
comment on column search_window.query is 'The query''s vectors, words and calibration, so that later pages rank as the first one did; null where the filter was browsed.';
comment on column search_window.strategy is 'How the first products were found: EXACT (all were compared), HNSW (the index) or NONE (no vectors).';
comment on column search_window.best_relevance is 'Relevance of the best match; null for an empty result.';
comment on column search_window.created_at is 'When.';

create unlogged table search_window_part (
  window_id uuid not null constraint search_window_part_window_id_fkey references search_window (id) on delete cascade,
  start integer not null constraint search_window_part_start_check check (start >= 0),
  entries jsonb not null,
  complete boolean not null,
  constraint search_window_part_pkey primary key (window_id, start)
);

comment on table search_window_part is 'The products of a frozen result, some 200 to a part; parts are added as pages are read.';
comment on column search_window_part.window_id is 'The result.';
comment on column search_window_part.start is 'Products in the parts before it.';
comment on column search_window_part.entries is 'Its products in order, one array each: see SearchWindowEntry in src/database/tables.ts.';
comment on column search_window_part.complete is 'Whether no product comes after it.';
