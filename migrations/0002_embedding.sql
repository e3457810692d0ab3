-- Embedding models and their vectors: one table for each model and kind, because `where model_id = ...` beside an HNSW
-- index would be only another filter after the scan, and because dimensions differ between models.
-- HNSW indexes are made after loading (src/database/embedding-models.ts), not here. Undo: drop the tables.

create table embedding_model (
  id uuid constraint embedding_model_pkey primary key,
  name text not null,
  version text not null,
  manifest_hash text not null constraint embedding_model_manifest_hash_key unique,
  dimensions integer not null constraint embedding_model_dimensions_check check (dimensions between 1 and 4000),
  state text not null constraint embedding_model_state_check check (state in ('BUILDING', 'ACTIVE', 'RETIRED')),
  image_table text not null constraint embedding_model_image_table_key unique,
  text_table text not null constraint embedding_model_text_table_key unique,
  created_at timestamptz not null default now(),
  activated_at timestamptz
);
create unique index embedding_model_active_key on embedding_model ((true)) where state = 'ACTIVE';

comment on table embedding_model is 'The models that this shop has vectors of. Searches use the one that is ACTIVE.';
comment on column embedding_model.id is 'Name-based UUID (version 5) of the manifest''s hash.';
comment on column embedding_model.name is 'As in its manifest; the folder under models/.';
comment on column embedding_model.version is 'As in its manifest.';
comment on column embedding_model.manifest_hash is 'SHA-256 of manifest.json. Another manifest is another model: its vectors do not mix.';
comment on column embedding_model.dimensions is 'Length of its vectors.';
comment on column embedding_model.state is 'BUILDING (its vectors are being made), ACTIVE (searches use it) or RETIRED (kept, to go back to).';
comment on column embedding_model.image_table is 'Name of the table of its picture vectors.';
comment on column embedding_model.text_table is 'Name of the table of its vectors of titles and descriptions.';
comment on column embedding_model.created_at is 'When it was first seen here.';
comment on column embedding_model.activated_at is 'When searches last began to use it.';

create table embedding_statistic (
  model_id uuid not null constraint embedding_statistic_model_id_fkey references embedding_model (id) on delete cascade,
  pair text not null constraint embedding_statistic_pair_check check (pair in ('TEXT_IMAGE', 'IMAGE_IMAGE', 'TEXT_TEXT')),
  mean real not null,
  standard_deviation real not null constraint embedding_statistic_standard_deviation_check check (standard_deviation > 0),
  sample_size integer not null,
  measured_at timestamptz not null default now(),
  constraint embedding_statistic_pkey primary key (model_id, pair)
);

comment on table embedding_statistic is 'What arbitrary pairs of this catalogue''s vectors score: the zero point and the unit in which similarities of different kinds can be added.';
comment on column embedding_statistic.model_id is 'The model.';
comment on column embedding_statistic.pair is 'What was compared: TEXT_IMAGE, IMAGE_IMAGE or TEXT_TEXT, of different products.';
comment on column embedding_statistic.mean is 'Mean cosine similarity of the pairs.';
comment on column embedding_statistic.standard_deviation is 'Its standard deviation.';
comment on column embedding_statistic.sample_size is 'Number of pairs compared.';
comment on column embedding_statistic.measured_at is 'When.';

create function create_embedding_tables(image_table text, text_table text, dimensions integer) returns void
language plpgsql as $$
declare
  -- Half precision halves what is read, and keeps 512 dimensions beside the row instead of in a TOAST table. Only the embedded PostgreSQL
  -- has no instructions for it: in WebAssembly single precision is up to four times faster to compare and five times faster to index
  -- (docs/decisions/0005-embedded-vectors.md). An HNSW index takes up to 2000 dimensions of it, a page some 1900 beside the row.
  single_precision boolean := version() like '%PGlite%' and dimensions <= 1900;
  embedding_type text := format(case when single_precision then 'vector(%s)' else 'halfvec(%s)' end, dimensions);
begin
  execute format(
    'create table %I (
       product_id uuid not null,
       image_id uuid not null,
       embedding %s not null,
       constraint %I primary key (product_id, image_id),
       constraint %I foreign key (product_id, image_id) references product_image (product_id, id) on delete cascade)',
    image_table, embedding_type, image_table || '_pkey', image_table || '_product_image_fkey');
  execute format('comment on table %I is %L', image_table, 'Vectors of pictures, one model; see embedding_model.');
  execute format('comment on column %I.product_id is %L', image_table, 'The product.');
  execute format('comment on column %I.image_id is %L', image_table, 'Its picture.');
  execute format('comment on column %I.embedding is %L', image_table, 'L2-normalised. Distance: embedding <=> query (cosine).');
  execute format(
    'create table %I (
       product_id uuid not null constraint %I references product (id) on delete cascade,
       text_hash text not null,
       embedding %s not null,
       constraint %I primary key (product_id))',
    text_table, text_table || '_product_fkey', embedding_type, text_table || '_pkey');
  execute format('comment on table %I is %L', text_table, 'Vectors of titles and descriptions, one model; see embedding_model.');
  execute format('comment on column %I.product_id is %L', text_table, 'The product.');
  execute format('comment on column %I.text_hash is %L', text_table, 'SHA-256 of the text that was encoded; another text is encoded anew.');
  execute format('comment on column %I.embedding is %L', text_table, 'L2-normalised. Distance: embedding <=> query (cosine).');
  if single_precision then
    execute format('alter table %I alter column embedding set storage plain', image_table);
    execute format('alter table %I alter column embedding set storage plain', text_table);
  end if;
end
$$;
comment on function create_embedding_tables is 'Makes the two tables of a model''s vectors. Their HNSW indexes are made after loading.';
