-- From a database whose last migration is 0023_two_thresholds, of the nineteen that stood here before they were drawn together, to one that has had 0001 to 0007: the tables are the same,
-- and sql/functions brings the functions. The migrator writes the new names down, which a program from before does not know: it refuses to start on this database.
-- Time: none. Undo: put the names of test/fixtures/schema-0023 back into kysely_migration, and make the functions that are dropped here again: they are there.

-- What functions were made of that scripts define otherwise now. Servers that still run call none of these: they call create_embedding_tables(), which is replaced within this transaction.
drop function create_vector_tables, mark_pictureless_texts, keep_sketches;
drop function words_at_least, names_condition, matching_product_count, nearest_pictured_ids, nearest_pictureless_ids, nearest_product_ids, candidate_product_ids, scored_products, ranked_products;
-- With one parameter more they would be other functions beside these, and a call with none of it could mean either.
drop function analytics.search_products, analytics.similar_products;

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
