import type { VariantOutcome, VariantUpdate } from '../catalog/change-variants.ts';
import type { ImportOrder } from '../catalog/import-order.ts';
import type { FailurePlace, ImportPlace } from '../catalog/import-statements.ts';
import type { ProductInput } from '../catalog/product-input.ts';
import type { AttributeDefinition } from '../catalog/read-attributes.ts';
import type { EmbeddingCoverage } from '../catalog/read-coverage.ts';
import type { ImageFailure } from '../catalog/read-image-failures.ts';
import type { ImportFailure, ImportRun, ListPage } from '../catalog/read-imports.ts';
import type { Category, Product, ProductImage } from '../catalog/read-products.ts';
import type { CheckedSynonym } from '../catalog/synonyms/check-synonym.ts';
import type { Synonym } from '../catalog/synonyms/read-synonyms.ts';
import type { SynonymPlace } from '../catalog/synonyms/synonym-statements.ts';
import type { ProductUpdate, UpdateOutcome } from '../catalog/update-products.ts';
import type { WriteOutcome } from '../catalog/write-products.ts';
import type { EmbeddingModelRow } from '../database/embedding-models.ts';
import type {
  KeptConfiguration,
  KeptEvaluation,
  KeptGroup,
  KeptMeasure,
  WantedGroups,
} from '../evaluation/read-evaluations.ts';
import type { ConfigurationKey, EvaluationPlace } from '../evaluation/read-statements.ts';
import type { QueryInterpretation } from '../search/interpret-text.ts';
import type { ImageSource, SearchPage, SearchRequest } from '../search/request/search-request.ts';
import type { Suggestion } from '../search/suggest/suggest.ts';

/** A model of the shop, with how far its vectors are: pictures embedded, and pictures there are. */
export type EmbeddingModel = EmbeddingModelRow & { readonly embedded: number; readonly total: number };

/**
 * What GraphQL needs of the shop, as functions already bound to its database, model and files. Ids are bare UUIDs here.
 * The reads each run one statement for many keys and keep the order asked; see src/catalog/read-products.ts.
 */
export interface GraphqlDeps {
  readonly searchProducts: (request: SearchRequest, signal?: AbortSignal) => Promise<SearchPage>;
  /** Searches of one operation that may run at the same time. */
  readonly searchesAtOnce: number;
  /** Whether `plan` of a search answers. */
  readonly explain: boolean;
  readonly suggest: (request: { readonly prefix: string; readonly first: number }) => Promise<readonly Suggestion[]>;
  readonly getProductsByIds: (ids: readonly string[]) => Promise<(Product | undefined)[]>;
  /** Ids of the products that these skus are variants of. */
  readonly getProductIdsBySkus: (skus: readonly string[]) => Promise<(string | undefined)[]>;
  /** Ids of the products that have these variants. */
  readonly getProductIdsByVariants: (variantIds: readonly string[]) => Promise<(string | undefined)[]>;
  readonly getProductImages: (ids: readonly string[]) => Promise<(ProductImage | undefined)[]>;
  readonly getCategoriesByIds: (ids: readonly string[]) => Promise<(Category | undefined)[]>;
  readonly getChildCategories: (parentIds: readonly (string | null)[]) => Promise<Category[][]>;
  readonly countProductsInCategories: (ids: readonly string[]) => Promise<number[]>;
  readonly listEmbeddingModels: () => Promise<readonly EmbeddingModel[]>;
  readonly getEmbeddingCoverage: (modelIds: readonly string[]) => Promise<EmbeddingCoverage[][]>;
  /** The latest first. */
  readonly listImports: (page: PageOf<ImportPlace>) => Promise<ListPage<ImportRun>>;
  readonly getImportsByIds: (ids: readonly string[]) => Promise<(ImportRun | undefined)[]>;
  readonly listImportFailures: (
    importIds: readonly string[],
    page: PageOf<FailurePlace>,
  ) => Promise<ListPage<ImportFailure>[]>;
  /** Begins an import in the background. @throws AppError SERVER_OVERLOADED, NOT_FOUND, FEED_INVALID */
  readonly startImport: (order: ImportOrder) => Promise<{ readonly importId: string }>;
  /** False where it does not run in this process. */
  readonly cancelImport: (importId: string) => boolean;
  /** The latest first. */
  readonly listEvaluations: (page: PageOf<EvaluationPlace>) => Promise<ListPage<KeptEvaluation>>;
  readonly getEvaluationsByIds: (ids: readonly string[]) => Promise<(KeptEvaluation | undefined)[]>;
  readonly getEvaluationConfigurations: (evaluationIds: readonly string[]) => Promise<KeptConfiguration[][]>;
  readonly getEvaluationMeasures: (keys: readonly ConfigurationKey[]) => Promise<KeptMeasure[][]>;
  readonly getWeakestGroups: (keys: readonly ConfigurationKey[], wanted: WantedGroups) => Promise<KeptGroup[][]>;
  /** ISO 4217: what prices are compared in, null where none is known; and those of all prices, most frequent first. */
  readonly getCurrencies: () => Promise<{ readonly main: string | null; readonly all: readonly string[] }>;
  /** Those of most products first. */
  readonly listAttributes: (wanted: { search: string; first: number }) => Promise<readonly AttributeDefinition[]>;
  /** In the order of pictures' ids. @param page.after - the id of a picture */
  readonly listImageFailures: (page: PageOf<string>) => Promise<ListPage<ImageFailure>>;
  /** At most 500 at a time. Wakes the embedding of what is new. */
  readonly upsertProducts: (products: readonly ProductInput[]) => Promise<WriteOutcome[]>;
  /** At most 500 at a time. Wakes the embedding of what is new. */
  readonly updateProducts: (updates: readonly ProductUpdate[]) => Promise<UpdateOutcome[]>;
  /** At most 500 at a time. Wakes the embedding of what is new. */
  readonly updateVariants: (updates: readonly VariantUpdate[]) => Promise<VariantOutcome[]>;
  /** Returns how many there were. */
  readonly deleteProducts: (ids: readonly string[]) => Promise<number>;
  /** At most 500 at a time. Returns the ids of those that were there. */
  readonly deleteVariants: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly interpretQuery: (request: {
    readonly text: string;
    readonly locale: string | undefined;
  }) => Promise<QueryInterpretation>;
  /** The latest first. */
  readonly listSynonyms: (page: PageOf<SynonymPlace>) => Promise<ListPage<Synonym>>;
  readonly getSynonymsByIds: (ids: readonly string[]) => Promise<(Synonym | undefined)[]>;
  /** At most 500 rules that were checked. @returns their ids. @throws AppError BAD_USER_INPUT for more than a shop may have */
  readonly addSynonyms: (rules: readonly CheckedSynonym[]) => Promise<string[]>;
  /** Returns how many there were. */
  readonly deleteSynonyms: (ids: readonly string[]) => Promise<number>;
  /** The bytes of a picture that a request names: the same function that searches use. @throws AppError IMAGE_*, BAD_USER_INPUT */
  readonly loadImage: (source: ImageSource) => Promise<Uint8Array>;
}

/** Which page of a list: so many items behind a place, or the first ones. */
export interface PageOf<Place> {
  readonly first: number;
  readonly after: Place | undefined;
}
