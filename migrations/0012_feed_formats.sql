-- Feeds that are one JSON document are imported, too. Time: none; the table has a row for each import.
-- Undo: the constraint without JSON.

alter table import drop constraint import_format_check;
alter table import add constraint import_format_check check (format in ('TSV', 'CSV', 'JSON', 'JSONL', 'XML'));
comment on column import.format is 'TSV, CSV, JSON, JSONL or XML.';
