-- Evaluations of search quality, as `lookgraph evaluate` measures it: what was asked, what came out, and how sure the figures are. docs/evaluation.md defines the
-- metrics. Rows stay until they are deleted; deleting an evaluation deletes all of it. Time: none. Undo: drop the tables.

create table evaluation (
  id uuid constraint evaluation_pkey primary key,
  created_at timestamptz not null default now(),
  query_source text not null constraint evaluation_query_source_check check (query_source in ('FILE', 'CATALOGUE')),
  query_file text constraint evaluation_query_file_check check ((query_file is not null) = (query_source = 'FILE')),
  distortions text[] not null,
  query_count integer not null constraint evaluation_query_count_check check (query_count > 0),
  sample integer constraint evaluation_sample_check check (sample > 0),
  seed bigint not null,
  model_name text not null,
  model_version text not null,
  findings text[] not null
);
comment on table evaluation is 'One row for each run of `lookgraph evaluate`.';
comment on column evaluation.id is 'Random.';
comment on column evaluation.created_at is 'When it was finished.';
comment on column evaluation.query_source is 'FILE (queries with what they should find) or CATALOGUE (its own pictures).';
comment on column evaluation.query_file is 'Name of the file; null without.';
comment on column evaluation.distortions is 'How the catalogue''s pictures were distorted; empty where they were not.';
comment on column evaluation.query_count is 'Queries asked.';
comment on column evaluation.sample is 'Queries, or pictures, that were drawn at most; null for all.';
comment on column evaluation.seed is 'Of everything that is random: the same seed on the same catalogue gives the same figures.';
comment on column evaluation.model_name is 'Name of the embedding model.';
comment on column evaluation.model_version is 'Its version.';
comment on column evaluation.findings is 'What the figures say, in sentences.';

create table evaluation_configuration (
  evaluation_id uuid not null constraint evaluation_configuration_evaluation_id_fkey references evaluation (id) on delete cascade,
  name text not null,
  position integer not null,
  settings jsonb not null constraint evaluation_configuration_settings_check check (jsonb_typeof(settings) = 'object'),
  queries_per_second double precision not null,
  p50_milliseconds double precision not null,
  p95_milliseconds double precision not null,
  constraint evaluation_configuration_pkey primary key (evaluation_id, name)
);
comment on table evaluation_configuration is 'The ways in which the queries of an evaluation were asked.';
comment on column evaluation_configuration.evaluation_id is 'The evaluation.';
comment on column evaluation_configuration.name is 'As it was typed: words=off; "default" for none of it.';
comment on column evaluation_configuration.position is '0: the one that the others are compared with.';
comment on column evaluation_configuration.settings is 'All settings: words, filterByCategory, textWeight, pictureWeight.';
comment on column evaluation_configuration.queries_per_second is 'Two at a time, on the machine of the evaluation.';
comment on column evaluation_configuration.p50_milliseconds is 'Half of the queries took at most so long.';
comment on column evaluation_configuration.p95_milliseconds is '95 of 100 queries took at most so long.';

create table evaluation_metric (
  evaluation_id uuid not null,
  configuration text not null,
  slice_name text not null,
  slice_value text not null,
  metric text not null,
  target text not null constraint evaluation_metric_target_check check (target in ('PRODUCT', 'CATEGORY', 'NONE')),
  k integer,
  query_count integer not null,
  value double precision not null,
  low double precision not null,
  high double precision not null,
  constraint evaluation_metric_key unique nulls not distinct (evaluation_id, configuration, slice_name, slice_value, metric, target, k),
  constraint evaluation_metric_configuration_fkey foreign key (evaluation_id, configuration)
    references evaluation_configuration (evaluation_id, name) on delete cascade
);
comment on table evaluation_metric is 'What an evaluation measured: each metric, over all queries and over each group of them.';
comment on column evaluation_metric.evaluation_id is 'The evaluation.';
comment on column evaluation_metric.configuration is 'How the queries were asked.';
comment on column evaluation_metric.slice_name is 'What the queries are grouped by: category, query, picture, distortion or a column of the file; "all" for all queries.';
comment on column evaluation_metric.slice_value is 'The group; "all" for all queries.';
comment on column evaluation_metric.metric is 'GOT_RESULTS, SAME_CATEGORY, SAME_SUB_CATEGORY, SAME_PRODUCT, PRECISION, RECALL, HIT_RATE, AVERAGE_PRECISION, NDCG, RECIPROCAL_RANK, CATEGORY_SPREAD or REPEATED_PRODUCTS; docs/evaluation.md defines them.';
comment on column evaluation_metric.target is 'What was to be found: the PRODUCT or any of its CATEGORY; NONE where the metric says it itself.';
comment on column evaluation_metric.k is 'Results that were looked at; null for the whole ranking.';
comment on column evaluation_metric.query_count is 'Queries that the metric is defined for.';
comment on column evaluation_metric.value is 'Its mean over them.';
comment on column evaluation_metric.low is 'Lower end of the 95 % confidence interval.';
comment on column evaluation_metric.high is 'Upper end.';

create table evaluation_difference (
  evaluation_id uuid not null,
  configuration text not null,
  metric text not null,
  target text not null constraint evaluation_difference_target_check check (target in ('PRODUCT', 'CATEGORY', 'NONE')),
  k integer,
  difference double precision not null,
  low double precision not null,
  high double precision not null,
  p_value double precision not null constraint evaluation_difference_p_value_check check (p_value > 0 and p_value <= 1),
  constraint evaluation_difference_key unique nulls not distinct (evaluation_id, configuration, metric, target, k),
  constraint evaluation_difference_configuration_fkey foreign key (evaluation_id, configuration)
    references evaluation_configuration (evaluation_id, name) on delete cascade
);
comment on table evaluation_difference is 'How a configuration differs from the first one of its evaluation, over all queries.';
comment on column evaluation_difference.evaluation_id is 'The evaluation.';
comment on column evaluation_difference.configuration is 'The one that is compared with the first.';
comment on column evaluation_difference.metric is 'As in evaluation_metric.';
comment on column evaluation_difference.target is 'As in evaluation_metric.';
comment on column evaluation_difference.k is 'As in evaluation_metric.';
comment on column evaluation_difference.difference is 'Its value minus that of the first configuration.';
comment on column evaluation_difference.low is 'Lower end of the 95 % confidence interval of the difference.';
comment on column evaluation_difference.high is 'Upper end.';
comment on column evaluation_difference.p_value is 'How often chance makes a difference at least as large where there is none.';

create table evaluation_query (
  evaluation_id uuid not null,
  configuration text not null,
  position integer not null,
  query_text text,
  picture text,
  expected_sku text,
  expected_category text[],
  product_rank integer,
  category_rank integer,
  result_skus text[] not null,
  milliseconds double precision not null,
  constraint evaluation_query_pkey primary key (evaluation_id, configuration, position),
  constraint evaluation_query_configuration_fkey foreign key (evaluation_id, configuration)
    references evaluation_configuration (evaluation_id, name) on delete cascade
);
comment on table evaluation_query is 'Each query of an evaluation and what it found.';
comment on column evaluation_query.evaluation_id is 'The evaluation.';
comment on column evaluation_query.configuration is 'How it was asked.';
comment on column evaluation_query.position is 'Its place in the set of queries, from 1.';
comment on column evaluation_query.query_text is 'Its words; null without.';
comment on column evaluation_query.picture is 'Its picture: a file, or the id of a picture of the catalogue, with how it was distorted; null without.';
comment on column evaluation_query.expected_sku is 'The product that it should find; null where any of the category will do.';
comment on column evaluation_query.expected_category is 'The category that it should find, names from the top down; null where it is not known.';
comment on column evaluation_query.product_rank is 'Rank of that product, from 1; null where it is not among the results that were read.';
comment on column evaluation_query.category_rank is 'Rank of the first product of that category; null as well.';
comment on column evaluation_query.result_skus is 'The first 30 results, best first.';
comment on column evaluation_query.milliseconds is 'What the search took.';
