-- Imports as rows: what was read, what became of it, how far it is, and why what failed did. Time: none. Undo: drop the tables.

create table import (
  id uuid constraint import_pkey primary key,
  source text not null,
  format text not null constraint import_format_check check (format in ('TSV', 'CSV', 'JSONL', 'XML')),
  state text not null constraint import_state_check check (state in ('RUNNING', 'COMPLETED', 'INTERRUPTED', 'FAILED')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  products_created integer not null default 0,
  products_updated integer not null default 0,
  products_unchanged integer not null default 0,
  products_failed integer not null default 0,
  images_embedded integer not null default 0,
  images_failed integer not null default 0,
  failure text,
  -- How far it is, for those who watch it: written with its counts, so that it costs no statement more.
  phase text constraint import_phase_check check (phase in ('READING', 'EMBEDDING', 'INDEXING')),
  phase_started_at timestamptz,
  phase_done bigint,
  phase_total bigint,
  updated_at timestamptz
);
create index import_started_at_idx on import (started_at);

comment on table import is 'One row for each run of an import.';
comment on column import.id is 'Made when the run starts.';
comment on column import.source is 'The feed: a file or the name of a built-in shop.';
comment on column import.format is 'TSV, CSV, JSONL or XML.';
comment on column import.state is 'RUNNING, COMPLETED, INTERRUPTED (stopped before its end; run it again) or FAILED (see failure).';
comment on column import.started_at is 'When it started.';
comment on column import.finished_at is 'When it ended; null while it runs.';
comment on column import.products_created is 'Products that were new.';
comment on column import.products_updated is 'Products that had changed.';
comment on column import.products_unchanged is 'Products that were already as the feed says; they have no import_item.';
comment on column import.products_failed is 'Rows of the feed that were refused; import_item says why.';
comment on column import.images_embedded is 'Pictures that became searchable in this run.';
comment on column import.images_failed is 'Pictures that could not be read; import_item says why.';
comment on column import.failure is 'Why the run as a whole FAILED; null otherwise.';
comment on column import.phase is 'What it does, or did last: READING (the feed, into products), EMBEDDING (pictures and texts) or INDEXING (indexes and statistics). Null for imports from before this column.';
comment on column import.phase_started_at is 'When that began.';
comment on column import.phase_done is 'How much of it is done: bytes of the feed (READING), pictures and texts (EMBEDDING), 0 (INDEXING).';
comment on column import.phase_total is 'How much there is to do, in the same unit; null where that is not known (INDEXING).';
comment on column import.updated_at is 'Its last sign of life: how to tell an import that is RUNNING from one whose process was killed.';

create table import_item (
  import_id uuid not null constraint import_item_import_id_fkey references import (id) on delete cascade,
  id uuid not null,
  line integer,
  sku text,
  image_source text,
  outcome text not null constraint import_item_outcome_check check (outcome in ('CREATED', 'UPDATED', 'FAILED')),
  reason text,
  constraint import_item_pkey primary key (import_id, id),
  constraint import_item_reason_check check ((outcome = 'FAILED') = (reason is not null))
);
create index import_item_failed_idx on import_item (import_id, line) where outcome = 'FAILED';

comment on table import_item is 'What became of each product and each failed picture of an import. Unchanged products are only counted.';
comment on column import_item.import_id is 'The run.';
comment on column import_item.id is 'Made by the application.';
comment on column import_item.line is 'Line of the feed where the product begins, from 1; null for a picture that failed later, when it was fetched or embedded.';
comment on column import_item.sku is 'The product''s sku, if the row had one.';
comment on column import_item.image_source is 'The picture, where the outcome is a picture''s; null for a product.';
comment on column import_item.outcome is 'CREATED, UPDATED or FAILED.';
comment on column import_item.reason is 'Why it FAILED: what was expected and what was found.';
