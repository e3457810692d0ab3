import type { Availability, Collapse, ProductSort, SearchStrategy } from '../../database/closed-sets.ts';
import type { Region } from '../../embedding/embedder.ts';
import type { Correction } from '../../words/query/word-query.ts';
import type { MatchReason } from './match-reason.ts';

/** One search, as GraphQL, the command line and tests ask for it. Checked by check-request.ts. */
export interface SearchRequest {
  /** At most 8. None: the filter is browsed in the order of `sort`. */
  readonly terms: readonly SearchTerm[];
  readonly filter?: ProductFilter;
  /** (AUTO) on for text terms, off for searches by picture alone; ONLY: no vectors. */
  readonly words?: WordMatching;
  /** What becomes of misspelt words. (MEND) */
  readonly spelling?: SpellingMode;
  /** Leaves out results below this relevance, 0 to 1. Pinned products stay. (0) */
  readonly minRelevance?: number;
  /** (RELEVANCE); without terms that is NEWEST. */
  readonly sort?: ProductSort;
  /** The attribute by whose numbers NUMBER_ASC and NUMBER_DESC sort; for these alone. */
  readonly sortAttribute?: string;
  /** What one result is; counts, facets and pages follow it. (PRODUCT) */
  readonly collapse?: Collapse;
  /** ISO 4217: what prices are filtered, sorted and counted in. (the shop's) Amounts of others are never compared with these. */
  readonly currency?: string;
  /** What becomes of products that are OUT_OF_STOCK. (LAST) */
  readonly unavailable?: UnavailableProducts;
  /** At most 8. */
  readonly boosts?: readonly Boost[];
  /** First, in this order, those that satisfy the filter. At most 20. */
  readonly pin?: readonly ProductKey[];
  /** Left out. At most 100. */
  readonly exclude?: readonly ProductKey[];
  readonly diversify?: Diversify;
  /** Leaves out this product and what looks the same: for "shop similar", beside a term that is this product. */
  readonly unlike?: ProductKey;
  /** Products to a page, 1 to 100 (24). */
  readonly first?: number;
  /** The cursor of the last product seen; undefined for the first page. */
  readonly after?: string;
}

export type WordMatching = 'AUTO' | 'OFF' | 'ONLY';

export type SpellingMode = 'MEND' | 'AS_WRITTEN';

export type UnavailableProducts = 'SHOW' | 'LAST' | 'HIDE';

export interface Boost {
  readonly filter: ProductFilter;
  /** Added to the relevance of what satisfies the filter, -1 to 1. */
  readonly by: number;
}

/** Trades closeness for variety: of looks, brands and categories. */
export interface Diversify {
  /** 0: closeness alone. 1: variety alone. (0.3) */
  readonly strength?: number;
  /** Products to choose from, at most 500. (5 times `first`) */
  readonly candidates?: number;
}

export interface SearchTerm {
  readonly match: SearchMatch;
  /** -1 to 1, not 0; relative to the other terms; negative steers away. (1) */
  readonly weight?: number;
}

export type SearchMatch =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'image';
      readonly source: ImageSource;
      /** The part that is meant; taken as it is. */
      readonly region?: Region;
      /** Whether plain margins, bars and letterboxes are left out, and a picture on its side turned upright. Not where a region is given, nor for pictures of the catalogue. (true) */
      readonly adjust?: boolean;
    }
  | { readonly kind: 'product'; readonly product: ProductKey };

/** Where a query picture comes from; deps.loadImage turns it into bytes. */
export type ImageSource =
  | { readonly kind: 'upload'; readonly id: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'productImage'; readonly id: string }
  /** Bytes at hand: from the command line, or decoded from the base64 of a request. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export type ProductKey = { readonly kind: 'id'; readonly id: string } | { readonly kind: 'sku'; readonly sku: string };
export type CategoryKey =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'path'; readonly path: readonly string[] };

/** All given conditions hold together. Ids are bare UUIDs here; GraphQL's global ids are decoded at its edge. */
export interface ProductFilter {
  readonly and?: readonly ProductFilter[];
  /** At least one of them; an empty list matches nothing. */
  readonly or?: readonly ProductFilter[];
  readonly not?: ProductFilter;
  readonly category?: { readonly in: readonly CategoryKey[]; readonly includeDescendants?: boolean };
  readonly brand?: ValueFilter;
  /** In the currency of the search; both ends included; decimal strings. */
  readonly price?: { readonly min?: string; readonly max?: string };
  readonly availability?: readonly Availability[];
  /** Whether it costs less than before. */
  readonly onSale?: boolean;
  /** All of these hold: one of the attribute's values is a plain number ("-0.5") within the range, both ends included; decimal strings. */
  readonly numbers?: readonly { readonly name: string; readonly min?: string; readonly max?: string }[];
  readonly attributes?: readonly ({ readonly name: string } & ValueFilter)[];
  /** Exactly as the shop writes it. */
  readonly gtin?: ValueFilter;
  readonly product?: { readonly in?: readonly ProductKey[]; readonly notIn?: readonly ProductKey[] };
  readonly updatedAt?: { readonly from?: Date; readonly to?: Date };
  /** Whether it has a picture that is READY. */
  readonly hasPicture?: boolean;
  /** Any variant of the product satisfies this, whether or not it satisfies the rest. */
  readonly hasVariant?: ProductFilter;
}

/** What a filter may ask for, beside `and`, `or`, `not` and `hasVariant`. src/search/filter/fields.ts has each. */
export type FieldName = Exclude<keyof ProductFilter, 'and' | 'or' | 'not' | 'hasVariant'>;

/** `in`: has one of these values. `notIn`: has none of them (also true where there is no value). */
export interface ValueFilter {
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

/** One page of a search. What few ask for is found out when it is asked for; each is asked of the database once, however often it is called. */
export interface SearchPage {
  readonly results: readonly SearchResult[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** The model whose vectors were compared; null where none took part. */
  readonly modelId: string | null;
  /** EXACT: every matching vector was compared. HNSW: the index, scanned until enough products passed. NONE: no vectors took part. */
  readonly strategy: SearchStrategy;
  /** To find this page; what is asked for afterwards is not in it. */
  readonly milliseconds: number;
  /** What the pictures among the terms were taken for, in the order of the terms; without those that were to be taken as they are. */
  readonly queryImages: readonly QueryImage[];
  /** How good the best match of the whole result is; without terms STRONG if there is any product. */
  readonly matchQuality: MatchQuality;
  /** What misspelt words were taken for, in the order of the terms and of their texts. */
  readonly corrections: readonly TermCorrection[];
  /** Products of the result: they satisfy the filter, and minRelevance where it is set; with words ONLY they match a word. */
  readonly count: () => Promise<ProductCount>;
  /** Counts over the whole result; a field's own condition does not narrow its own counts. @throws AppError BAD_USER_INPUT */
  readonly facets: (wanted: readonly FacetRequest[]) => Promise<readonly Facet[]>;
  /** The variant that each result shows, in the order of the results; undefined where the product was deleted meanwhile. */
  readonly variants: () => Promise<readonly (ResultVariant | undefined)[]>;
  /** How the page was found; asks nothing. */
  readonly plan: () => SearchPlan;
  /**
   * What each term contributed to the similarity of each result, in the order of the results and of the terms: they add up to `similarity`. Null where no vector
   * took part, and where one of several terms was compared with a text, for want of a picture.
   */
  readonly termSimilarities: () => Promise<readonly (readonly (number | null)[])[]>;
}

/** The variant that a result shows, and what holds of all that satisfy the filter. */
export interface ResultVariant {
  /** It satisfies the filter; of several one that can be bought, then by price where results are sorted by it, then one that has the picture that matched, then in the shop's order. */
  readonly variantId: string;
  /** Variants of the product that satisfy the filter. */
  readonly matchingCount: number;
  /** Of their prices in the search's currency; null without any. Decimal strings. */
  readonly priceRange: { readonly min: string; readonly max: string; readonly currency: string } | null;
}

/** What a misspelt word of a term was taken for. */
export interface TermCorrection extends Correction {
  /** Of `SearchRequest.terms`, from 0. */
  readonly term: number;
}

/** What a picture was taken for. */
export interface QueryImage {
  /** Place of its term, from 0. */
  readonly term: number;
  /** Of the picture as it came, upright by EXIF. */
  readonly region: Region;
  /** Degrees clockwise by which that was turned. */
  readonly turn: 0 | 90 | 270;
}

/** STRONG, WEAK, or NONE: nothing matches, and what is shown is merely the nearest. */
export type MatchQuality = 'STRONG' | 'WEAK' | 'NONE';

export interface ProductCount {
  readonly value: number;
  /** False when counting stopped early: there are at least `value`. */
  readonly exact: boolean;
}

export type FacetField = { readonly builtIn: BuiltInFacet } | { readonly attribute: string };
export type BuiltInFacet = 'CATEGORY' | 'BRAND' | 'PRICE' | 'AVAILABILITY';

/** What to count by, and which of the values to tell. */
export type FacetRequest = FacetField & FacetOptions;

interface FacetOptions {
  /** Only values that contain it, whatever its case, accents, hyphens and blanks. (all) */
  readonly search?: string;
  /** At most so many values, 1 to 1,000. (100) */
  readonly first?: number;
  /** (COUNT) */
  readonly sort?: FacetSort;
}

/** COUNT: most frequent first. VALUE: A to Z in the shop's language, numbers as numbers and before texts. */
export type FacetSort = 'COUNT' | 'VALUE';

export interface Facet {
  /** CATEGORY, BRAND, PRICE, AVAILABILITY or the attribute's name. */
  readonly field: string;
  /** As many as were asked for, in the order asked for. Empty for PRICE. */
  readonly values: readonly FacetValue[];
  /** Whether there are more values than these. */
  readonly hasMore: boolean;
  /** For PRICE alone; null where nothing has a price in the currency. Decimal strings. */
  readonly range: { readonly min: string; readonly max: string; readonly currency: string } | null;
  /** Products of the result without a value of this field; for PRICE, without one in the search's currency. */
  readonly missing: number;
  /** False when counting stopped early: each value occurs at least so often. */
  readonly exact: boolean;
}

export interface FacetValue {
  /** For CATEGORY its path, joined by " > ". */
  readonly value: string;
  readonly count: number;
  /** For CATEGORY alone. */
  readonly categoryId: string | null;
}

export interface SearchResult {
  readonly productId: string;
  /** Opaque; hand it back as `after`. */
  readonly cursor: string;
  /** 0 (an arbitrary product) to 1 (a sure match), comparable between searches; without boosts. 1 where nothing was asked for. */
  readonly relevance: number;
  /** Cosine similarity of the best picture, or of the text where it has no picture, to the (combined) query, -1 to 1; null where no vector took part. */
  readonly similarity: number | null;
  /** The picture that matched best; null where none did. */
  readonly imageId: string | null;
  readonly why: MatchReason;
}

/** How a ranking found its products: what it knew when it was done. */
export interface RankingPlan {
  readonly strategy: SearchStrategy;
  /** Products that satisfy the filter (and match a word, with words ONLY); null where the ranking did not count them. */
  readonly candidates: number | null;
  /** Vectors compared in full to find the nearest; null where the database compared them and did not say how many. */
  readonly examined: number | null;
  /** Ways to find the nearest pictures that were weighed against each other, the one taken first; none where there was nothing to choose. */
  readonly ways: readonly ScanWay[];
}

/** How a page was found. */
export interface SearchPlan extends RankingPlan {
  readonly milliseconds: number;
  /** The statements that ranked the products, or that read a later page, as psql runs them; the query's vectors are left out and named in the first lines of each. */
  readonly sql: string;
  /** What took how long, in the order in which it was done. */
  readonly stages: readonly SearchStage[];
  /** What the database was asked, in order, as it ran; without what is kept for later pages. */
  readonly statements: readonly SearchStatement[];
  /** Of the search in the log, for analytics.search_products; null for later pages, without terms, and where no log is kept. */
  readonly searchId: string | null;
}

/** A part of a search. */
export interface SearchStage {
  readonly name: SearchStageName;
  readonly milliseconds: number;
}

/** What a search does, in this order; schema.graphql says what each is. */
export type SearchStageName = 'WINDOW' | 'FILTER' | 'WORDS' | 'VECTORS' | 'RANKING' | 'VARIETY' | 'PAGE';

/** A statement that a search sent. */
export interface SearchStatement {
  /** Null between two stages. */
  readonly stage: SearchStageName | null;
  readonly milliseconds: number;
  /** As psql runs it, the query's vectors included. */
  readonly sql: string;
}

/** A way to find the nearest pictures that satisfy a filter. */
export interface ScanWay {
  /** HNSW: the index, until enough hold. CLUSTERS: sketches of the clusters that most of the nearest are in. ALL: sketches of all that hold. */
  readonly way: 'HNSW' | 'CLUSTERS' | 'ALL';
  /** Rows that it would look at. */
  readonly rows: number;
  /** That it would take, by what each row costs on this database (embedding_model.scan_costs). */
  readonly milliseconds: number;
}
