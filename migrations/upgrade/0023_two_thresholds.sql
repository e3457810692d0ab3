-- From a database whose last migration is 0023_two_thresholds, of the nineteen that stood here before they were drawn together, to one that has had 0001 to 0007: the tables are the same,
-- and sql/functions brings the functions. The migrator writes the new names down, which a program from before does not know: it refuses to start on this database.
-- Time: none. Undo: put the names of test/fixtures/schema-0023 back into kysely_migration.

-- What create_embedding_tables() was made of. Servers that still run call that alone, which is replaced within this transaction.
drop function create_vector_tables(text, text, integer);
drop function mark_pictureless_texts(text, text);
drop function keep_sketches(text, text);

-- Kysely's migrator had a table for its lock; a lock without a row does.
drop table kysely_migration_lock;

-- PostgreSQL 18 names what is not null after the column as it was once called.
do $$
declare
  renamed record;
begin
  for renamed in
    select conrelid::regclass as of_table, conname, replace(conname, '_pictures_', '_vectors_') as name
    from pg_constraint
    where conrelid in ('embedding_cluster'::regclass, 'embedding_cluster_value'::regclass) and contype = 'n' and conname like '%\_pictures\_not\_null'
  loop
    execute format('alter table %s rename constraint %I to %I', renamed.of_table, renamed.conname, renamed.name);
  end loop;
end
$$;

-- Where it stands now.
comment on column search.scoring is 'wordWeight, wordCount, midpoint and width of its relevance: src/search/query/search-query.ts has the formulas. Null for a browsed filter.';
