// Generated from web/operations.graphql and web/catalogue/operations.graphql by `npm run codegen`; do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Exactly one way to name a product. */
export type ProductKey =
  {   /** Its global id. */
  readonly id: string | number; readonly sku?: never; readonly groupId?: never; }
  |  { readonly id?: never;   /** The sku of any of its variants. */
  readonly sku: string; readonly groupId?: never; }
  |  { readonly id?: never; readonly sku?: never;   /** The shop's own identifier of the product: a feed's item_group_id, or the sku where a row has none. */
  readonly groupId: string; };

/** Exactly one way to name a category. */
export type CategoryKey =
  {   /** Its global id. */
  readonly id: string | number; readonly path?: never; }
  |  { readonly id?: never;   /** Names from the top down: ["Apparel", "Topwear", "Shirts"]. */
  readonly path: ReadonlyArray<string>; };

/** Whether a product can be bought now. */
export type Availability =
  /** Can be bought and sent now. */
  | 'IN_STOCK'
  /** Cannot be bought now. */
  | 'OUT_OF_STOCK'
  /** Not out yet; can be ordered. */
  | 'PREORDER'
  /** Can be ordered; sent when the shop has it again. */
  | 'BACKORDER';

/** A search. */
export type ProductSearchInput = {
  /** What to look for. With none, the filter is browsed in the order of `sort`. At most 8. */
  readonly terms?: ReadonlyArray<SearchTerm>;
  /** What every result must satisfy. */
  readonly filter?: ProductFilter | null | undefined;
  /** Whether words count beside the vectors: those of codes, titles, brands, categories, attributes and descriptions. */
  readonly words?: WordMatching;
  /** What becomes of words that seem to be misspelt. */
  readonly spelling?: SpellingMode;
  /**
   * Leave out results below this relevance (0 to 1), boosts not counted. Counts and facets follow it. Pinned products stay.
   * 0.5 leaves what matches at least weakly.
   */
  readonly minRelevance?: number;
  /** The order. */
  readonly sort?: ProductSort;
  /** The attribute that NUMBER_ASC and NUMBER_DESC sort by, as the shop writes it; for these alone. */
  readonly sortAttribute?: string | null | undefined;
  /** What one result is. Counts, facets, pages and cursors follow it. */
  readonly collapse?: Collapse;
  /**
   * ISO 4217: what prices are filtered, sorted and counted in; that of `shop` when left out. Amounts of different currencies are never compared: a product priced in another one
   * does not match a condition on its price, and comes last, with those without a price, where results are sorted by it.
   */
  readonly currency?: string | null | undefined;
  /** What becomes of products that are OUT_OF_STOCK. */
  readonly unavailable?: UnavailableProducts;
  /** Raise or lower results by what the shop knows. At most 8. */
  readonly boosts?: ReadonlyArray<Boost>;
  /** Put these first, in this order, when they satisfy the filter: of several looks or variants of one the best. At most 20. */
  readonly pin?: ReadonlyArray<ProductKey>;
  /** Leave these out. At most 100. */
  readonly exclude?: ReadonlyArray<ProductKey>;
  /** Trade closeness for variety. For terms and sort RELEVANCE. */
  readonly diversify?: Diversify | null | undefined;
};

/**
 * One thing to look for. A negative weight steers away from it: models do not understand "a dress without sleeves"; the text "dress"
 * and the text "sleeves" with the weight -0.5 say it.
 */
export type SearchTerm = {
  /** What it looks for. */
  readonly match: SearchMatch;
  /** -1 to 1, not 0; relative to the other terms. */
  readonly weight?: number;
};

/** Exactly one of them. */
export type SearchMatch =
  {   /** Words, in natural language; what it says in the negative is not understood. At most 1,000 characters. */
  readonly text: string; readonly image?: never; readonly product?: never; }
  |  { readonly text?: never;   /** A picture, or a part of one. */
  readonly image: ImageMatch; readonly product?: never; }
  |  { readonly text?: never; readonly image?: never;   /** Like this product: all its pictures count. */
  readonly product: ProductKey; };

/** A picture to look for. */
export type ImageMatch = {
  /** Where the picture comes from. */
  readonly source: ImageSource;
  /** The part of the picture that is meant, taken as it is; when left out, it is found out what is meant (`adjust`). */
  readonly region?: Region | null | undefined;
  /**
   * Whether plain margins, a phone's bars and letterboxes are left out, and a picture that lies on its side is turned upright, where the catalogue has something more similar to that than to the
   * whole; `queryImages` says what was done. Pictures of the catalogue (`productImage`) and regions are taken as they are.
   */
  readonly adjust?: boolean;
};

/** Exactly one of them. */
export type ImageSource =
  {   /** The id that POST /uploads gave. */
  readonly upload: string | number; readonly base64?: never; readonly url?: never; readonly productImage?: never; }
  |  { readonly upload?: never;   /** A small picture, base64 or a data: address, at most 4 MB decoded. */
  readonly base64: string; readonly url?: never; readonly productImage?: never; }
  |  { readonly upload?: never; readonly base64?: never;   /** A public address that the server fetches, where the shop allows it. */
  readonly url: string; readonly productImage?: never; }
  |  { readonly upload?: never; readonly base64?: never; readonly url?: never;   /** A picture that is in the catalogue. */
  readonly productImage: string | number; };

/** A rectangle in fractions of the upright picture: 0 is the left or top edge, 1 the right or bottom. */
export type Region = {
  /** The left edge. */
  readonly x: number;
  /** The top edge. */
  readonly y: number;
  /** More than 0. */
  readonly width: number;
  /** More than 0. */
  readonly height: number;
};

/**
 * All given conditions hold together. The whole filter, however nested, is asked of one variant at a time, together with its product: a product is a result if one and the same variant satisfies all of
 * it. Of the product are category, brand, product, hasPicture and updatedAt; of the variant price, availability, onSale, gtin, attributes and numbers. Only hasVariant asks whether any variant does.
 */
export type ProductFilter = {
  /** All of these hold. */
  readonly and?: ReadonlyArray<ProductFilter> | null | undefined;
  /** At least one of these holds; an empty list matches nothing. */
  readonly or?: ReadonlyArray<ProductFilter> | null | undefined;
  /** This does not hold. */
  readonly not?: ProductFilter | null | undefined;
  /** It is in one of these categories. */
  readonly category?: CategoryFilter | null | undefined;
  /** By brand, exactly as the shop writes it. */
  readonly brand?: StringFilter | null | undefined;
  /** By price; products without one in the search's currency do not match. */
  readonly price?: DecimalRange | null | undefined;
  /** It is one of these. */
  readonly availability?: ReadonlyArray<Availability> | null | undefined;
  /** Whether it costs less than before (compareAtPrice). */
  readonly onSale?: boolean | null | undefined;
  /** All of these hold. */
  readonly attributes?: ReadonlyArray<AttributeFilter> | null | undefined;
  /** All of these hold, of attributes whose values are numbers. */
  readonly numbers?: ReadonlyArray<NumberFilter> | null | undefined;
  /** By product. */
  readonly product?: ProductKeyFilter | null | undefined;
  /** By product code, exactly as the shop writes it. */
  readonly gtin?: StringFilter | null | undefined;
  /** By when what the shop says of it last changed. */
  readonly updatedAt?: DateTimeRange | null | undefined;
  /** Whether it has a picture that can be searched (state READY). */
  readonly hasPicture?: boolean | null | undefined;
  /** Some variant of the product satisfies this, not necessarily the one that is shown; within `not`: none does. */
  readonly hasVariant?: ProductFilter | null | undefined;
};

/** Products of certain categories. */
export type CategoryFilter = {
  /** At least one of them. A category that does not exist is refused. */
  readonly in: ReadonlyArray<CategoryKey>;
  /** Whether products in the categories below count, too. */
  readonly includeDescendants?: boolean;
};

/** A condition on a text. */
export type StringFilter = {
  /** It has one of these values; an empty list matches nothing. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** It has none of these values; holds also where there is no value. */
  readonly notIn?: ReadonlyArray<string> | null | undefined;
};

/** Both ends included; in the search's currency. */
export type DecimalRange = {
  /** At least this. */
  readonly min?: string | null | undefined;
  /** At most this. */
  readonly max?: string | null | undefined;
};

/** A condition on an attribute. */
export type AttributeFilter = {
  /** The attribute's name, as the shop writes it. */
  readonly name: string;
  /** It has one of these values; an empty list matches nothing. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** It has none of these values; holds also where there is no value. */
  readonly notIn?: ReadonlyArray<string> | null | undefined;
};

/**
 * A condition on an attribute as a number, both ends included. A value is a number if it is written out in digits: "12", "-0.5"; "12 cm" and "1e3" are not.
 * Of several values one must be within the range; products without a number do not match. Without ends every product matches.
 */
export type NumberFilter = {
  /** The attribute's name, as the shop writes it. */
  readonly name: string;
  /** At least this. */
  readonly min?: string | null | undefined;
  /** At most this. */
  readonly max?: string | null | undefined;
};

/** A condition on the product itself. */
export type ProductKeyFilter = {
  /** It is one of these; an empty list matches nothing. */
  readonly in?: ReadonlyArray<ProductKey> | null | undefined;
  /** It is none of these. */
  readonly notIn?: ReadonlyArray<ProductKey> | null | undefined;
};

/** Both ends included. */
export type DateTimeRange = {
  /** Not before this. */
  readonly from?: string | null | undefined;
  /** Not after this. */
  readonly to?: string | null | undefined;
};

/** Whether words are matched as words. */
export type WordMatching =
  /** On for text terms, off for picture-only searches. */
  | 'AUTO'
  /** Vectors alone. */
  | 'OFF'
  /** Words alone: no vectors. */
  | 'ONLY';

/** What becomes of words that seem to be misspelt. */
export type SpellingMode =
  /** They are searched for as what they were likely meant to be; `corrections` says what each was taken for. */
  | 'MEND'
  /** Exactly what was written is searched for. */
  | 'AS_WRITTEN';

/** The order of a search's results; by prices and numbers that of the variant that is shown. Ties are broken by id, so that every order is whole. */
export type ProductSort =
  /** Best match first. Without terms the same as NEWEST. */
  | 'RELEVANCE'
  /**
   * Cheapest first, in the search's currency; products without a price in it last. With terms, as every order but RELEVANCE: all that satisfies the filter and
   * minRelevance, so set minRelevance, or the cheapest arbitrary product comes first.
   */
  | 'PRICE_ASC'
  /** Dearest first, in the search's currency; products without a price in it last. */
  | 'PRICE_DESC'
  /** Changed last first. */
  | 'NEWEST'
  /** By title, from A to Z. */
  | 'TITLE'
  /** By the numbers of `sortAttribute`, of several the least; the least first, products without a number last. See NumberFilter for what is a number. */
  | 'NUMBER_ASC'
  /** By the numbers of `sortAttribute`, of several the greatest; the greatest first, products without a number last. */
  | 'NUMBER_DESC';

/** What one result is. Whatever it is, one and the same of its variants satisfies the whole filter, and looks and variants of a product that are as good as each other come in the shop's order. */
export type Collapse =
  /** A product. */
  | 'PRODUCT'
  /** A look: the variants of a product with the same picture. A red and a blue shirt both stand. */
  | 'LOOK'
  /** A variant. */
  | 'VARIANT';

/** What becomes of products that are OUT_OF_STOCK. */
export type UnavailableProducts =
  /** They are results like any other. */
  | 'SHOW'
  /** They come after all others. */
  | 'LAST'
  /** They are no results: left out of counts and facets, too. */
  | 'HIDE';

/** Raises or lowers results in the order RELEVANCE; neither `relevance` nor minRelevance knows of it. */
export type Boost = {
  /** Which products. */
  readonly filter: ProductFilter;
  /** Added to what satisfies the filter is ordered by: -1 to 1, where 1 is as much as a product that has and shows all that was asked for. */
  readonly by: number;
};

/** Trades closeness for variety of looks, brands and categories. */
export type Diversify = {
  /** 0: closeness alone. 1: variety alone. */
  readonly strength?: number;
  /** Candidates to choose from, `first` to 500; 5 times `first` when left out. What follows them is in the order RELEVANCE. */
  readonly candidates?: number | null | undefined;
};

/** How a word of a query was read to find a product. */
export type WordReading =
  /** As it stands, whatever its case, accents and separators. */
  | 'WRITTEN'
  /** By its stem: "running" for "run". */
  | 'STEM'
  /** Its other number or spelling: "mouse" for "mice". */
  | 'IRREGULAR'
  /** Written as one in the catalogue ("sunglasses" for "sun glasses") or in the query. */
  | 'JOINED'
  /** Written as several in the catalogue: "flip flops" for "flipflops". */
  | 'SPLIT'
  /** The last part of a longer word: "Terrassenschrauben" for "schrauben". */
  | 'COMPOUND'
  /** By the shop's synonyms. */
  | 'SYNONYM'
  /** A code, or the beginning of one. */
  | 'CODE'
  /** Misspelt: see `corrections`. */
  | 'MENDED'
  /** Another amount of what was asked, which counts against the product: 5 kg for 500 g. */
  | 'OTHER_AMOUNT';

/** What to count by: exactly one of them. */
export type FacetField =
  {   /** Something that every product may have. */
  readonly builtIn: BuiltInFacet; readonly attribute?: never; }
  |  { readonly builtIn?: never;   /** The name of an attribute. */
  readonly attribute: string; };

/** What every product may have. */
export type BuiltInFacet =
  /** Each product counts in its categories and in all above, once in each. */
  | 'CATEGORY'
  /** Each brand as the shop writes it. */
  | 'BRAND'
  /** The lowest and the highest price. */
  | 'PRICE'
  /** Each state of availability. */
  | 'AVAILABILITY';

/** How good the best match of a search is. */
export type MatchQuality =
  /** The best match has a relevance of at least 0.8. */
  | 'STRONG'
  /** The best match has a relevance of at least 0.5. */
  | 'WEAK'
  /** Nothing in the catalogue matches; what is shown is merely the nearest. */
  | 'NONE';

/** What a search does, in this order. */
export type SearchStageName =
  /** Reads the frozen result that a later page is cut from. */
  | 'WINDOW'
  /** Looks up what the filters name: categories and all below them. */
  | 'FILTER'
  /** Understands the words: which ones the catalogue knows, and what misspelt ones were meant to be. */
  | 'WORDS'
  /** Makes vectors of the terms: texts and pictures are encoded, products bring theirs. */
  | 'VECTORS'
  /** Finds, scores and orders the products. */
  | 'RANKING'
  /** Chooses a varied page (`diversify`). */
  | 'VARIETY'
  /** Cuts the page, and keeps the result for the pages after it. */
  | 'PAGE';

/** How the nearest vectors were found. */
export type SearchStrategy =
  /** Every matching vector was compared: recall 1. */
  | 'EXACT'
  /** The HNSW index, scanned until enough products passed the filter. */
  | 'HNSW'
  /** Sketches of a few bytes each, beside the columns that filters ask for; then the vectors of the nearest of these were compared. */
  | 'SKETCH'
  /** No vectors took part. */
  | 'NONE';

/** What a suggestion names. */
export type SuggestionKind =
  /** The title of a product. */
  | 'PRODUCT'
  /** A brand. */
  | 'BRAND'
  /** A category. */
  | 'CATEGORY';

/** What a piece of a query means. */
export type InterpretedKind =
  /** A bound on the price. */
  | 'PRICE'
  /** A brand. */
  | 'BRAND'
  /** A category, with all below it. */
  | 'CATEGORY'
  /** A value of an attribute. */
  | 'ATTRIBUTE'
  /** Words that the catalogue has no name for. */
  | 'WORDS';

/** What a vector is made of. */
export type EmbeddingKind =
  /** A picture of a product. */
  | 'IMAGE'
  /** Title and description of a product. */
  | 'TEXT';

/** What a model is for now. */
export type EmbeddingModelState =
  /** Its vectors are being made; searches do not use it. */
  | 'BUILDING'
  /** Searches use it. */
  | 'ACTIVE'
  /** Kept so that one can go back to it. */
  | 'RETIRED';

/** How a feed is written. */
export type FeedFormat =
  /** Values separated by tabs. */
  | 'TSV'
  /** Values separated by commas, semicolons or vertical bars. */
  | 'CSV'
  /** One JSON document: a list of products, or an object that holds one. */
  | 'JSON'
  /** One JSON object a line. */
  | 'JSONL'
  /** XML: RSS, Atom, and others that repeat an element for each product. */
  | 'XML';

/** How an import stands. */
export type ImportState =
  /** Under way. One whose process was killed says so, too, until the next import begins; `progress.updatedAt` tells them apart. */
  | 'RUNNING'
  /** Read to its end. */
  | 'COMPLETED'
  /** Stopped before its end; what was done stays. Run it again. */
  | 'INTERRUPTED'
  /** Given up; see `failure`. */
  | 'FAILED';

/** What an import does, in this order. */
export type ImportPhase =
  /** Fetches the feed from its address. */
  | 'FETCHING'
  /** Reads the feed and writes products. */
  | 'READING'
  /** Fetches pictures, and makes vectors of pictures and texts. */
  | 'EMBEDDING'
  /** Looks after the indexes and measures what similarities mean. */
  | 'INDEXING';

/** Where the queries of an evaluation came from. */
export type EvaluationQuerySource =
  /** A file of queries with what each should find. */
  | 'FILE'
  /** The catalogue's own pictures. */
  | 'CATALOGUE';

/** What an evaluation measures; docs/evaluation.md has the formulas. */
export type EvaluationMetric =
  /** Queries that get at least k results. */
  | 'GOT_RESULTS'
  /** How much of what is shown is of the expected department, the first name of the category. */
  | 'SAME_CATEGORY'
  /** How much of what is shown is of the expected category. */
  | 'SAME_SUB_CATEGORY'
  /** Queries that show the expected product among the first k. */
  | 'SAME_PRODUCT'
  /** How much of the first k places is relevant. */
  | 'PRECISION'
  /** How much of all that is relevant is among the first k. */
  | 'RECALL'
  /** Queries with anything relevant among the first k. */
  | 'HIT_RATE'
  /** Whether what is relevant comes first: precision at each relevant result. */
  | 'AVERAGE_PRECISION'
  /** Whether what is relevant comes first, places further down counting less. */
  | 'NDCG'
  /** 1 / rank of the first relevant result. */
  | 'RECIPROCAL_RANK'
  /** Different categories among the first k. */
  | 'CATEGORY_SPREAD'
  /** Results that show a product again: anything but 0 is a defect. */
  | 'REPEATED_PRODUCTS';

export type CardFragment = { readonly id: string, readonly groupId: string, readonly title: string, readonly brand: string | null, readonly availability: Availability, readonly priceRange: { readonly min: { readonly amount: string, readonly currency: string }, readonly max: { readonly amount: string, readonly currency: string } } | null, readonly variants: ReadonlyArray<{ readonly onSale: boolean, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }>, readonly images: ReadonlyArray<{ readonly id: string, readonly url: string, readonly width: number | null, readonly height: number | null, readonly small: string, readonly medium: string, readonly large: string }> };

export type ResultsFragment = { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly relevance: number, readonly similarity: number | null, readonly matchedImage: { readonly id: string } | null, readonly image: { readonly id: string } | null, readonly variant?: { readonly sku: string, readonly title: string, readonly onSale: boolean, readonly availability: Availability, readonly price: { readonly amount: string, readonly currency: string } | null, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }, readonly why: { readonly vectorRank: number | null, readonly wordRank: number | null, readonly vectorScore: number | null, readonly wordScore: number, readonly named: boolean, readonly boost: number, readonly pinned: boolean, readonly termSimilarities?: ReadonlyArray<number | null>, readonly words: ReadonlyArray<{ readonly written: string, readonly reading: WordReading, readonly found: ReadonlyArray<string> }> }, readonly node: { readonly id: string, readonly groupId: string, readonly title: string, readonly brand: string | null, readonly availability: Availability, readonly priceRange: { readonly min: { readonly amount: string, readonly currency: string }, readonly max: { readonly amount: string, readonly currency: string } } | null, readonly variants: ReadonlyArray<{ readonly onSale: boolean, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }>, readonly images: ReadonlyArray<{ readonly id: string, readonly url: string, readonly width: number | null, readonly height: number | null, readonly small: string, readonly medium: string, readonly large: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } };

export type ExplanationFragment = { readonly model: { readonly name: string, readonly version: string, readonly dimensions: number } | null, readonly plan: { readonly strategy: SearchStrategy, readonly candidates: number | null, readonly examined: number | null, readonly milliseconds: number, readonly searchId: string | null, readonly stages: ReadonlyArray<{ readonly name: SearchStageName, readonly milliseconds: number }>, readonly statements: ReadonlyArray<{ readonly stage: SearchStageName | null, readonly milliseconds: number, readonly sql: string }> } | null };

export type SearchQueryVariables = Exact<{
  input: ProductSearchInput;
  first: number;
  facets: ReadonlyArray<FacetField> | FacetField;
  severalTerms: boolean;
  byVariant: boolean;
  explain: boolean;
}>;


export type SearchQuery = { readonly searchProducts: { readonly matchQuality: MatchQuality, readonly corrections: ReadonlyArray<{ readonly term: number, readonly written: string, readonly start: number, readonly end: number, readonly meant: string, readonly isApplied: boolean }>, readonly totalCount: { readonly value: number, readonly exact: boolean }, readonly facets: ReadonlyArray<{ readonly field: string, readonly exact: boolean, readonly hasMore: boolean, readonly values: ReadonlyArray<{ readonly value: string, readonly count: number }>, readonly range: { readonly min: string, readonly max: string, readonly currency: string } | null }>, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly relevance: number, readonly similarity: number | null, readonly matchedImage: { readonly id: string } | null, readonly image: { readonly id: string } | null, readonly variant?: { readonly sku: string, readonly title: string, readonly onSale: boolean, readonly availability: Availability, readonly price: { readonly amount: string, readonly currency: string } | null, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }, readonly why: { readonly vectorRank: number | null, readonly wordRank: number | null, readonly vectorScore: number | null, readonly wordScore: number, readonly named: boolean, readonly boost: number, readonly pinned: boolean, readonly termSimilarities?: ReadonlyArray<number | null>, readonly words: ReadonlyArray<{ readonly written: string, readonly reading: WordReading, readonly found: ReadonlyArray<string> }> }, readonly node: { readonly id: string, readonly groupId: string, readonly title: string, readonly brand: string | null, readonly availability: Availability, readonly priceRange: { readonly min: { readonly amount: string, readonly currency: string }, readonly max: { readonly amount: string, readonly currency: string } } | null, readonly variants: ReadonlyArray<{ readonly onSale: boolean, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }>, readonly images: ReadonlyArray<{ readonly id: string, readonly url: string, readonly width: number | null, readonly height: number | null, readonly small: string, readonly medium: string, readonly large: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } & { readonly model?: { readonly name: string, readonly version: string, readonly dimensions: number } | null, readonly plan?: { readonly strategy: SearchStrategy, readonly candidates: number | null, readonly examined: number | null, readonly milliseconds: number, readonly searchId: string | null, readonly stages: ReadonlyArray<{ readonly name: SearchStageName, readonly milliseconds: number }>, readonly statements: ReadonlyArray<{ readonly stage: SearchStageName | null, readonly milliseconds: number, readonly sql: string }> } | null } };

export type ResultPageQueryVariables = Exact<{
  input: ProductSearchInput;
  first: number;
  after?: string | null | undefined;
  severalTerms: boolean;
  byVariant: boolean;
}>;


export type ResultPageQuery = { readonly searchProducts: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly relevance: number, readonly similarity: number | null, readonly matchedImage: { readonly id: string } | null, readonly image: { readonly id: string } | null, readonly variant?: { readonly sku: string, readonly title: string, readonly onSale: boolean, readonly availability: Availability, readonly price: { readonly amount: string, readonly currency: string } | null, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }, readonly why: { readonly vectorRank: number | null, readonly wordRank: number | null, readonly vectorScore: number | null, readonly wordScore: number, readonly named: boolean, readonly boost: number, readonly pinned: boolean, readonly termSimilarities?: ReadonlyArray<number | null>, readonly words: ReadonlyArray<{ readonly written: string, readonly reading: WordReading, readonly found: ReadonlyArray<string> }> }, readonly node: { readonly id: string, readonly groupId: string, readonly title: string, readonly brand: string | null, readonly availability: Availability, readonly priceRange: { readonly min: { readonly amount: string, readonly currency: string }, readonly max: { readonly amount: string, readonly currency: string } } | null, readonly variants: ReadonlyArray<{ readonly onSale: boolean, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }>, readonly images: ReadonlyArray<{ readonly id: string, readonly url: string, readonly width: number | null, readonly height: number | null, readonly small: string, readonly medium: string, readonly large: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type SuggestQueryVariables = Exact<{
  prefix: string;
}>;


export type SuggestQuery = { readonly suggest: ReadonlyArray<{ readonly text: string, readonly kind: SuggestionKind, readonly category: { readonly path: ReadonlyArray<string> } | null, readonly product: { readonly groupId: string } | null }> };

export type InterpretQueryVariables = Exact<{
  text: string;
}>;


export type InterpretQuery = { readonly interpretQuery: { readonly parts: ReadonlyArray<{ readonly text: string, readonly start: number, readonly end: number, readonly isNegative: boolean, readonly readings: ReadonlyArray<{ readonly kind: InterpretedKind, readonly label: string, readonly attribute: string | null }>, readonly filter: { readonly price: { readonly min: string | null, readonly max: string | null } | null } | null }> } };

export type ProductDetailsQueryVariables = Exact<{
  groupId: string;
}>;


export type ProductDetailsQuery = { readonly product: { readonly description: string | null, readonly link: string | null, readonly id: string, readonly groupId: string, readonly title: string, readonly brand: string | null, readonly availability: Availability, readonly options: ReadonlyArray<{ readonly name: string, readonly values: ReadonlyArray<{ readonly value: string }> }>, readonly categories: ReadonlyArray<{ readonly path: ReadonlyArray<string> }>, readonly attributes: ReadonlyArray<{ readonly name: string, readonly values: ReadonlyArray<string> }>, readonly similar: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly groupId: string, readonly title: string, readonly brand: string | null, readonly availability: Availability, readonly priceRange: { readonly min: { readonly amount: string, readonly currency: string }, readonly max: { readonly amount: string, readonly currency: string } } | null, readonly variants: ReadonlyArray<{ readonly onSale: boolean, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }>, readonly images: ReadonlyArray<{ readonly id: string, readonly url: string, readonly width: number | null, readonly height: number | null, readonly small: string, readonly medium: string, readonly large: string }> }> }, readonly priceRange: { readonly min: { readonly amount: string, readonly currency: string }, readonly max: { readonly amount: string, readonly currency: string } } | null, readonly variants: ReadonlyArray<{ readonly onSale: boolean, readonly compareAtPrice: { readonly amount: string, readonly currency: string } | null }>, readonly images: ReadonlyArray<{ readonly id: string, readonly url: string, readonly width: number | null, readonly height: number | null, readonly small: string, readonly medium: string, readonly large: string }> } | null };

export type TermProductQueryVariables = Exact<{
  groupId: string;
}>;


export type TermProductQuery = { readonly product: { readonly groupId: string, readonly title: string, readonly images: ReadonlyArray<{ readonly width: number | null, readonly small: string }> } | null };

export type ShopFactsQueryVariables = Exact<{
  attributes: number;
}>;


export type ShopFactsQuery = { readonly attributes: ReadonlyArray<{ readonly name: string }>, readonly shop: { readonly currency: string | null, readonly currencies: ReadonlyArray<string> } };

export type FacetValuesQueryVariables = Exact<{
  input: ProductSearchInput;
  field: FacetField;
  search: string;
}>;


export type FacetValuesQuery = { readonly searchProducts: { readonly facet: { readonly values: ReadonlyArray<{ readonly value: string, readonly count: number }> } } };

export type CatalogueQueryVariables = Exact<{
  imports: number;
  failures: number;
}>;


export type CatalogueQuery = { readonly searchProducts: { readonly totalCount: { readonly value: number, readonly exact: boolean } }, readonly embeddingModels: ReadonlyArray<{ readonly id: string, readonly name: string, readonly version: string, readonly dimensions: number, readonly state: EmbeddingModelState, readonly coverage: ReadonlyArray<{ readonly kind: EmbeddingKind, readonly documents: number, readonly embedded: number, readonly failed: number }> }>, readonly imports: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly source: string, readonly format: FeedFormat | null, readonly state: ImportState, readonly startedAt: string, readonly finishedAt: string | null, readonly failure: string | null, readonly productsCreated: number, readonly productsUpdated: number, readonly productsUnchanged: number, readonly productsFailed: number, readonly imagesEmbedded: number, readonly imagesFailed: number, readonly failures: { readonly nodes: ReadonlyArray<{ readonly line: number | null, readonly sku: string | null, readonly imageSource: string | null, readonly reason: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly progress: { readonly phase: ImportPhase, readonly share: number | null, readonly perSecond: number | null, readonly secondsLeft: number | null, readonly updatedAt: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly imageFailures: { readonly nodes: ReadonlyArray<{ readonly source: string, readonly reason: string, readonly product: { readonly groupId: string, readonly title: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly evaluations: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly createdAt: string, readonly querySource: EvaluationQuerySource, readonly queryFile: string | null, readonly distortions: ReadonlyArray<string>, readonly queryCount: number, readonly modelName: string, readonly modelVersion: string, readonly findings: ReadonlyArray<string>, readonly configurations: ReadonlyArray<{ readonly name: string, readonly queriesPerSecond: number, readonly p50Milliseconds: number, readonly p95Milliseconds: number, readonly measures: ReadonlyArray<{ readonly metric: EvaluationMetric, readonly k: number | null, readonly moreIsBetter: boolean | null, readonly label: string, readonly meaning: string, readonly value: number, readonly low: number, readonly high: number, readonly queryCount: number, readonly difference: { readonly value: number, readonly low: number, readonly high: number, readonly pValue: number } | null }>, readonly weakest: ReadonlyArray<{ readonly name: string, readonly measure: { readonly label: string, readonly meaning: string, readonly value: number, readonly low: number, readonly high: number, readonly queryCount: number } }> }> }> } };

export type ImportRunFragment = { readonly id: string, readonly source: string, readonly format: FeedFormat | null, readonly state: ImportState, readonly startedAt: string, readonly finishedAt: string | null, readonly failure: string | null, readonly productsCreated: number, readonly productsUpdated: number, readonly productsUnchanged: number, readonly productsFailed: number, readonly imagesEmbedded: number, readonly imagesFailed: number, readonly progress: { readonly phase: ImportPhase, readonly share: number | null, readonly perSecond: number | null, readonly secondsLeft: number | null, readonly updatedAt: string } | null };

export type ImportFailuresFragment = { readonly nodes: ReadonlyArray<{ readonly line: number | null, readonly sku: string | null, readonly imageSource: string | null, readonly reason: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } };

export type FailedPicturesFragment = { readonly nodes: ReadonlyArray<{ readonly source: string, readonly reason: string, readonly product: { readonly groupId: string, readonly title: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } };

export type MoreFailedPicturesQueryVariables = Exact<{
  first: number;
  after: string;
}>;


export type MoreFailedPicturesQuery = { readonly imageFailures: { readonly nodes: ReadonlyArray<{ readonly source: string, readonly reason: string, readonly product: { readonly groupId: string, readonly title: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type MoreFailuresQueryVariables = Exact<{
  id: string | number;
  first: number;
  after: string;
}>;


export type MoreFailuresQuery = { readonly node:
    | { readonly failures: { readonly nodes: ReadonlyArray<{ readonly line: number | null, readonly sku: string | null, readonly imageSource: string | null, readonly reason: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
    | Record<PropertyKey, never>
   | null };

export type MeasureFragment = { readonly label: string, readonly meaning: string, readonly value: number, readonly low: number, readonly high: number, readonly queryCount: number };

export type EvaluationFragment = { readonly id: string, readonly createdAt: string, readonly querySource: EvaluationQuerySource, readonly queryFile: string | null, readonly distortions: ReadonlyArray<string>, readonly queryCount: number, readonly modelName: string, readonly modelVersion: string, readonly findings: ReadonlyArray<string>, readonly configurations: ReadonlyArray<{ readonly name: string, readonly queriesPerSecond: number, readonly p50Milliseconds: number, readonly p95Milliseconds: number, readonly measures: ReadonlyArray<{ readonly metric: EvaluationMetric, readonly k: number | null, readonly moreIsBetter: boolean | null, readonly label: string, readonly meaning: string, readonly value: number, readonly low: number, readonly high: number, readonly queryCount: number, readonly difference: { readonly value: number, readonly low: number, readonly high: number, readonly pValue: number } | null }>, readonly weakest: ReadonlyArray<{ readonly name: string, readonly measure: { readonly label: string, readonly meaning: string, readonly value: number, readonly low: number, readonly high: number, readonly queryCount: number } }> }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const CardFragmentDoc = new TypedDocumentString(`
    fragment Card on Product {
  id
  groupId
  title
  brand
  priceRange {
    min {
      amount
      currency
    }
    max {
      amount
      currency
    }
  }
  variants(first: 2) {
    onSale
    compareAtPrice {
      amount
      currency
    }
  }
  availability
  images {
    id
    url
    small: url(width: 240)
    medium: url(width: 480)
    large: url(width: 960)
    width
    height
  }
}
    `, {"fragmentName":"Card"}) as unknown as TypedDocumentString<CardFragment, unknown>;
export const ResultsFragmentDoc = new TypedDocumentString(`
    fragment Results on ProductSearchConnection {
  edges {
    cursor
    relevance
    similarity
    matchedImage {
      id
    }
    image {
      id
    }
    variant @include(if: $byVariant) {
      sku
      title
      price {
        amount
        currency
      }
      onSale
      compareAtPrice {
        amount
        currency
      }
      availability
    }
    why {
      vectorRank
      wordRank
      vectorScore
      wordScore
      named
      words {
        written
        reading
        found
      }
      boost
      pinned
      termSimilarities @include(if: $severalTerms)
    }
    node {
      ...Card
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
    fragment Card on Product {
  id
  groupId
  title
  brand
  priceRange {
    min {
      amount
      currency
    }
    max {
      amount
      currency
    }
  }
  variants(first: 2) {
    onSale
    compareAtPrice {
      amount
      currency
    }
  }
  availability
  images {
    id
    url
    small: url(width: 240)
    medium: url(width: 480)
    large: url(width: 960)
    width
    height
  }
}`, {"fragmentName":"Results"}) as unknown as TypedDocumentString<ResultsFragment, unknown>;
export const ExplanationFragmentDoc = new TypedDocumentString(`
    fragment Explanation on ProductSearchConnection {
  model {
    name
    version
    dimensions
  }
  plan {
    strategy
    candidates
    examined
    milliseconds
    stages {
      name
      milliseconds
    }
    statements {
      stage
      milliseconds
      sql
    }
    searchId
  }
}
    `, {"fragmentName":"Explanation"}) as unknown as TypedDocumentString<ExplanationFragment, unknown>;
export const ImportRunFragmentDoc = new TypedDocumentString(`
    fragment ImportRun on Import {
  id
  source
  format
  state
  startedAt
  finishedAt
  progress {
    phase
    share
    perSecond
    secondsLeft
    updatedAt
  }
  failure
  productsCreated
  productsUpdated
  productsUnchanged
  productsFailed
  imagesEmbedded
  imagesFailed
}
    `, {"fragmentName":"ImportRun"}) as unknown as TypedDocumentString<ImportRunFragment, unknown>;
export const ImportFailuresFragmentDoc = new TypedDocumentString(`
    fragment ImportFailures on ImportFailureConnection {
  nodes {
    line
    sku
    imageSource
    reason
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
    `, {"fragmentName":"ImportFailures"}) as unknown as TypedDocumentString<ImportFailuresFragment, unknown>;
export const FailedPicturesFragmentDoc = new TypedDocumentString(`
    fragment FailedPictures on ImageFailureConnection {
  nodes {
    source
    reason
    product {
      groupId
      title
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
    `, {"fragmentName":"FailedPictures"}) as unknown as TypedDocumentString<FailedPicturesFragment, unknown>;
export const MeasureFragmentDoc = new TypedDocumentString(`
    fragment Measure on EvaluationMeasure {
  label
  meaning
  value
  low
  high
  queryCount
}
    `, {"fragmentName":"Measure"}) as unknown as TypedDocumentString<MeasureFragment, unknown>;
export const EvaluationFragmentDoc = new TypedDocumentString(`
    fragment Evaluation on Evaluation {
  id
  createdAt
  querySource
  queryFile
  distortions
  queryCount
  modelName
  modelVersion
  findings
  configurations {
    name
    queriesPerSecond
    p50Milliseconds
    p95Milliseconds
    measures {
      ...Measure
      metric
      k
      moreIsBetter
      difference {
        value
        low
        high
        pValue
      }
    }
    weakest {
      name
      measure {
        ...Measure
      }
    }
  }
}
    fragment Measure on EvaluationMeasure {
  label
  meaning
  value
  low
  high
  queryCount
}`, {"fragmentName":"Evaluation"}) as unknown as TypedDocumentString<EvaluationFragment, unknown>;
export const SearchDocument = new TypedDocumentString(`
    query Search($input: ProductSearchInput!, $first: Int!, $facets: [FacetField!]!, $severalTerms: Boolean!, $byVariant: Boolean!, $explain: Boolean!) {
  searchProducts(input: $input, first: $first) {
    matchQuality
    corrections {
      term
      written
      start
      end
      meant
      isApplied
    }
    totalCount {
      value
      exact
    }
    facets(fields: $facets) {
      field
      exact
      hasMore
      values {
        value
        count
      }
      range {
        min
        max
        currency
      }
    }
    ...Results
    ...Explanation @include(if: $explain)
  }
}
    fragment Card on Product {
  id
  groupId
  title
  brand
  priceRange {
    min {
      amount
      currency
    }
    max {
      amount
      currency
    }
  }
  variants(first: 2) {
    onSale
    compareAtPrice {
      amount
      currency
    }
  }
  availability
  images {
    id
    url
    small: url(width: 240)
    medium: url(width: 480)
    large: url(width: 960)
    width
    height
  }
}
fragment Results on ProductSearchConnection {
  edges {
    cursor
    relevance
    similarity
    matchedImage {
      id
    }
    image {
      id
    }
    variant @include(if: $byVariant) {
      sku
      title
      price {
        amount
        currency
      }
      onSale
      compareAtPrice {
        amount
        currency
      }
      availability
    }
    why {
      vectorRank
      wordRank
      vectorScore
      wordScore
      named
      words {
        written
        reading
        found
      }
      boost
      pinned
      termSimilarities @include(if: $severalTerms)
    }
    node {
      ...Card
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
fragment Explanation on ProductSearchConnection {
  model {
    name
    version
    dimensions
  }
  plan {
    strategy
    candidates
    examined
    milliseconds
    stages {
      name
      milliseconds
    }
    statements {
      stage
      milliseconds
      sql
    }
    searchId
  }
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const ResultPageDocument = new TypedDocumentString(`
    query ResultPage($input: ProductSearchInput!, $first: Int!, $after: String, $severalTerms: Boolean!, $byVariant: Boolean!) {
  searchProducts(input: $input, first: $first, after: $after) {
    ...Results
  }
}
    fragment Card on Product {
  id
  groupId
  title
  brand
  priceRange {
    min {
      amount
      currency
    }
    max {
      amount
      currency
    }
  }
  variants(first: 2) {
    onSale
    compareAtPrice {
      amount
      currency
    }
  }
  availability
  images {
    id
    url
    small: url(width: 240)
    medium: url(width: 480)
    large: url(width: 960)
    width
    height
  }
}
fragment Results on ProductSearchConnection {
  edges {
    cursor
    relevance
    similarity
    matchedImage {
      id
    }
    image {
      id
    }
    variant @include(if: $byVariant) {
      sku
      title
      price {
        amount
        currency
      }
      onSale
      compareAtPrice {
        amount
        currency
      }
      availability
    }
    why {
      vectorRank
      wordRank
      vectorScore
      wordScore
      named
      words {
        written
        reading
        found
      }
      boost
      pinned
      termSimilarities @include(if: $severalTerms)
    }
    node {
      ...Card
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}`) as unknown as TypedDocumentString<ResultPageQuery, ResultPageQueryVariables>;
export const SuggestDocument = new TypedDocumentString(`
    query Suggest($prefix: String!) {
  suggest(prefix: $prefix, first: 8) {
    text
    kind
    category {
      path
    }
    product {
      groupId
    }
  }
}
    `) as unknown as TypedDocumentString<SuggestQuery, SuggestQueryVariables>;
export const InterpretDocument = new TypedDocumentString(`
    query Interpret($text: String!) {
  interpretQuery(text: $text) {
    parts {
      text
      start
      end
      isNegative
      readings {
        kind
        label
        attribute
      }
      filter {
        price {
          min
          max
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<InterpretQuery, InterpretQueryVariables>;
export const ProductDetailsDocument = new TypedDocumentString(`
    query ProductDetails($groupId: String!) {
  product(by: {groupId: $groupId}) {
    ...Card
    description
    link
    options {
      name
      values {
        value
      }
    }
    categories {
      path
    }
    attributes {
      name
      values
    }
    similar(first: 8) {
      nodes {
        ...Card
      }
    }
  }
}
    fragment Card on Product {
  id
  groupId
  title
  brand
  priceRange {
    min {
      amount
      currency
    }
    max {
      amount
      currency
    }
  }
  variants(first: 2) {
    onSale
    compareAtPrice {
      amount
      currency
    }
  }
  availability
  images {
    id
    url
    small: url(width: 240)
    medium: url(width: 480)
    large: url(width: 960)
    width
    height
  }
}`) as unknown as TypedDocumentString<ProductDetailsQuery, ProductDetailsQueryVariables>;
export const TermProductDocument = new TypedDocumentString(`
    query TermProduct($groupId: String!) {
  product(by: {groupId: $groupId}) {
    groupId
    title
    images {
      small: url(width: 240)
      width
    }
  }
}
    `) as unknown as TypedDocumentString<TermProductQuery, TermProductQueryVariables>;
export const ShopFactsDocument = new TypedDocumentString(`
    query ShopFacts($attributes: Int!) {
  attributes(first: $attributes) {
    name
  }
  shop {
    currency
    currencies
  }
}
    `) as unknown as TypedDocumentString<ShopFactsQuery, ShopFactsQueryVariables>;
export const FacetValuesDocument = new TypedDocumentString(`
    query FacetValues($input: ProductSearchInput!, $field: FacetField!, $search: String!) {
  searchProducts(input: $input, first: 1) {
    facet(field: $field, search: $search) {
      values {
        value
        count
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FacetValuesQuery, FacetValuesQueryVariables>;
export const CatalogueDocument = new TypedDocumentString(`
    query Catalogue($imports: Int!, $failures: Int!) {
  searchProducts(input: {}, first: 1) {
    totalCount {
      value
      exact
    }
  }
  embeddingModels {
    id
    name
    version
    dimensions
    state
    coverage {
      kind
      documents
      embedded
      failed
    }
  }
  imports(first: $imports) {
    nodes {
      ...ImportRun
      failures(first: $failures) {
        ...ImportFailures
      }
    }
    pageInfo {
      hasNextPage
    }
  }
  imageFailures(first: $failures) {
    ...FailedPictures
  }
  evaluations(first: 1) {
    nodes {
      ...Evaluation
    }
  }
}
    fragment ImportRun on Import {
  id
  source
  format
  state
  startedAt
  finishedAt
  progress {
    phase
    share
    perSecond
    secondsLeft
    updatedAt
  }
  failure
  productsCreated
  productsUpdated
  productsUnchanged
  productsFailed
  imagesEmbedded
  imagesFailed
}
fragment ImportFailures on ImportFailureConnection {
  nodes {
    line
    sku
    imageSource
    reason
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
fragment FailedPictures on ImageFailureConnection {
  nodes {
    source
    reason
    product {
      groupId
      title
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
fragment Measure on EvaluationMeasure {
  label
  meaning
  value
  low
  high
  queryCount
}
fragment Evaluation on Evaluation {
  id
  createdAt
  querySource
  queryFile
  distortions
  queryCount
  modelName
  modelVersion
  findings
  configurations {
    name
    queriesPerSecond
    p50Milliseconds
    p95Milliseconds
    measures {
      ...Measure
      metric
      k
      moreIsBetter
      difference {
        value
        low
        high
        pValue
      }
    }
    weakest {
      name
      measure {
        ...Measure
      }
    }
  }
}`) as unknown as TypedDocumentString<CatalogueQuery, CatalogueQueryVariables>;
export const MoreFailedPicturesDocument = new TypedDocumentString(`
    query MoreFailedPictures($first: Int!, $after: String!) {
  imageFailures(first: $first, after: $after) {
    ...FailedPictures
  }
}
    fragment FailedPictures on ImageFailureConnection {
  nodes {
    source
    reason
    product {
      groupId
      title
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}`) as unknown as TypedDocumentString<MoreFailedPicturesQuery, MoreFailedPicturesQueryVariables>;
export const MoreFailuresDocument = new TypedDocumentString(`
    query MoreFailures($id: ID!, $first: Int!, $after: String!) {
  node(id: $id) {
    ... on Import {
      failures(first: $first, after: $after) {
        ...ImportFailures
      }
    }
  }
}
    fragment ImportFailures on ImportFailureConnection {
  nodes {
    line
    sku
    imageSource
    reason
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}`) as unknown as TypedDocumentString<MoreFailuresQuery, MoreFailuresQueryVariables>;
