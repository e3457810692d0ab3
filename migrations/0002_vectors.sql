-- Embedding models and what is known of their vectors. The vectors themselves are in tables of their own, one for each model and kind (create_embedding_tables() in
-- sql/functions makes them), because `where model_id = ...` beside an HNSW index would be only another filter after the scan, and because dimensions differ between models.
-- HNSW indexes and sketches are made after loading (src/database/vector-indexes.ts). docs/decisions/0011-sketches.md, 0012-fewer-sketches.md and 0014-two-thresholds.md say what
-- clusters and sketches are for. Time: none. Undo: drop the tables, and those that embedding_model names.

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
  activated_at timestamptz,
  sketch_table text constraint embedding_model_sketch_table_key unique,
  picture_centre vector,
  text_centre vector,
  sketched_at timestamptz,
  sketched_pictures integer,
  scan_costs jsonb,
  last_cluster integer not null default 0,
  picture_spread vector,
  text_spread vector
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
comment on column embedding_model.sketch_table is 'Name of the table of its sketches; null while there is none: a shop of so few pictures needs none.';
comment on column embedding_model.picture_centre is 'Mean of its picture vectors.';
comment on column embedding_model.text_centre is 'Mean of its text vectors.';
comment on column embedding_model.sketched_at is 'When its sketches were made, or values in its clusters last counted.';
comment on column embedding_model.sketched_pictures is 'Pictures that there were then.';
comment on column embedding_model.scan_costs is 'Microseconds that ways to compare take for each row on this database, measured when the sketches were made: {"hnsw": ..., "probed": ..., "gathered": ..., "compared": ...}.';
comment on column embedding_model.last_cluster is 'The highest number of any cluster that it ever had, without its sign.';
comment on column embedding_model.picture_spread is 'Of each number of its picture vectors .45 standard deviations: bits of sketches tell whether a number is above the mean less this, and above the mean plus this.';
comment on column embedding_model.text_spread is 'The same of its text vectors.';

create table embedding_statistic (
  model_id uuid not null constraint embedding_statistic_model_id_fkey references embedding_model (id) on delete cascade,
  pair text not null constraint embedding_statistic_pair_check check (pair in ('TEXT_IMAGE', 'IMAGE_IMAGE', 'TEXT_TEXT', 'COMPOSED')),
  mean real not null,
  standard_deviation real not null constraint embedding_statistic_standard_deviation_check check (standard_deviation > 0),
  sample_size integer not null,
  measured_at timestamptz not null default now(),
  nearest_mean real,
  nearest_standard_deviation real,
  nearest_sample_size integer,
  constraint embedding_statistic_pkey primary key (model_id, pair),
  constraint embedding_statistic_nearest_check check ((nearest_mean is null) = (nearest_standard_deviation is null)),
  -- Scores are divided by how much nearer the nearest are than arbitrary ones: in a shop whose pictures are all alike that is nothing.
  constraint embedding_statistic_nearest_mean_check check (nearest_mean >= mean + standard_deviation)
);

comment on table embedding_statistic is 'What arbitrary pairs of this catalogue''s vectors score, and what its own vectors find at best: the zero point, the unit and the top of the scale in which similarities of different kinds are compared. Measured anew at the end of every import.';
comment on column embedding_statistic.model_id is 'The model.';
comment on column embedding_statistic.pair is 'What was compared: TEXT_IMAGE, IMAGE_IMAGE or TEXT_TEXT, of different products; COMPOSED: a text and a picture of two products, one to one, with pictures of a third, in standard deviations.';
comment on column embedding_statistic.mean is 'Mean cosine similarity of the pairs.';
comment on column embedding_statistic.standard_deviation is 'Its standard deviation.';
comment on column embedding_statistic.sample_size is 'Number of pairs compared.';
comment on column embedding_statistic.measured_at is 'When.';
comment on column embedding_statistic.nearest_mean is 'Mean similarity of a text to its nearest picture (TEXT_IMAGE), of a picture to the nearest other one (IMAGE_IMAGE); null for other pairs, until measured, and where the nearest are hardly nearer than arbitrary ones.';
comment on column embedding_statistic.nearest_standard_deviation is 'Its standard deviation.';
comment on column embedding_statistic.nearest_sample_size is 'Number of texts or pictures whose nearest was looked for.';

create table embedding_cluster (
  model_id uuid not null constraint embedding_cluster_model_id_fkey references embedding_model (id) on delete cascade,
  number integer not null constraint embedding_cluster_number_check check (number <> 0),
  centroid vector not null,
  vectors integer not null,
  cohesion real not null constraint embedding_cluster_cohesion_check check (cohesion between -1 and 1),
  constraint embedding_cluster_pkey primary key (model_id, number)
);
-- Beside the row up to some 2,000 dimensions: 512 would be moved out of it by default, and a search for the nearest would fetch each one.
alter table embedding_cluster alter column centroid set storage main;
comment on table embedding_cluster is 'Groups of pictures, or of texts of products without a picture, that are alike: each belongs to that with the nearest centroid.';
comment on column embedding_cluster.model_id is 'The model whose vectors they are.';
comment on column embedding_cluster.number is 'As in the column cluster of the model''s table of sketches: above 0 for pictures, below 0 for texts. Never used again.';
comment on column embedding_cluster.centroid is 'Mean direction of its vectors, of length 1.';
comment on column embedding_cluster.vectors is 'Vectors in it when they were last counted.';
comment on column embedding_cluster.cohesion is 'Mean cosine similarity of its vectors to the centroid, when it was made.';

create table embedding_cluster_value (
  model_id uuid not null constraint embedding_cluster_value_model_id_fkey references embedding_model (id) on delete cascade,
  field text not null constraint embedding_cluster_value_field_check check (field in ('CATEGORY', 'BRAND', 'AVAILABILITY', 'PRICE', 'ATTRIBUTE')),
  name text not null,
  value text not null,
  lowest numeric,
  highest numeric,
  clusters integer[] not null,
  vectors integer[] not null,
  constraint embedding_cluster_value_pkey primary key (model_id, field, name, value)
);
comment on table embedding_cluster_value is 'How many vectors of each cluster are of products with a value that filters ask for: what tells a search in which clusters to look. Values of attributes that less than a ten-thousandth have are left out.';
comment on column embedding_cluster_value.model_id is 'The model whose clusters they are.';
comment on column embedding_cluster_value.field is 'CATEGORY, BRAND, AVAILABILITY, PRICE (in ranges of about as many vectors each) or ATTRIBUTE.';
comment on column embedding_cluster_value.name is 'Name of the attribute; empty for others.';
comment on column embedding_cluster_value.value is 'The category''s id, the brand, the availability, the attribute''s value, or the number of the range of prices.';
comment on column embedding_cluster_value.lowest is 'Lowest price of a range; null for others.';
comment on column embedding_cluster_value.highest is 'Highest price of a range; null for others.';
comment on column embedding_cluster_value.clusters is 'Numbers of the clusters where it occurs.';
comment on column embedding_cluster_value.vectors is 'How often, in the same order.';
