import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Availability } from './closed-sets.ts';
import type { StoredVector, TextSearchVector, Timestamp } from './column-types.ts';
import type {
  EvaluationConfigurationTable,
  EvaluationDifferenceTable,
  EvaluationMetricTable,
  EvaluationQueryTable,
  EvaluationTable,
} from './evaluation-tables.ts';
import type { ClusterScatter, ScanCosts } from './measurements.ts';
import type {
  SearchTable,
  SearchWindowPartTable,
  SearchWindowTable,
  SearchWordTable,
  SuggestionTable,
} from './search-tables.ts';
import type { SynonymTable, SynonymVersionTable } from './synonym-tables.ts';

/** The tables as migrations/ defines them, for Kysely. snake_case as in SQL: what you read here is what you type in psql. */
export interface Database {
  catalog_count: CatalogCountTable;
  category: CategoryTable;
  product: ProductTable;
  product_variant: ProductVariantTable;
  product_image: ProductImageTable;
  picture_source: PictureSourceTable;
  embedding_model: EmbeddingModelTable;
  embedding_cluster: EmbeddingClusterTable;
  embedding_cluster_value: EmbeddingClusterValueTable;
  embedding_statistic: EmbeddingStatisticTable;
  import: ImportTable;
  import_item: ImportItemTable;
  synonym: SynonymTable;
  synonym_version: SynonymVersionTable;
  search: SearchTable;
  search_word: SearchWordTable;
  search_word_change: SearchWordTable;
  suggestion: SuggestionTable;
  search_window: SearchWindowTable;
  search_window_part: SearchWindowPartTable;
  shop_secret: ShopSecretTable;
  evaluation: EvaluationTable;
  evaluation_configuration: EvaluationConfigurationTable;
  evaluation_metric: EvaluationMetricTable;
  evaluation_difference: EvaluationDifferenceTable;
  evaluation_query: EvaluationQueryTable;
}

export type ImageState = 'PENDING' | 'READY' | 'FAILED' | 'IGNORED';
export type EmbeddingModelState = 'BUILDING' | 'ACTIVE' | 'RETIRED';
/** What a statistic compares: query kind first, document kind second. */
export type EmbeddingPair = 'TEXT_IMAGE' | 'IMAGE_IMAGE' | 'TEXT_TEXT' | 'COMPOSED';

/** What is counted over all products and kept. */
export type CatalogCountName = 'CURRENCIES' | 'ATTRIBUTES';

export interface CatalogCountTable {
  name: CatalogCountName;
  /** CurrencyCount or AttributeCount of each, the most frequent first. */
  counts: JSONColumnType<unknown[]>;
  milliseconds: number;
  counted_at: Timestamp;
}

export interface CategoryTable {
  id: string;
  parent_id: string | null;
  name: string;
  path: string[];
  ancestor_ids: string[];
  created_at: Timestamp;
  /** Null, as those that follow: waits to be analysed. */
  name_key: string | null;
  numberless_key: string | null;
  /** Written as text. */
  words: ColumnType<TextSearchVector | null, string | null | undefined, string | null>;
  words_version: string | null;
}

export interface ProductTable {
  id: string;
  group_id: string;
  title: string;
  description: string | null;
  brand: string | null;
  category_id: string | null;
  /** Null for none. */
  further_category_ids: Generated<string[] | null>;
  link: string | null;
  options: Generated<string[]>;
  content_hash: string;
  /** What its variants have together, kept by triggers of product_variant: every value, by name. */
  attributes: JSONColumnType<Record<string, string[]>>;
  /** Kept as well: what all variants have with the same values. */
  common_attributes: ColumnType<Record<string, string[]>, string | undefined, string>;
  codes: Generated<string[]>;
  variant_count: Generated<number>;
  look_count: Generated<number>;
  /** numeric; the driver gives it as an exact decimal string. Of all variants, whatever their currency. */
  price_lowest: string | null;
  price_highest: string | null;
  /** Null without a price, and with prices in several. */
  price_currency: string | null;
  availability: Generated<Availability>;
  on_sale: Generated<boolean>;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** Written as text (src/words/stored-lexemes.ts). */
  words: ColumnType<TextSearchVector, string | undefined, string>;
  title_key: Generated<string>;
  title_key_bare: Generated<string>;
  brand_key: Generated<string>;
  /** Written as text. */
  title_words: ColumnType<TextSearchVector, string | undefined, string>;
  /** Null: waits to be analysed. */
  words_version: string | null;
}

export interface ProductVariantTable {
  product_id: string;
  id: string;
  sku: string;
  position: Generated<number>;
  /** Null: that of the product. */
  title: string | null;
  /** Its product's included. */
  attributes: JSONColumnType<Record<string, string[]>>;
  /** numeric; the driver gives it as an exact decimal string. */
  price_amount: string | null;
  price_currency: string | null;
  /** numeric, in price_currency. */
  compare_at_amount: string | null;
  availability: Generated<Availability>;
  quantity: number | null;
  gtin: string | null;
  mpn: string | null;
  link: string | null;
  look: Generated<number>;
  image_ids: Generated<string[]>;
  content_hash: Generated<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface ProductImageTable {
  product_id: string;
  id: string;
  position: number;
  /** Null: of no look in particular. */
  looks: readonly number[] | null;
  source: string;
  source_version: string | null;
  content_hash: string | null;
  width: number | null;
  height: number | null;
  state: Generated<ImageState>;
  failure: string | null;
  note: string | null;
  margin: number | null;
  created_at: Timestamp;
}

/** What was found at a web address. */
export interface PictureSourceTable {
  id: string;
  source: string;
  version: string | null;
  content_hash: string | null;
  width: number | null;
  height: number | null;
  asked_at: Date;
  failure: string | null;
  failures: Generated<number>;
  ask_again_at: Date | null;
}

export interface EmbeddingModelTable {
  id: string;
  name: string;
  version: string;
  manifest_hash: string;
  dimensions: number;
  state: EmbeddingModelState;
  image_table: string;
  text_table: string;
  created_at: Timestamp;
  activated_at: Date | null;
  last_cluster: Generated<number>;
  /** Null while it has no sketches: then what follows is null, too. */
  sketch_table: string | null;
  sketched_at: Date | null;
  sketched_pictures: number | null;
  scan_costs: (ScanCosts | Omit<ScanCosts, 'read' | 'listed' | 'listedAttribute'>) | null;
  cluster_scatter: ClusterScatter | null;
}

export interface EmbeddingClusterTable {
  model_id: string;
  number: number;
  centroid: StoredVector;
  vectors: number;
  cohesion: number;
}

/** How many vectors of each cluster are of products with a value that filters ask for. */
export interface EmbeddingClusterValueTable {
  model_id: string;
  field: 'CATEGORY' | 'BRAND' | 'AVAILABILITY' | 'PRICE' | 'ATTRIBUTE';
  name: string;
  value: string;
  lowest: string | null;
  highest: string | null;
  clusters: number[];
  vectors: number[];
}

export interface EmbeddingStatisticTable {
  model_id: string;
  pair: EmbeddingPair;
  mean: number;
  standard_deviation: number;
  sample_size: number;
  nearest_mean: number | null;
  nearest_standard_deviation: number | null;
  nearest_sample_size: number | null;
  measured_at: Timestamp;
}

/** A table of one model's picture vectors; its name is in embedding_model.image_table. The vector itself is never selected. */
export interface ImageEmbeddingTable {
  product_id: string;
  image_id: string;
  embedding: StoredVector;
}

/** A table of one model's text vectors; its name is in embedding_model.text_table. */
export interface TextEmbeddingTable {
  product_id: string;
  text_hash: string;
  embedding: StoredVector;
  /** Kept by triggers. */
  pictureless: boolean;
}

export interface ImportTable {
  id: string;
  source: string;
  /** Null until the feed was looked at. */
  format: 'TSV' | 'CSV' | 'JSON' | 'JSONL' | 'XML' | null;
  state: 'RUNNING' | 'COMPLETED' | 'INTERRUPTED' | 'FAILED';
  started_at: Timestamp;
  finished_at: Date | null;
  products_created: Generated<number>;
  products_updated: Generated<number>;
  products_unchanged: Generated<number>;
  products_failed: Generated<number>;
  images_embedded: Generated<number>;
  images_failed: Generated<number>;
  products_missing: number | null;
  products_deleted: Generated<number>;
  products_expired: Generated<number>;
  failure: string | null;
  phase: ImportPhase | null;
  phase_started_at: Date | null;
  phase_done: number | null;
  phase_total: number | null;
  updated_at: Date | null;
}

/** What an import does, in this order. */
export type ImportPhase = 'FETCHING' | 'READING' | 'EMBEDDING' | 'INDEXING';

export interface ImportItemTable {
  import_id: string;
  id: string;
  line: number | null;
  sku: string | null;
  image_source: string | null;
  outcome: 'CREATED' | 'UPDATED' | 'FAILED';
  reason: string | null;
}

export interface ShopSecretTable {
  name: 'cursor_key';
  value: Buffer;
  created_at: Timestamp;
}
