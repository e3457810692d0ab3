-- Of tables of vectors: their type, their index, the model that searches use.

create or replace function embedding_type(embedding_table text) returns text
language sql stable as $$
  select format_type(atttypid, null) from pg_attribute where attrelid = to_regclass(quote_ident(embedding_table)) and attname = 'embedding'
$$;
comment on function embedding_type is 'Type of a table''s vectors: halfvec, or vector on the embedded PostgreSQL.';

create or replace function hnsw_index_stands(embedding_table text) returns boolean
language sql stable as $$
  select exists (select from pg_index where indexrelid = to_regclass(quote_ident(embedding_table || '_hnsw')) and indisvalid)
$$;
comment on function hnsw_index_stands is 'Whether the HNSW index of a table of vectors is there and may be used.';

create or replace function active_embedding_model() returns embedding_model
language plpgsql stable as $$
declare
  model embedding_model;
begin
  select * into model from embedding_model where state = 'ACTIVE';
  if not found then raise no_data_found using message = 'the shop has no active model'; end if;
  return model;
end
$$;
comment on function active_embedding_model is 'The model that searches use.';
