-- What was applied to this database: migrations, by their names, and the scripts of sql/functions, by the hash of their text (src/database/migrate.ts). Time: none.
-- Undo: drop the table; the scripts are applied again.

create table function_script (
  name text constraint function_script_pkey primary key,
  hash text not null,
  program_version text not null,
  applied_at timestamptz not null default now()
);
comment on table function_script is 'The scripts of sql/functions that this database has had. One whose text has changed is applied again when a server starts.';
comment on column function_script.name is 'Name of the file, without .sql.';
comment on column function_script.hash is 'SHA-256 (hex) of its text.';
comment on column function_script.program_version is 'Version of the program that applied it: an older one does not put its own back.';
comment on column function_script.applied_at is 'When.';

comment on table kysely_migration is 'Which migrations this database has had, and when. Kept by the migrator.';
