import type { ColumnType, JSONColumnType } from 'kysely';
import type { Timestamp } from './column-types.ts';

export interface EvaluationTable {
  id: string;
  created_at: Timestamp;
  query_source: 'FILE' | 'CATALOGUE';
  query_file: string | null;
  distortions: string[];
  query_count: number;
  sample: number | null;
  /** bigint; the driver reads it as text. */
  seed: ColumnType<string, number, never>;
  model_name: string;
  model_version: string;
  findings: string[];
}

export interface EvaluationConfigurationTable {
  evaluation_id: string;
  name: string;
  position: number;
  settings: JSONColumnType<object>;
  queries_per_second: number;
  p50_milliseconds: number;
  p95_milliseconds: number;
}

/** What a metric looks for; NONE where it says so itself. */
export type EvaluationTarget = 'PRODUCT' | 'CATEGORY' | 'NONE';

export interface EvaluationMetricTable {
  evaluation_id: string;
  configuration: string;
  slice_name: string;
  slice_value: string;
  metric: string;
  target: EvaluationTarget;
  k: number | null;
  query_count: number;
  value: number;
  low: number;
  high: number;
}

export interface EvaluationDifferenceTable {
  evaluation_id: string;
  configuration: string;
  metric: string;
  target: EvaluationTarget;
  k: number | null;
  difference: number;
  low: number;
  high: number;
  p_value: number;
}

export interface EvaluationQueryTable {
  evaluation_id: string;
  configuration: string;
  position: number;
  query_text: string | null;
  picture: string | null;
  expected_sku: string | null;
  expected_category: string[] | null;
  product_rank: number | null;
  category_rank: number | null;
  result_skus: string[];
  milliseconds: number;
}
