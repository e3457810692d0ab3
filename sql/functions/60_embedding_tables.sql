-- The tables of a model's vectors, one for pictures and one for titles with descriptions. src/database/embedding-models.ts asks for them when a model is first seen.

create or replace function create_embedding_tables(image_table text, text_table text, dimensions integer) returns void
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
       pictureless boolean not null default false,
       constraint %I primary key (product_id))',
    text_table, text_table || '_product_fkey', embedding_type, text_table || '_pkey');
  execute format('comment on table %I is %L', text_table, 'Vectors of titles and descriptions, one model; see embedding_model.');
  execute format('comment on column %I.product_id is %L', text_table, 'The product.');
  execute format('comment on column %I.text_hash is %L', text_table, 'SHA-256 of the text that was encoded; another text is encoded anew.');
  execute format('comment on column %I.embedding is %L', text_table, 'L2-normalised. Distance: embedding <=> query (cosine).');
  execute format('comment on column %I.pictureless is %L', text_table, 'Whether the product has no vector of a picture, so that its text is what is compared. Kept by triggers.');
  execute format('create index %I on %I (product_id) where pictureless', text_table || '_pictureless_idx', text_table);
  if single_precision then
    execute format('alter table %I alter column embedding set storage plain', image_table);
    execute format('alter table %I alter column embedding set storage plain', text_table);
  end if;
  perform keep_vectors(image_table, text_table);
end
$$;
comment on function create_embedding_tables is 'Makes the two tables of a model''s vectors. Their HNSW indexes are made after loading.';
