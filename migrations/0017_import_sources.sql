-- Imports of feeds from an address: fetching is a phase of its own, and the format is known after it. Time: none; the table has a row for each import.
-- Undo: the constraints as in 0005 and 0012, format not null.

alter table import alter column format drop not null;
alter table import drop constraint import_phase_check;
alter table import add constraint import_phase_check check (phase in ('FETCHING', 'READING', 'EMBEDDING', 'INDEXING'));

comment on column import.source is 'The feed: a file, an address without its query, or the name of a built-in shop.';
comment on column import.format is 'TSV, CSV, JSON, JSONL or XML; null until the feed was looked at.';
comment on column import.phase is 'What it does, or did last: FETCHING (the feed, from its address), READING (the feed, into products), EMBEDDING (pictures and texts) or INDEXING (indexes and statistics). Null for imports from before this column.';
comment on column import.phase_done is 'How much of it is done: bytes of the feed (FETCHING, READING), pictures and texts (EMBEDDING), 0 (INDEXING).';
