-- What all processes of a shop must share and nobody else may know. Kept here and not in a file, so that several servers on one database
-- need no other common place. Undo: drop the table.

create table shop_secret (
  name text constraint shop_secret_pkey primary key constraint shop_secret_name_check check (name in ('cursor_key')),
  value bytea not null constraint shop_secret_value_check check (length(value) >= 32),
  created_at timestamptz not null default now()
);

comment on table shop_secret is 'Secrets of this shop, made once at random. Not for analysts: no read-only role may select from it.';
comment on column shop_secret.name is 'cursor_key: signs the cursors of pages.';
comment on column shop_secret.value is 'Random bytes, 32 or more.';
comment on column shop_secret.created_at is 'When it was made.';

-- The migrator's own tables, which are there before the first migration runs.
comment on table kysely_migration is 'Which migrations this database has had, and when. Kept by the migrator.';
comment on table kysely_migration_lock is 'Keeps two processes from migrating at once. Kept by the migrator.';
