-- How far an import is, for those who watch it: written with its counts, so that it costs no statement more. Time: none. Undo: drop the columns.

alter table import
  add column phase text constraint import_phase_check check (phase in ('READING', 'EMBEDDING', 'INDEXING')),
  add column phase_started_at timestamptz,
  add column phase_done bigint,
  add column phase_total bigint,
  add column updated_at timestamptz;

comment on column import.phase is 'What it does, or did last: READING (the feed, into products), EMBEDDING (pictures and texts) or INDEXING (indexes and statistics). Null for imports from before this column.';
comment on column import.phase_started_at is 'When that began.';
comment on column import.phase_done is 'How much of it is done: bytes of the feed (READING), pictures and texts (EMBEDDING), 0 (INDEXING).';
comment on column import.phase_total is 'How much there is to do, in the same unit; null where that is not known (INDEXING).';
comment on column import.updated_at is 'Its last sign of life: how to tell an import that is RUNNING from one whose process was killed.';
