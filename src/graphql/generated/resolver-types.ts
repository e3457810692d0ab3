// Generated from schema.graphql by `npm run codegen`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Product as CatalogProduct, ProductImage as CatalogImage, Category as CatalogCategory } from '../../catalog/read-products.ts';
import type { OfferedOption, VariantOfProduct } from '../variant-of-product.ts';
import type { EmbeddingModel as ShopModel } from '../graphql-deps.ts';
import type { AttributeDefinition as CountedAttribute } from '../../catalog/read-attributes.ts';
import type { ImageFailure as FailedImage } from '../../catalog/read-image-failures.ts';
import type { SavedProduct, SavedVariant, SavedVariants } from '../saved-product.ts';
import type { ImportRun, ImportFailure as FailedItem } from '../../catalog/read-imports.ts';
import type { KeptEvaluation, KeptConfiguration, KeptMeasure } from '../../evaluation/read-evaluations.ts';
import type { SearchPage, Facet as CountedFacet, FacetValue as CountedValue } from '../../search/request/search-request.ts';
import type { FoundProduct, ExplainedMatch } from '../found-product.ts';
import type { Synonym as StoredSynonym } from '../../catalog/synonyms/read-synonyms.ts';
import type { QueryInterpretation as ReadQuery, InterpretedPart as ReadPart, InterpretedFilter as OfferedFilter } from '../../search/interpret-text.ts';
import type { Suggestion as FoundSuggestion } from '../../search/suggest/suggest.ts';
import type { GraphqlContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, RFC 3339, UTC. */
  DateTime: { input: Date; output: Date; }
  /** An exact decimal number, carried as a string: "12.90". */
  Decimal: { input: string; output: string; }
  /** An absolute http or https address. */
  URL: { input: string; output: string; }
};

/** Anything with a global id. */
export type Node = {
  /** The global id; opaque. */
  readonly id: Scalars['ID']['output'];
};

/** What can be asked. */
export type Query = {
  readonly __typename?: 'Query';
  /** Any object by its global id; null when nothing has it. */
  readonly node?: Maybe<Node>;
  /** Several at once, in the order asked; null at the place of each unknown id. At most 100. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** One product; null when there is none. */
  readonly product?: Maybe<Product>;
  /** One variant; null when there is none. */
  readonly variant?: Maybe<ProductVariant>;
  /** One category; null when there is none. */
  readonly category?: Maybe<Category>;
  /** The children of one category, or the top of the tree. */
  readonly categories: ReadonlyArray<Category>;
  /** What holds for the whole shop. */
  readonly shop: Shop;
  /**
   * The attributes that products have, those of most products first: what one can filter, sort and count by beside what every product has. Counted over the whole
   * catalogue; in a large shop the counts may be some minutes old.
   */
  readonly attributes: ReadonlyArray<AttributeDefinition>;
  /**
   * The one search. Every result satisfies the filter; they are ordered by how well they match the terms.
   * One result per product, whatever the number of its pictures and variants; `collapse` makes it one for each look, or variant. The order: pinned products, then those that can be bought,
   * then those that cannot (`unavailable`), and within these by how well they match and boosts together (`sort`). Errors: BAD_USER_INPUT,
   * IMAGE_*, CURSOR_STALE, ENCODER_OVERLOADED, MODEL_NOT_READY, TIMEOUT. A search that finds nothing is not an error.
   */
  readonly searchProducts: ProductSearchConnection;
  /** Completions of what a person has typed so far, best first: titles, brands, categories. Tolerates a typo. None for an empty prefix. */
  readonly suggest: ReadonlyArray<Suggestion>;
  /**
   * Reads a query as a person would who knows the shop: prices ("under 50"), what is not wanted ("not gold", "-blue", "without sleeves"), and
   * the brands, categories and attribute values that the catalogue has. Each is offered as a filter or a term of its own, with the piece of
   * text that it came from. Nothing of it is imposed: `searchProducts` searches for the words as they were typed.
   */
  readonly interpretQuery: QueryInterpretation;
  /** The shop's synonyms, the latest first. Searches, spelling and completions use them. */
  readonly synonyms: SynonymConnection;
  /** The embedding models that this shop has vectors of, and what each is for now. */
  readonly embeddingModels: ReadonlyArray<EmbeddingModel>;
  /** An import by its global id; null where there is none. */
  readonly import?: Maybe<Import>;
  /** The imports of feeds, the latest first: how far the one that runs is, and what became of the others. Changes made by mutations are not among them. */
  readonly imports: ImportConnection;
  /** The pictures of products that could not be fetched or read, whenever that was, each with its reason; in an order that stays. */
  readonly imageFailures: ImageFailureConnection;
  /** The reports of `lookgraph evaluate`, the latest first: how good the search of this shop is. None until somebody has run it. */
  readonly evaluations: EvaluationConnection;
};


/** What can be asked. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** What can be asked. */
export type QueryProductArgs = {
  by: ProductKey;
};


/** What can be asked. */
export type QueryVariantArgs = {
  by: VariantKey;
};


/** What can be asked. */
export type QueryCategoryArgs = {
  by: CategoryKey;
};


/** What can be asked. */
export type QueryCategoriesArgs = {
  parent?: InputMaybe<CategoryKey>;
};


/** What can be asked. */
export type QueryAttributesArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** What can be asked. */
export type QuerySearchProductsArgs = {
  input: ProductSearchInput;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. */
export type QuerySuggestArgs = {
  prefix: Scalars['String']['input'];
  first?: Scalars['Int']['input'];
};


/** What can be asked. */
export type QueryInterpretQueryArgs = {
  text: Scalars['String']['input'];
  locale?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. */
export type QuerySynonymsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. */
export type QueryImportArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. */
export type QueryImportsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. */
export type QueryImageFailuresArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. */
export type QueryEvaluationsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Insert or replace products by group id: all of a product's data, its variants and pictures. A variant that is not named any more is deleted; one that another product
   * has moves, and a product that is left without variants is deleted. Pictures become searchable once embedded.
   */
  readonly upsertProducts: UpsertProductsPayload;
  /** Change of products what is given, and nothing else. Unlike upsertProducts it makes no products, and their variants stay. */
  readonly updateProducts: UpdateProductsPayload;
  /**
   * Change of variants, of whatever products, what is given, and nothing else. For prices and stock, which change often: price, compareAtPrice, availability and quantity
   * alone touch neither pictures nor vectors.
   */
  readonly updateVariants: UpdateVariantsPayload;
  /** Delete by key, with all variants. Deleting what is not there is not an error. */
  readonly deleteProducts: DeleteProductsPayload;
  /** Delete by key. A product goes with its last variant. Deleting what is not there is not an error. */
  readonly deleteVariants: DeleteVariantsPayload;
  /**
   * Add synonyms; those that the shop has already stay as they are. To change one, delete it and add it as it should be. A shop has at most 10,000.
   * Servers use them within seconds.
   */
  readonly upsertSynonyms: UpsertSynonymsPayload;
  /** Delete synonyms by id. Deleting what is not there is not an error. */
  readonly deleteSynonyms: DeleteSynonymsPayload;
  /**
   * Begin to read a feed into the catalogue, and go on in the background: `import` tells how far it is. One at a time: while another is under way this is
   * SERVER_OVERLOADED.
   */
  readonly startImport: StartImportPayload;
  /** Stop an import at its next batch. What was done stays; the same feed again goes on from there. */
  readonly cancelImport: CancelImportPayload;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationUpsertProductsArgs = {
  input: UpsertProductsInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationUpdateProductsArgs = {
  input: UpdateProductsInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationUpdateVariantsArgs = {
  input: UpdateVariantsInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationDeleteProductsArgs = {
  input: DeleteProductsInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationDeleteVariantsArgs = {
  input: DeleteVariantsInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationUpsertSynonymsArgs = {
  input: UpsertSynonymsInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationDeleteSynonymsArgs = {
  input: DeleteSynonymsInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationStartImportArgs = {
  input: StartImportInput;
};


/** What can be changed. For the shop's own systems: every change is made at once, and pictures are embedded soon after. */
export type MutationCancelImportArgs = {
  input: CancelImportInput;
};

/** Exactly one way to name a variant. */
export type VariantKey =
  /** Its global id. */
  { readonly id: Scalars['ID']['input']; readonly sku?: never; }
  |  /** The shop's own identifier. */
  { readonly id?: never; readonly sku: Scalars['String']['input']; };

/** Exactly one way to name a product. */
export type ProductKey =
  /** Its global id. */
  { readonly id: Scalars['ID']['input']; readonly sku?: never; readonly groupId?: never; }
  |  /** The sku of any of its variants. */
  { readonly id?: never; readonly sku: Scalars['String']['input']; readonly groupId?: never; }
  |  /** The shop's own identifier of the product: a feed's item_group_id, or the sku where a row has none. */
  { readonly id?: never; readonly sku?: never; readonly groupId: Scalars['String']['input']; };

/** Exactly one way to name a category. */
export type CategoryKey =
  /** Its global id. */
  { readonly id: Scalars['ID']['input']; readonly path?: never; }
  |  /** Names from the top down: ["Apparel", "Topwear", "Shirts"]. */
  { readonly id?: never; readonly path: ReadonlyArray<Scalars['String']['input']>; };

/** What the shop sells: a style, of which one or more variants can be bought. */
export type Product = Node & {
  readonly __typename?: 'Product';
  /** The global id; the same as long as the group id is. */
  readonly id: Scalars['ID']['output'];
  /** The shop's own identifier, unique: a feed's item_group_id, or the sku where a row has none. */
  readonly groupId: Scalars['String']['output'];
  /** What the shop calls it. */
  readonly title: Scalars['String']['output'];
  /** What the shop says of it. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Maker or label. */
  readonly brand?: Maybe<Scalars['String']['output']>;
  /** The main one of the categories that it is in: the first that the shop names. */
  readonly category?: Maybe<Category>;
  /** All categories that it is in, the main one first. Those above them are not among them, though it is found there, too. */
  readonly categories: ReadonlyArray<Category>;
  /** What a shopper chooses between, in the shop's order. Empty where there is nothing to choose. */
  readonly options: ReadonlyArray<ProductOption>;
  /** In the shop's order; a product has 1 to 200. */
  readonly variants: ReadonlyArray<ProductVariant>;
  /** From the cheapest to the dearest variant, of those that can be bought if any can; null where none has a price in the currency. */
  readonly priceRange?: Maybe<PriceRange>;
  /** Whether any variant costs less than before. */
  readonly onSale: Scalars['Boolean']['output'];
  /** That of its most available variant: IN_STOCK before BACKORDER, PREORDER and OUT_OF_STOCK. */
  readonly availability: Availability;
  /** What holds for all of its variants (material, gender ...), by name. What differs is with the variants. */
  readonly attributes: ReadonlyArray<Attribute>;
  /** The product's page in the shop. */
  readonly link?: Maybe<Scalars['URL']['output']>;
  /** In the shop's order; the first is the main one. */
  readonly images: ReadonlyArray<ProductImage>;
  /**
   * Products that look like this one. Itself, with all its variants, and its near-duplicates are left out. Empty, with matchQuality NONE, as long as neither a
   * picture nor the text of this product is searchable. Each counts as a search: at most 30 in one operation.
   */
  readonly similar: ProductSearchConnection;
  /** When it was first seen. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When what the shop says of it last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};


/** What the shop sells: a style, of which one or more variants can be bought. */
export type ProductVariantsArgs = {
  first?: Scalars['Int']['input'];
};


/** What the shop sells: a style, of which one or more variants can be bought. */
export type ProductPriceRangeArgs = {
  currency?: InputMaybe<Scalars['String']['input']>;
};


/** What the shop sells: a style, of which one or more variants can be bought. */
export type ProductSimilarArgs = {
  input?: InputMaybe<SimilarProductsInput>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What is bought: one combination of option values, as a size in a colour. A product without options has one. */
export type ProductVariant = Node & {
  readonly __typename?: 'ProductVariant';
  /** The global id; the same as long as the sku is. */
  readonly id: Scalars['ID']['output'];
  /** The shop's own identifier, unique in the shop. */
  readonly sku: Scalars['String']['output'];
  /** What it is a variant of. */
  readonly product: Product;
  /** The shop's own title of it, or its option values ("M / Blue"); the product's where it has neither. */
  readonly title: Scalars['String']['output'];
  /** Its value of each option of the product; without those that the shop does not say. */
  readonly selectedOptions: ReadonlyArray<SelectedOption>;
  /** What it costs; null where the shop does not say. */
  readonly price?: Maybe<Money>;
  /** What it cost before, in the currency of its price; null where the shop does not say. Shown struck through where it is more than the price: see `onSale`. */
  readonly compareAtPrice?: Maybe<Money>;
  /** Whether it costs less than before. */
  readonly onSale: Scalars['Boolean']['output'];
  /** Whether it can be bought now. */
  readonly availability: Availability;
  /** How many there are; null where the shop does not say. */
  readonly quantity?: Maybe<Scalars['Int']['output']>;
  /** The code below its bar code (GTIN: EAN, UPC, ISBN), as the shop writes it. */
  readonly gtin?: Maybe<Scalars['String']['output']>;
  /** The maker's part number. */
  readonly mpn?: Maybe<Scalars['String']['output']>;
  /** What is its own, option values included, by name; without what holds for all variants of its product. */
  readonly attributes: ReadonlyArray<Attribute>;
  /** Its own pictures, then those that belong to no look in particular. */
  readonly images: ReadonlyArray<ProductImage>;
  /** Its page in the shop; the product's where it has none of its own. */
  readonly link?: Maybe<Scalars['URL']['output']>;
  /** When what the shop says of it last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** What a shopper chooses between. */
export type ProductOption = {
  readonly __typename?: 'ProductOption';
  /** As the shop writes it: size. */
  readonly name: Scalars['String']['output'];
  /** Those that a variant has, in the shop's order. */
  readonly values: ReadonlyArray<OptionValue>;
};

/** A value of an option. */
export type OptionValue = {
  readonly __typename?: 'OptionValue';
  /** As the shop writes it: M. */
  readonly value: Scalars['String']['output'];
  /** That of the most available variant that has it. */
  readonly availability: Availability;
  /** The first picture of the first variant that has it. */
  readonly image?: Maybe<ProductImage>;
};

/** The value that a variant has of an option. */
export type SelectedOption = {
  readonly __typename?: 'SelectedOption';
  /** The option. */
  readonly name: Scalars['String']['output'];
  /** The value. */
  readonly value: Scalars['String']['output'];
};

/** Prices in one currency, both ends included. */
export type PriceRange = {
  readonly __typename?: 'PriceRange';
  /** The lowest. */
  readonly min: Money;
  /** The highest. */
  readonly max: Money;
};

/** What holds for the whole shop. */
export type Shop = {
  readonly __typename?: 'Shop';
  /**
   * ISO 4217: what prices are filtered, sorted and counted in where a search does not say. As configured (LOOKGRAPH_CURRENCY), else that of most products; null as long as no product
   * has a price.
   */
  readonly currency?: Maybe<Scalars['String']['output']>;
  /** ISO 4217: those of all prices, that of most products first. */
  readonly currencies: ReadonlyArray<Scalars['String']['output']>;
};

/** An attribute that products have. */
export type AttributeDefinition = {
  readonly __typename?: 'AttributeDefinition';
  /** As the shop writes it. */
  readonly name: Scalars['String']['output'];
  /** What its values are. */
  readonly kind: AttributeKind;
  /** Of kind NUMBER, what its name says they are in: cm of "Width (cm)"; null where it says nothing. */
  readonly unit?: Maybe<Scalars['String']['output']>;
  /** Share of products that have it, 0 to 1. */
  readonly coverage: Scalars['Float']['output'];
  /** Different values. */
  readonly valueCount: Scalars['Int']['output'];
};

/** What the values of an attribute are. */
export type AttributeKind =
  /** Texts. */
  | 'TEXT'
  /** At least 19 of 20 are numbers written out in digits, so that `numbers` of the filter, and sorting by numbers, are of use. NumberFilter says what is a number. */
  | 'NUMBER';

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** Exact. */
  readonly amount: Scalars['Decimal']['output'];
  /** ISO 4217. */
  readonly currency: Scalars['String']['output'];
};

/** A named property of a product. */
export type Attribute = {
  readonly __typename?: 'Attribute';
  /** As the shop writes it: color, size, material. */
  readonly name: Scalars['String']['output'];
  /** At least one. */
  readonly values: ReadonlyArray<Scalars['String']['output']>;
};

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

/** A place in the shop's tree of categories. */
export type Category = Node & {
  readonly __typename?: 'Category';
  /** The global id; the same as long as the path is. */
  readonly id: Scalars['ID']['output'];
  /** The last part of the path. */
  readonly name: Scalars['String']['output'];
  /** From the top down, this one last. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The category above; null at the top. */
  readonly parent?: Maybe<Category>;
  /** The categories right below it, by name. */
  readonly children: ReadonlyArray<Category>;
  /** Products in it and in all categories below it, each once. */
  readonly productCount: Scalars['Int']['output'];
};

/** A picture of a product. */
export type ProductImage = Node & {
  readonly __typename?: 'ProductImage';
  /** The global id; good as a query picture, too. */
  readonly id: Scalars['ID']['output'];
  /** Served by this server, scaled down to fit the width in pixels (16 to 2048); the original size when left out. */
  readonly url: Scalars['URL']['output'];
  /** In pixels, upright; null until it was fetched. */
  readonly width?: Maybe<Scalars['Int']['output']>;
  /** In pixels, upright; null until it was fetched. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** How far it is. */
  readonly state: ImageState;
  /** Why it FAILED: what was expected and what was found; null otherwise. */
  readonly failure?: Maybe<Scalars['String']['output']>;
};


/** A picture of a product. */
export type ProductImageUrlArgs = {
  width?: InputMaybe<Scalars['Int']['input']>;
};

/** How far a picture is. */
export type ImageState =
  /** Waiting to be fetched or embedded. */
  | 'PENDING'
  /** Searchable. */
  | 'READY'
  /** Could not be fetched or read; `failure` says why. */
  | 'FAILED'
  /** Shown, but no search finds its product by it: it is blank, or a placeholder that many products share. The import report says so. */
  | 'IGNORED';

/** One page of pictures that failed. */
export type ImageFailureConnection = {
  readonly __typename?: 'ImageFailureConnection';
  /** The pictures. */
  readonly edges: ReadonlyArray<ImageFailureEdge>;
  /** The edges' nodes, for those who need no more. */
  readonly nodes: ReadonlyArray<ImageFailure>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A picture that failed, in a list. */
export type ImageFailureEdge = {
  readonly __typename?: 'ImageFailureEdge';
  /** Opaque; hand it back as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The picture. */
  readonly node: ImageFailure;
};

/** A picture of a product that could not be fetched or read. It is tried again when its product is saved again. */
export type ImageFailure = {
  readonly __typename?: 'ImageFailure';
  /** The picture. */
  readonly image: ProductImage;
  /** The product that should show it; null where that was deleted a moment ago. */
  readonly product?: Maybe<Product>;
  /** Where it should come from: an address, `file:` and its path beside the feed, `content:` and the hash of an uploaded picture. */
  readonly source: Scalars['String']['output'];
  /** What was expected and what was found. */
  readonly reason: Scalars['String']['output'];
};

/** A search. */
export type ProductSearchInput = {
  /** What to look for. With none, the filter is browsed in the order of `sort`. At most 8. */
  readonly terms?: ReadonlyArray<SearchTerm>;
  /** What every result must satisfy. */
  readonly filter?: InputMaybe<ProductFilter>;
  /** Whether words count beside the vectors: those of codes, titles, brands, categories, attributes and descriptions. */
  readonly words?: WordMatching;
  /** What becomes of words that seem to be misspelt. */
  readonly spelling?: SpellingMode;
  /**
   * Leave out results below this relevance (0 to 1), boosts not counted. Counts and facets follow it. Pinned products stay.
   * 0.5 leaves what matches at least weakly.
   */
  readonly minRelevance?: Scalars['Float']['input'];
  /** The order. */
  readonly sort?: ProductSort;
  /** The attribute that NUMBER_ASC and NUMBER_DESC sort by, as the shop writes it; for these alone. */
  readonly sortAttribute?: InputMaybe<Scalars['String']['input']>;
  /** What one result is. Counts, facets, pages and cursors follow it. */
  readonly collapse?: Collapse;
  /**
   * ISO 4217: what prices are filtered, sorted and counted in; that of `shop` when left out. Amounts of different currencies are never compared: a product priced in another one
   * does not match a condition on its price, and comes last, with those without a price, where results are sorted by it.
   */
  readonly currency?: InputMaybe<Scalars['String']['input']>;
  /** What becomes of products that are OUT_OF_STOCK. */
  readonly unavailable?: UnavailableProducts;
  /** Raise or lower results by what the shop knows. At most 8. */
  readonly boosts?: ReadonlyArray<Boost>;
  /** Put these first, in this order, when they satisfy the filter: of several looks or variants of one the best. At most 20. */
  readonly pin?: ReadonlyArray<ProductKey>;
  /** Leave these out. At most 100. */
  readonly exclude?: ReadonlyArray<ProductKey>;
  /** Trade closeness for variety. For terms and sort RELEVANCE. */
  readonly diversify?: InputMaybe<Diversify>;
};

/** What narrows and orders the products that look like one. */
export type SimilarProductsInput = {
  /** What every result must satisfy. */
  readonly filter?: InputMaybe<ProductFilter>;
  /** What one result is. Counts, facets, pages and cursors follow it. */
  readonly collapse?: Collapse;
  /** ISO 4217: what prices are filtered and counted in; that of `shop` when left out. */
  readonly currency?: InputMaybe<Scalars['String']['input']>;
  /** Leave out results below this relevance (0 to 1). */
  readonly minRelevance?: Scalars['Float']['input'];
  /** What becomes of products that are OUT_OF_STOCK. */
  readonly unavailable?: UnavailableProducts;
  /** Trade closeness for variety. */
  readonly diversify?: InputMaybe<Diversify>;
};

/**
 * One thing to look for. A negative weight steers away from it: models do not understand "a dress without sleeves"; the text "dress"
 * and the text "sleeves" with the weight -0.5 say it.
 */
export type SearchTerm = {
  /** What it looks for. */
  readonly match: SearchMatch;
  /** -1 to 1, not 0; relative to the other terms. */
  readonly weight?: Scalars['Float']['input'];
};

/** Exactly one of them. */
export type SearchMatch =
  /** Words, in natural language; what it says in the negative is not understood. At most 1,000 characters. */
  { readonly text: Scalars['String']['input']; readonly image?: never; readonly product?: never; }
  |  /** A picture, or a part of one. */
  { readonly text?: never; readonly image: ImageMatch; readonly product?: never; }
  |  /** Like this product: all its pictures count. */
  { readonly text?: never; readonly image?: never; readonly product: ProductKey; };

/** A picture to look for. */
export type ImageMatch = {
  /** Where the picture comes from. */
  readonly source: ImageSource;
  /** The part of the picture that is meant, taken as it is; when left out, it is found out what is meant (`adjust`). */
  readonly region?: InputMaybe<Region>;
  /**
   * Whether plain margins, a phone's bars and letterboxes are left out, and a picture that lies on its side is turned upright, where the catalogue has something more similar to that than to the
   * whole; `queryImages` says what was done. Pictures of the catalogue (`productImage`) and regions are taken as they are.
   */
  readonly adjust?: Scalars['Boolean']['input'];
};

/** Exactly one of them. */
export type ImageSource =
  /** The id that POST /uploads gave. */
  { readonly upload: Scalars['ID']['input']; readonly base64?: never; readonly url?: never; readonly productImage?: never; }
  |  /** A small picture, base64 or a data: address, at most 4 MB decoded. */
  { readonly upload?: never; readonly base64: Scalars['String']['input']; readonly url?: never; readonly productImage?: never; }
  |  /** A public address that the server fetches, where the shop allows it. */
  { readonly upload?: never; readonly base64?: never; readonly url: Scalars['URL']['input']; readonly productImage?: never; }
  |  /** A picture that is in the catalogue. */
  { readonly upload?: never; readonly base64?: never; readonly url?: never; readonly productImage: Scalars['ID']['input']; };

/** A rectangle in fractions of the upright picture: 0 is the left or top edge, 1 the right or bottom. */
export type Region = {
  /** The left edge. */
  readonly x: Scalars['Float']['input'];
  /** The top edge. */
  readonly y: Scalars['Float']['input'];
  /** More than 0. */
  readonly width: Scalars['Float']['input'];
  /** More than 0. */
  readonly height: Scalars['Float']['input'];
};

/**
 * All given conditions hold together. The whole filter, however nested, is asked of one variant at a time, together with its product: a product is a result if one and the same variant satisfies all of
 * it. Of the product are category, brand, product, hasPicture and updatedAt; of the variant price, availability, onSale, gtin, attributes and numbers. Only hasVariant asks whether any variant does.
 */
export type ProductFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<ProductFilter>>;
  /** At least one of these holds; an empty list matches nothing. */
  readonly or?: InputMaybe<ReadonlyArray<ProductFilter>>;
  /** This does not hold. */
  readonly not?: InputMaybe<ProductFilter>;
  /** It is in one of these categories. */
  readonly category?: InputMaybe<CategoryFilter>;
  /** By brand, exactly as the shop writes it. */
  readonly brand?: InputMaybe<StringFilter>;
  /** By price; products without one in the search's currency do not match. */
  readonly price?: InputMaybe<DecimalRange>;
  /** It is one of these. */
  readonly availability?: InputMaybe<ReadonlyArray<Availability>>;
  /** Whether it costs less than before (compareAtPrice). */
  readonly onSale?: InputMaybe<Scalars['Boolean']['input']>;
  /** All of these hold. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeFilter>>;
  /** All of these hold, of attributes whose values are numbers. */
  readonly numbers?: InputMaybe<ReadonlyArray<NumberFilter>>;
  /** By product. */
  readonly product?: InputMaybe<ProductKeyFilter>;
  /** By product code, exactly as the shop writes it. */
  readonly gtin?: InputMaybe<StringFilter>;
  /** By when what the shop says of it last changed. */
  readonly updatedAt?: InputMaybe<DateTimeRange>;
  /** Whether it has a picture that can be searched (state READY). */
  readonly hasPicture?: InputMaybe<Scalars['Boolean']['input']>;
  /** Some variant of the product satisfies this, not necessarily the one that is shown; within `not`: none does. */
  readonly hasVariant?: InputMaybe<ProductFilter>;
};

/** Products of certain categories. */
export type CategoryFilter = {
  /** At least one of them. A category that does not exist is refused. */
  readonly in: ReadonlyArray<CategoryKey>;
  /** Whether products in the categories below count, too. */
  readonly includeDescendants?: Scalars['Boolean']['input'];
};

/** A condition on a text. */
export type StringFilter = {
  /** It has one of these values; an empty list matches nothing. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** It has none of these values; holds also where there is no value. */
  readonly notIn?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Both ends included; in the search's currency. */
export type DecimalRange = {
  /** At least this. */
  readonly min?: InputMaybe<Scalars['Decimal']['input']>;
  /** At most this. */
  readonly max?: InputMaybe<Scalars['Decimal']['input']>;
};

/** A condition on an attribute. */
export type AttributeFilter = {
  /** The attribute's name, as the shop writes it. */
  readonly name: Scalars['String']['input'];
  /** It has one of these values; an empty list matches nothing. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** It has none of these values; holds also where there is no value. */
  readonly notIn?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/**
 * A condition on an attribute as a number, both ends included. A value is a number if it is written out in digits: "12", "-0.5"; "12 cm" and "1e3" are not.
 * Of several values one must be within the range; products without a number do not match. Without ends every product matches.
 */
export type NumberFilter = {
  /** The attribute's name, as the shop writes it. */
  readonly name: Scalars['String']['input'];
  /** At least this. */
  readonly min?: InputMaybe<Scalars['Decimal']['input']>;
  /** At most this. */
  readonly max?: InputMaybe<Scalars['Decimal']['input']>;
};

/** A condition on the product itself. */
export type ProductKeyFilter = {
  /** It is one of these; an empty list matches nothing. */
  readonly in?: InputMaybe<ReadonlyArray<ProductKey>>;
  /** It is none of these. */
  readonly notIn?: InputMaybe<ReadonlyArray<ProductKey>>;
};

/** Both ends included. */
export type DateTimeRange = {
  /** Not before this. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Not after this. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
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
  readonly by: Scalars['Float']['input'];
};

/** Trades closeness for variety of looks, brands and categories. */
export type Diversify = {
  /** 0: closeness alone. 1: variety alone. */
  readonly strength?: Scalars['Float']['input'];
  /** Candidates to choose from, `first` to 500; 5 times `first` when left out. What follows them is in the order RELEVANCE. */
  readonly candidates?: InputMaybe<Scalars['Int']['input']>;
};

/** One page of a search. */
export type ProductSearchConnection = {
  readonly __typename?: 'ProductSearchConnection';
  /** The results, best first. */
  readonly edges: ReadonlyArray<ProductSearchEdge>;
  /** The edges' nodes, for those who need no more; of several looks or variants the same product again. */
  readonly nodes: ReadonlyArray<Product>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
  /**
   * Results: products, looks or variants (`collapse`) that satisfy the filter, and the relevance where minRelevance is set; with words ONLY, those of them that match the
   * words. The same on every page.
   */
  readonly totalCount: Count;
  /** Counts over the whole result, not over a page. A field's own condition does not narrow its own counts. */
  readonly facets: ReadonlyArray<Facet>;
  /** The same of one field, with more of its values than the most frequent 100, found by what they contain, or A to Z. */
  readonly facet: Facet;
  /** How good the best match is, against what this catalogue's vectors usually give. STRONG without terms, if there is any product. */
  readonly matchQuality: MatchQuality;
  /**
   * What misspelt words of the terms were taken for, in the order of the terms and of their texts. A mended match is never as sure as one that was
   * written so. To search for exactly what was written: `spelling: AS_WRITTEN`.
   */
  readonly corrections: ReadonlyArray<Correction>;
  /** What the pictures among the terms were taken for, in the order of the terms. Without those that were to be taken as they are: regions, pictures of the catalogue, `adjust: false`. */
  readonly queryImages: ReadonlyArray<QueryImage>;
  /** The model that the vectors of this search came from; null when none were used. */
  readonly model?: Maybe<EmbeddingModel>;
  /** How the search was carried out. Null unless the shop shows it (LOOKGRAPH_EXPLAIN). */
  readonly plan?: Maybe<SearchPlan>;
};


/** One page of a search. */
export type ProductSearchConnectionFacetsArgs = {
  fields: ReadonlyArray<FacetField>;
};


/** One page of a search. */
export type ProductSearchConnectionFacetArgs = {
  field: FacetField;
  search?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  sort?: FacetSort;
};

/** What a misspelt word was taken for. */
export type Correction = {
  readonly __typename?: 'Correction';
  /** The place of its term among the terms of the search, from 0. */
  readonly term: Scalars['Int']['output'];
  /** The word as it was typed. */
  readonly written: Scalars['String']['output'];
  /** Where it begins in the text of the term, without the blanks around that; in UTF-16 code units, from 0. */
  readonly start: Scalars['Int']['output'];
  /** Where it ends: behind its last unit. */
  readonly end: Scalars['Int']['output'];
  /** What it was taken for. */
  readonly meant: Scalars['String']['output'];
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** Whether it was searched for. If not, it is only an offer: "Did you mean ...?" */
  readonly isApplied: Scalars['Boolean']['output'];
};

/** What a picture among the terms was taken for. */
export type QueryImage = {
  readonly __typename?: 'QueryImage';
  /** Place of its term in `terms`, from 0. */
  readonly term: Scalars['Int']['output'];
  /** The part of the picture that was compared; the whole picture where nothing was left out. */
  readonly region: PictureRegion;
  /** By how many degrees it was turned, clockwise, to stand upright: 0, 90 or 270. */
  readonly turn: Scalars['Int']['output'];
};

/** A rectangle in fractions of the picture as it came, upright by EXIF: good as a `Region` again. */
export type PictureRegion = {
  readonly __typename?: 'PictureRegion';
  /** The left edge. */
  readonly x: Scalars['Float']['output'];
  /** The top edge. */
  readonly y: Scalars['Float']['output'];
  /** More than 0. */
  readonly width: Scalars['Float']['output'];
  /** More than 0. */
  readonly height: Scalars['Float']['output'];
};

/** One result of a search. */
export type ProductSearchEdge = {
  readonly __typename?: 'ProductSearchEdge';
  /** Opaque; hand it back as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The product. */
  readonly node: Product;
  /**
   * 0 to 1, comparable between searches: 1 is a sure match, 0 an arbitrary product. The greater of what vectors and what words find (see
   * `why`), without boosts; 1 where nothing was asked for.
   */
  readonly relevance: Scalars['Float']['output'];
  /** Cosine similarity of the best picture or text to the query, -1 to 1; null where no vector took part. */
  readonly similarity?: Maybe<Scalars['Float']['output']>;
  /**
   * The variant to show. It satisfies the whole filter. Among those that do, in this order: it can be bought; comes first by the sort, if that is by price or by a number; has matchedImage; comes first in the
   * shop's order.
   */
  readonly variant: ProductVariant;
  /** Variants of this result that satisfy the filter: of the product, or of the look. */
  readonly matchingVariantCount: Scalars['Int']['output'];
  /** Prices of these variants in the search's currency; null where none has one in it. */
  readonly priceRange?: Maybe<PriceRange>;
  /** The picture that matched best, of variants that satisfy the filter or of none in particular; null where none did. */
  readonly matchedImage?: Maybe<ProductImage>;
  /** What a tile shows: matchedImage, or else the first picture of `variant`. */
  readonly image?: Maybe<ProductImage>;
  /** Why it is here. */
  readonly why: MatchReason;
};

/**
 * Why a product is where it is. The order RELEVANCE is by wordScore and by vectorScore as far as that tells how near a product is, and by
 * boost; the termSimilarities add up to the edge's `similarity`.
 */
export type MatchReason = {
  readonly __typename?: 'MatchReason';
  /** Position by vectors alone, from 1; null where they did not find it among the first. */
  readonly vectorRank?: Maybe<Scalars['Int']['output']>;
  /** Position by words alone, from 1; null where they did not find it among the first. */
  readonly wordRank?: Maybe<Scalars['Int']['output']>;
  /**
   * By how many standard deviations it is more similar to the query than an arbitrary product of this catalogue; null where no vector
   * took part.
   */
  readonly vectorScore?: Maybe<Scalars['Float']['output']>;
  /** What those words of the query that it has count for, the rarer and the better the place the more; 0 where it has none. */
  readonly wordScore: Scalars['Float']['output'];
  /** Whether the query has its title, its brand, its category's name or a code of its. */
  readonly named: Scalars['Boolean']['output'];
  /** The words of the query that it has, in their order, and what each was read as. */
  readonly words: ReadonlyArray<MatchedWord>;
  /**
   * What each term contributed, in the order of the terms; they add up to the edge's `similarity`. Null for a term without vectors, and
   * where several terms were compared with the text of a product that has no picture.
   */
  readonly termSimilarities: ReadonlyArray<Maybe<Scalars['Float']['output']>>;
  /** The sum of the boosts that applied. */
  readonly boost: Scalars['Float']['output'];
  /** Whether it stands first because it was pinned. */
  readonly pinned: Scalars['Boolean']['output'];
};

/** A word of the query that a product has. */
export type MatchedWord = {
  readonly __typename?: 'MatchedWord';
  /** The place of its term among the terms of the search, from 0. */
  readonly term: Scalars['Int']['output'];
  /** The word as it was typed. */
  readonly written: Scalars['String']['output'];
  /** Where it begins in the text of the term, without the blanks around that; in UTF-16 code units, from 0. */
  readonly start: Scalars['Int']['output'];
  /** Where it ends: behind its last unit. */
  readonly end: Scalars['Int']['output'];
  /** How it was read. */
  readonly reading: WordReading;
  /** What it was read as: at most three that count alike. Empty for OTHER_AMOUNT. */
  readonly found: ReadonlyArray<Scalars['String']['output']>;
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

/** Where a page is in the whole result. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether there are results after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are results before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first result; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last result; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** A number of things. */
export type Count = {
  readonly __typename?: 'Count';
  /** The number, or what was counted of it. */
  readonly value: Scalars['Int']['output'];
  /** False when counting stopped early: there are at least `value`. */
  readonly exact: Scalars['Boolean']['output'];
};

/** What to count by: exactly one of them. */
export type FacetField =
  /** Something that every product may have. */
  { readonly builtIn: BuiltInFacet; readonly attribute?: never; }
  |  /** The name of an attribute. */
  { readonly builtIn?: never; readonly attribute: Scalars['String']['input']; };

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

/** Counts of one field over the whole result of a search. */
export type Facet = {
  readonly __typename?: 'Facet';
  /** CATEGORY, BRAND, PRICE, AVAILABILITY or the attribute's name. */
  readonly field: Scalars['String']['output'];
  /** As many as were asked for: of `facets` the most frequent 100. Empty for PRICE. */
  readonly values: ReadonlyArray<FacetValue>;
  /** Whether there are more values than these. */
  readonly hasMore: Scalars['Boolean']['output'];
  /** For PRICE alone: the lowest and highest price in the search's currency; null where nothing has one. */
  readonly range?: Maybe<FacetRange>;
  /** Products of the result that have no value of this field; for PRICE, none in the search's currency. */
  readonly missing: Scalars['Int']['output'];
  /** False when counting stopped early: each value occurs at least so often, and there may be more values. */
  readonly exact: Scalars['Boolean']['output'];
};

/** The order of a facet's values. */
export type FacetSort =
  /** Most frequent first. */
  | 'COUNT'
  /**
   * A to Z by the collation of the shop's language, whatever the case. Values that begin with a number come first, by it ("9", "10", "11"), those of one
   * dimension together, whatever their units ("500 g", "1.5 kg"); then texts ("L", "M", "S": nobody knows their sizes), numbers in them as numbers.
   */
  | 'VALUE';

/** A value and how often it occurs. */
export type FacetValue = {
  readonly __typename?: 'FacetValue';
  /** For CATEGORY its path, joined by " > ". */
  readonly value: Scalars['String']['output'];
  /** Products of the result that have it. One product may have several values. */
  readonly count: Scalars['Int']['output'];
  /** For CATEGORY alone. */
  readonly category?: Maybe<Category>;
};

/** From the lowest to the highest price, both included. */
export type FacetRange = {
  readonly __typename?: 'FacetRange';
  /** The lowest. */
  readonly min: Scalars['Decimal']['output'];
  /** The highest. */
  readonly max: Scalars['Decimal']['output'];
  /** ISO 4217. */
  readonly currency: Scalars['String']['output'];
};

/** How good the best match of a search is. */
export type MatchQuality =
  /** The best match has a relevance of at least 0.8. */
  | 'STRONG'
  /** The best match has a relevance of at least 0.5. */
  | 'WEAK'
  /** Nothing in the catalogue matches; what is shown is merely the nearest. */
  | 'NONE';

/** How a search was carried out. */
export type SearchPlan = {
  readonly __typename?: 'SearchPlan';
  /** How the nearest vectors were found. */
  readonly strategy: SearchStrategy;
  /**
   * Products that satisfy the filter, where finding this page counted them: with few of them it does. Null where it did not need to, and for later pages, which are
   * cut from a frozen result; `totalCount` counts.
   */
  readonly candidates?: Maybe<Scalars['Int']['output']>;
  /**
   * Vectors compared in full to find the nearest: with strategy SKETCH those that their sketches let through, with NONE 0. Null where the database compared them and
   * did not say how many: with strategy EXACT all vectors of the products that satisfy the filter, with HNSW those that the index came by; null for later pages, too.
   */
  readonly examined?: Maybe<Scalars['Int']['output']>;
  /** How long this page took to find; counts, facets and this plan are not in it. */
  readonly milliseconds: Scalars['Float']['output'];
  /** The statements that ranked the products, or that read a later page, as they ran and as psql takes them; the query's vectors are left out, and named in the first lines of each. */
  readonly sql: Scalars['String']['output'];
  /** Ways in which the nearest pictures could have been found, the one that was taken first: only where counts of values and measured costs decided between them. */
  readonly ways: ReadonlyArray<ScanWay>;
  /** What took how long, in the order in which it was done. Not all stages are part of every search; together they take no more than `milliseconds`. */
  readonly stages: ReadonlyArray<SearchStage>;
  /**
   * The statements that this page asked the database with, in order, as they ran; between `begin` and `commit`, since some set options for those behind
   * them. What is kept for later pages is not among them.
   */
  readonly statements: ReadonlyArray<SearchStatement>;
  /**
   * The id of this search in the log of searches, to ask it again in SQL: `select * from analytics.search_products('...')`. Written there within about
   * a second. Null for later pages, where nothing was looked for, and where no log is kept (LOOKGRAPH_SEARCH_LOG_DAYS).
   */
  readonly searchId?: Maybe<Scalars['String']['output']>;
};

/** A part of a search, and how long it took. */
export type SearchStage = {
  readonly __typename?: 'SearchStage';
  /** What was done. */
  readonly name: SearchStageName;
  /** How long. */
  readonly milliseconds: Scalars['Float']['output'];
};

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

/** A statement that was sent to the database. */
export type SearchStatement = {
  readonly __typename?: 'SearchStatement';
  /** The stage that it is part of; null between two of them. */
  readonly stage?: Maybe<SearchStageName>;
  /** How long its answer took, waiting for a connection included. */
  readonly milliseconds: Scalars['Float']['output'];
  /** The statement as psql runs it, its parameters written out. The query's vectors are in it: `\set` in its first lines gives them a name. */
  readonly sql: Scalars['String']['output'];
};

/** A way to find the nearest pictures that satisfy a filter, as it was estimated beforehand. */
export type ScanWay = {
  readonly __typename?: 'ScanWay';
  /** What it is. */
  readonly way: ScanKind;
  /** Rows that it would look at. */
  readonly rows: Scalars['Int']['output'];
  /** What it would take, by what rows cost on this database. */
  readonly milliseconds: Scalars['Float']['output'];
};

/** Ways to find the nearest pictures. */
export type ScanKind =
  /** The HNSW index, until enough satisfy the filter. */
  | 'HNSW'
  /** Sketches of those groups of similar pictures that are nearest to the query and in which any satisfies the filter. */
  | 'CLUSTERS'
  /** Sketches of all pictures that satisfy the filter. */
  | 'ALL';

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

/** A completion of what was typed. */
export type Suggestion = {
  readonly __typename?: 'Suggestion';
  /** What to show: a title, a brand, or the path of a category, joined by " > ". */
  readonly text: Scalars['String']['output'];
  /** What it names. */
  readonly kind: SuggestionKind;
  /** For PRODUCT: one with this title. */
  readonly product?: Maybe<Product>;
  /** For CATEGORY. */
  readonly category?: Maybe<Category>;
};

/** What a suggestion names. */
export type SuggestionKind =
  /** The title of a product. */
  | 'PRODUCT'
  /** A brand. */
  | 'BRAND'
  /** A category. */
  | 'CATEGORY';

/** A query, read as a person would who knows the shop. */
export type QueryInterpretation = {
  readonly __typename?: 'QueryInterpretation';
  /** In the order of the text, without overlaps. None where nothing was understood. */
  readonly parts: ReadonlyArray<InterpretedPart>;
  /** What no part stands for, blanks put right: it stays words. Empty where all of it was understood. */
  readonly rest: Scalars['String']['output'];
  /** All of it at once, as the `input` of searchProducts. */
  readonly search: InterpretedSearch;
};

/** A piece of a query that can be a filter or a term of its own. */
export type InterpretedPart = {
  readonly __typename?: 'InterpretedPart';
  /** The piece as it was typed: "under 50 $". */
  readonly text: Scalars['String']['output'];
  /** Where it begins in the text; in UTF-16 code units, from 0. */
  readonly start: Scalars['Int']['output'];
  /** Where it ends: behind its last unit. */
  readonly end: Scalars['Int']['output'];
  /** Whether it is what is not wanted. */
  readonly isNegative: Scalars['Boolean']['output'];
  /** What it may mean, what most products have first; several where a word is both a brand and a colour. */
  readonly readings: ReadonlyArray<InterpretedReading>;
  /** What says so in the `filter` of a search, usable there as it is; null where a term says it. */
  readonly filter?: Maybe<InterpretedFilter>;
  /** What says so among the `terms` of a search, usable there as it is; null where a filter says it. */
  readonly term?: Maybe<InterpretedTerm>;
};

/** One thing that a piece of a query may mean. */
export type InterpretedReading = {
  readonly __typename?: 'InterpretedReading';
  /** What kind of thing it is. */
  readonly kind: InterpretedKind;
  /** For people: the name as the shop writes it, a category's path joined by " > ", words; for PRICE "20 - 50", "20 -" or "- 50". */
  readonly label: Scalars['String']['output'];
  /** For ATTRIBUTE: its name. */
  readonly attribute?: Maybe<Scalars['String']['output']>;
  /** Products that have it; null for PRICE and WORDS. */
  readonly productCount?: Maybe<Scalars['Int']['output']>;
};

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

/** What a search would be if all that was understood were taken: the `input` of searchProducts, as it is. */
export type InterpretedSearch = {
  readonly __typename?: 'InterpretedSearch';
  /** The rest of the words (all but those of prices and of what is not wanted, where a negative term needs something to steer from), and words that are not wanted. */
  readonly terms: ReadonlyArray<InterpretedTerm>;
  /** Null where nothing narrows. */
  readonly filter?: Maybe<InterpretedFilter>;
};

/** A term of a search: a SearchTerm, as it is. */
export type InterpretedTerm = {
  readonly __typename?: 'InterpretedTerm';
  /** What it looks for. */
  readonly match: InterpretedMatch;
  /** Below 0 for what is not wanted. */
  readonly weight: Scalars['Float']['output'];
};

/** What a term looks for: a SearchMatch, as it is. */
export type InterpretedMatch = {
  readonly __typename?: 'InterpretedMatch';
  /** Words. */
  readonly text: Scalars['String']['output'];
};

/** A condition: a ProductFilter, as it is. What is null says nothing. */
export type InterpretedFilter = {
  readonly __typename?: 'InterpretedFilter';
  /** All of these hold. */
  readonly and?: Maybe<ReadonlyArray<InterpretedFilter>>;
  /** One of these holds: where a word means several things. */
  readonly or?: Maybe<ReadonlyArray<InterpretedFilter>>;
  /** This does not hold. */
  readonly not?: Maybe<InterpretedFilter>;
  /** In one of these categories, or below. */
  readonly category?: Maybe<InterpretedCategories>;
  /** One of these brands. */
  readonly brand?: Maybe<InterpretedValues>;
  /** Within this range. */
  readonly price?: Maybe<InterpretedPrice>;
  /** Each has one of its values. */
  readonly attributes?: Maybe<ReadonlyArray<InterpretedAttribute>>;
};

/** Categories: a CategoryFilter, as it is. */
export type InterpretedCategories = {
  readonly __typename?: 'InterpretedCategories';
  /** At least one of them. */
  readonly in: ReadonlyArray<InterpretedCategory>;
};

/** A category: a CategoryKey, as it is. */
export type InterpretedCategory = {
  readonly __typename?: 'InterpretedCategory';
  /** Names from the top down. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Values: a StringFilter, as it is. */
export type InterpretedValues = {
  readonly __typename?: 'InterpretedValues';
  /** One of them, as the shop writes it. */
  readonly in: ReadonlyArray<Scalars['String']['output']>;
};

/** A range of prices: a PriceRange, as it is. */
export type InterpretedPrice = {
  readonly __typename?: 'InterpretedPrice';
  /** At least this; null: whatever. */
  readonly min?: Maybe<Scalars['Decimal']['output']>;
  /** At most this; null: whatever. */
  readonly max?: Maybe<Scalars['Decimal']['output']>;
};

/** Values of an attribute: an AttributeFilter, as it is. */
export type InterpretedAttribute = {
  readonly __typename?: 'InterpretedAttribute';
  /** The attribute's name. */
  readonly name: Scalars['String']['output'];
  /** One of them, as the shop writes it. */
  readonly in: ReadonlyArray<Scalars['String']['output']>;
};

/** One page of synonyms. */
export type SynonymConnection = {
  readonly __typename?: 'SynonymConnection';
  /** The synonyms, the latest first. */
  readonly edges: ReadonlyArray<SynonymEdge>;
  /** The edges' nodes, for those who need no more. */
  readonly nodes: ReadonlyArray<Synonym>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A synonym in a list. */
export type SynonymEdge = {
  readonly __typename?: 'SynonymEdge';
  /** Opaque; hand it back as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The synonym. */
  readonly node: Synonym;
};

/**
 * Words that mean the same to the shop's customers, or that mean others. A query with any of `words` is also found as any of `meanings`; where there
 * are none it is two-way: as any of the other `words`. Not followed further: what a synonym leads to is not looked up again.
 */
export type Synonym = Node & {
  readonly __typename?: 'Synonym';
  /** The global id; made of what it says, so that nothing is there twice. */
  readonly id: Scalars['ID']['output'];
  /** Words, or groups of up to 6 words. */
  readonly words: ReadonlyArray<Scalars['String']['output']>;
  /** Words, or groups of up to 6 words; null for a two-way synonym. */
  readonly meanings?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** When it was added. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** A model that turns pictures and texts into vectors. */
export type EmbeddingModel = Node & {
  readonly __typename?: 'EmbeddingModel';
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** The name of its folder under models/. */
  readonly name: Scalars['String']['output'];
  /** Length of its vectors. */
  readonly dimensions: Scalars['Int']['output'];
  /** What it is for now. */
  readonly state: EmbeddingModelState;
  /** Pictures that it has vectors of. */
  readonly embedded: Scalars['Int']['output'];
  /** Pictures that the shop has. */
  readonly total: Scalars['Int']['output'];
  /** The version that its manifest names. */
  readonly version: Scalars['String']['output'];
  /** How much of the catalogue it has vectors of: pictures first, then texts. */
  readonly coverage: ReadonlyArray<EmbeddingCoverage>;
};

/** How much of one kind of document a model has vectors of. */
export type EmbeddingCoverage = {
  readonly __typename?: 'EmbeddingCoverage';
  /** What is counted. */
  readonly kind: EmbeddingKind;
  /** Those that there are. */
  readonly documents: Scalars['Int']['output'];
  /** Those that have a vector. */
  readonly embedded: Scalars['Int']['output'];
  /** Those that could not be read or are no look (blank, placeholders), and will have no vector until the shop changes them. The others without a vector wait for one. */
  readonly failed: Scalars['Int']['output'];
};

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

/** One page of imports. */
export type ImportConnection = {
  readonly __typename?: 'ImportConnection';
  /** The imports, the latest first. */
  readonly edges: ReadonlyArray<ImportEdge>;
  /** The edges' nodes, for those who need no more. */
  readonly nodes: ReadonlyArray<Import>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** An import in a list. */
export type ImportEdge = {
  readonly __typename?: 'ImportEdge';
  /** Opaque; hand it back as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The import. */
  readonly node: Import;
};

/** One run of `lookgraph import`, or of what fills the demo shop: a feed that was read into the catalogue, and the vectors made of what was new. */
export type Import = Node & {
  readonly __typename?: 'Import';
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** The feed's name: that of its file, without the folder. */
  readonly source: Scalars['String']['output'];
  /** How the feed was written; null until it was looked at: one from an address is fetched first. */
  readonly format?: Maybe<FeedFormat>;
  /** How it stands. */
  readonly state: ImportState;
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** When it ended; null while it runs. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it is; null once it has ended. */
  readonly progress?: Maybe<ImportProgress>;
  /** Why the run as a whole FAILED; null otherwise. */
  readonly failure?: Maybe<Scalars['String']['output']>;
  /** Products that were new. */
  readonly productsCreated: Scalars['Int']['output'];
  /** Products that had changed. */
  readonly productsUpdated: Scalars['Int']['output'];
  /** Products that were already as the feed says. */
  readonly productsUnchanged: Scalars['Int']['output'];
  /** Rows of the feed that were refused; see `failures`. */
  readonly productsFailed: Scalars['Int']['output'];
  /** Pictures that became searchable. */
  readonly imagesEmbedded: Scalars['Int']['output'];
  /** Pictures that could not be fetched or read; see `failures`. */
  readonly imagesFailed: Scalars['Int']['output'];
  /** Products that were in the shop when it began and that the feed does not have; null until the feed was read to its end, and for imports of a version that did not count them. */
  readonly productsMissing?: Maybe<Scalars['Int']['output']>;
  /** Those of them that were deleted. */
  readonly productsDeleted: Scalars['Int']['output'];
  /** Those of them that became OUT_OF_STOCK. */
  readonly productsExpired: Scalars['Int']['output'];
  /** Each row and picture that failed, in the order of the feed. Of the last 100 imports; of older ones only the counts are kept. */
  readonly failures: ImportFailureConnection;
};


/** One run of `lookgraph import`, or of what fills the demo shop: a feed that was read into the catalogue, and the vectors made of what was new. */
export type ImportFailuresArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

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

/** How far an import is. */
export type ImportProgress = {
  readonly __typename?: 'ImportProgress';
  /** What it does now. */
  readonly phase: ImportPhase;
  /** How much of this phase is done, 0 to 1; null where that is not known. */
  readonly share?: Maybe<Scalars['Float']['output']>;
  /** Rows (READING) or pictures and texts (EMBEDDING) a second, since the phase began; null before the first ones, for FETCHING and for INDEXING. */
  readonly perSecond?: Maybe<Scalars['Float']['output']>;
  /** Seconds until the phase is done, if it goes on like this; null where that cannot be said. */
  readonly secondsLeft?: Maybe<Scalars['Float']['output']>;
  /** When it last gave a sign of life. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

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

/** One page of what failed in an import. */
export type ImportFailureConnection = {
  readonly __typename?: 'ImportFailureConnection';
  /** What failed, in the order of the feed; what has no line comes last. */
  readonly edges: ReadonlyArray<ImportFailureEdge>;
  /** The edges' nodes, for those who need no more. */
  readonly nodes: ReadonlyArray<ImportFailure>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A failure in a list. */
export type ImportFailureEdge = {
  readonly __typename?: 'ImportFailureEdge';
  /** Opaque; hand it back as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The failure. */
  readonly node: ImportFailure;
};

/** A row of a feed that was refused, a field that a product went in without or that is doubtful, or a picture that could not be fetched or read. The rest of the feed went in. */
export type ImportFailure = {
  readonly __typename?: 'ImportFailure';
  /** Line of the feed where the product begins, from 1; null for a picture that failed later, when it was fetched or embedded. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** The product's sku, if the row had one. */
  readonly sku?: Maybe<Scalars['String']['output']>;
  /** The picture: its address, or `file:` and its path beside the feed; null for a row or a field. */
  readonly imageSource?: Maybe<Scalars['String']['output']>;
  /** What was expected and what was found. */
  readonly reason: Scalars['String']['output'];
};

/** One page of evaluations. */
export type EvaluationConnection = {
  readonly __typename?: 'EvaluationConnection';
  /** The evaluations, the latest first. */
  readonly edges: ReadonlyArray<EvaluationEdge>;
  /** The edges' nodes, for those who need no more. */
  readonly nodes: ReadonlyArray<Evaluation>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** An evaluation in a list. */
export type EvaluationEdge = {
  readonly __typename?: 'EvaluationEdge';
  /** Opaque; hand it back as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The evaluation. */
  readonly node: Evaluation;
};

/** One run of `lookgraph evaluate`: queries with known answers, asked, and what came out. docs/evaluation.md has the metrics. */
export type Evaluation = Node & {
  readonly __typename?: 'Evaluation';
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** When it was finished. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Where the queries came from. */
  readonly querySource: EvaluationQuerySource;
  /** Name of the file that the queries were read from; null for CATALOGUE. */
  readonly queryFile?: Maybe<Scalars['String']['output']>;
  /** How the catalogue's pictures were distorted before they were asked with; none where they were asked as they are. */
  readonly distortions: ReadonlyArray<Scalars['String']['output']>;
  /** Queries that were asked. */
  readonly queryCount: Scalars['Int']['output'];
  /** The model whose vectors were compared, where a configuration names no other. */
  readonly modelName: Scalars['String']['output'];
  /** Its version. */
  readonly modelVersion: Scalars['String']['output'];
  /** What the figures say, in sentences, the most important first. */
  readonly findings: ReadonlyArray<Scalars['String']['output']>;
  /** The ways in which the queries were asked; the others are compared with the first one. */
  readonly configurations: ReadonlyArray<EvaluationConfiguration>;
};

/** Where the queries of an evaluation came from. */
export type EvaluationQuerySource =
  /** A file of queries with what each should find. */
  | 'FILE'
  /** The catalogue's own pictures. */
  | 'CATALOGUE';

/** One way of asking the queries, and what came of it. */
export type EvaluationConfiguration = {
  readonly __typename?: 'EvaluationConfiguration';
  /** As it was typed: words=off; "default" for none of it. */
  readonly name: Scalars['String']['output'];
  /** Queries answered a second, two at a time, on the machine of the evaluation. */
  readonly queriesPerSecond: Scalars['Float']['output'];
  /** Half of the queries took at most so long. */
  readonly p50Milliseconds: Scalars['Float']['output'];
  /** 95 of 100 queries took at most so long. */
  readonly p95Milliseconds: Scalars['Float']['output'];
  /** What was measured over all queries; without what no query defines. */
  readonly measures: ReadonlyArray<EvaluationMeasure>;
  /** The groups of queries that fare worst, the worst first. */
  readonly weakest: ReadonlyArray<EvaluationGroup>;
};


/** One way of asking the queries, and what came of it. */
export type EvaluationConfigurationMeasuresArgs = {
  metrics?: InputMaybe<ReadonlyArray<EvaluationMetric>>;
  k?: InputMaybe<Scalars['Int']['input']>;
};


/** One way of asking the queries, and what came of it. */
export type EvaluationConfigurationWeakestArgs = {
  by?: Scalars['String']['input'];
  metric?: InputMaybe<EvaluationMetric>;
  target?: EvaluationTarget;
  k?: Scalars['Int']['input'];
  minQueries?: Scalars['Int']['input'];
  first?: Scalars['Int']['input'];
};

/** Queries that have something in common, and how they fared. */
export type EvaluationGroup = {
  readonly __typename?: 'EvaluationGroup';
  /** What they have in common: a category's names, a kind of query. */
  readonly name: Scalars['String']['output'];
  /** How they fared. */
  readonly measure: EvaluationMeasure;
};

/** A metric over queries, and how sure it is. */
export type EvaluationMeasure = {
  readonly __typename?: 'EvaluationMeasure';
  /** What was measured. */
  readonly metric: EvaluationMetric;
  /** What was to be found. */
  readonly target: EvaluationTarget;
  /** Results that were looked at; null for the whole ranking. */
  readonly k?: Maybe<Scalars['Int']['output']>;
  /** As people write it: "SameProduct@3". */
  readonly label: Scalars['String']['output'];
  /** What it means, in a sentence. */
  readonly meaning: Scalars['String']['output'];
  /** Whether more of it is better; null where that depends on what the shop wants. */
  readonly moreIsBetter?: Maybe<Scalars['Boolean']['output']>;
  /** Queries that it is defined for. */
  readonly queryCount: Scalars['Int']['output'];
  /** Its mean over them. */
  readonly value: Scalars['Float']['output'];
  /** Lower end of the 95 % confidence interval. */
  readonly low: Scalars['Float']['output'];
  /** Upper end. */
  readonly high: Scalars['Float']['output'];
  /** How it differs from the first configuration's; null for that one itself and for groups of queries. */
  readonly difference?: Maybe<EvaluationDifference>;
};

/** How a configuration differs from the first one on the same queries. */
export type EvaluationDifference = {
  readonly __typename?: 'EvaluationDifference';
  /** Its value minus that of the first configuration. */
  readonly value: Scalars['Float']['output'];
  /** Lower end of the 95 % confidence interval. */
  readonly low: Scalars['Float']['output'];
  /** Upper end. */
  readonly high: Scalars['Float']['output'];
  /** How often chance makes a difference at least as large where there is none: small for a real one. */
  readonly pValue: Scalars['Float']['output'];
};

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

/** What a query should find. */
export type EvaluationTarget =
  /** The very product. */
  | 'PRODUCT'
  /** Anything of its category. */
  | 'CATEGORY'
  /** The metric says it itself. */
  | 'NONE';

/** Products to save. */
export type UpsertProductsInput = {
  /** At most 500. */
  readonly products: ReadonlyArray<ProductInput>;
};

/** All that the shop says of a product and its variants. */
export type ProductInput = {
  /** The shop's own identifier. 1 to 200 characters. A product of one variant may leave it out: its sku then. */
  readonly groupId?: InputMaybe<Scalars['String']['input']>;
  /** What the shop calls it, without what differs among its variants. 1 to 1,000 characters. */
  readonly title: Scalars['String']['input'];
  /** What the shop says of it. At most 50,000 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Maker or label. At most 200 characters. */
  readonly brand?: InputMaybe<Scalars['String']['input']>;
  /** The main one of the categories that it is in, names from the top down; missing categories are made. */
  readonly category?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The others that it is in, each as names from the top down. At most 49. Without a main one the first of them is it. */
  readonly furtherCategories?: InputMaybe<ReadonlyArray<ReadonlyArray<Scalars['String']['input']>>>;
  /** What all of its variants have; a variant's own of the same name counts in place of it. At most 100. */
  readonly attributes?: ReadonlyArray<AttributeInput>;
  /**
   * Names of the attributes that a shopper chooses between, in order, at most 8; each variant has a value of each. When left out: those that differ among the variants and are needed to tell
   * them apart.
   */
  readonly options?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The product's page in the shop. */
  readonly link?: InputMaybe<Scalars['URL']['input']>;
  /** Those that show no variant in particular, in order; the first is the main one. At most 32, and 200 different ones with those of the variants. */
  readonly images?: ReadonlyArray<ImageSource>;
  /** In the shop's order, 1 to 200. One that is named but refused stays as it was. */
  readonly variants: ReadonlyArray<VariantInput>;
};

/** All that the shop says of a variant: what is bought. */
export type VariantInput = {
  /** The shop's own identifier, unique in the shop. 1 to 200 characters. */
  readonly sku: Scalars['String']['input'];
  /** Shown in place of its option values. At most 1,000 characters. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** What it costs. */
  readonly price?: InputMaybe<MoneyInput>;
  /** What it cost before a sale, in the same currency. Only with a price. */
  readonly compareAtPrice?: InputMaybe<MoneyInput>;
  /** Whether it can be bought now. */
  readonly availability?: Availability;
  /** How many there are, 0 or more. */
  readonly quantity?: InputMaybe<Scalars['Int']['input']>;
  /** The code below its bar code (GTIN: EAN, UPC, ISBN). At most 50 characters. */
  readonly gtin?: InputMaybe<Scalars['String']['input']>;
  /** The maker's part number. At most 100 characters. */
  readonly mpn?: InputMaybe<Scalars['String']['input']>;
  /** Its option values, and what else is its own. At most 100 with those of its product. */
  readonly attributes?: ReadonlyArray<AttributeInput>;
  /** Those that show it, in order. At most 32. What several variants name is one picture; variants with the same first one are one look. */
  readonly images?: ReadonlyArray<ImageSource>;
  /** Its page in the shop. */
  readonly link?: InputMaybe<Scalars['URL']['input']>;
};

/** An amount of money. */
export type MoneyInput = {
  /** 0 or more, with at most 4 decimals. */
  readonly amount: Scalars['Decimal']['input'];
  /** ISO 4217. */
  readonly currency: Scalars['String']['input'];
};

/** A named property of a product. */
export type AttributeInput = {
  /** 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /** 1 to 100 of them, each of 1 to 1,000 characters. */
  readonly values: ReadonlyArray<Scalars['String']['input']>;
};

/** What became of them. */
export type UpsertProductsPayload = {
  readonly __typename?: 'UpsertProductsPayload';
  /** One for each product, in the order given. */
  readonly results: ReadonlyArray<ProductResult>;
  /** Why products and variants were refused, and pictures that cannot be read; the rest was saved. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** What may not have been meant of what was saved. */
  readonly warnings: ReadonlyArray<WriteWarning>;
};

/** What became of one product of the input. */
export type ProductResult = {
  readonly __typename?: 'ProductResult';
  /** As it is now; null where it was refused, or was deleted a moment ago. */
  readonly product?: Maybe<Product>;
  /** What happened. */
  readonly outcome: WriteOutcome;
};

/** What happened to a product or a variant. */
export type WriteOutcome =
  /** It was new. */
  | 'CREATED'
  /** It changed. */
  | 'UPDATED'
  /** It was so already. */
  | 'UNCHANGED'
  /** Nothing of it was written: userErrors say why. */
  | 'REFUSED';

/** Something of what was saved that may not have been meant. */
export type WriteWarning = {
  readonly __typename?: 'WriteWarning';
  /** Where in the input: ["products", "3", "variants", "1", "sku"]. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** What was expected and what was found. */
  readonly message: Scalars['String']['output'];
  /** What it is. */
  readonly code: WriteWarningCode;
};

/** What may not have been meant. */
export type WriteWarningCode =
  /** The variant was another product's; it has moved. */
  | 'VARIANT_MOVED'
  /** The variant has no value of an option by which the others are told apart. */
  | 'OPTION_MISSING'
  /** The variant has the same option values as another one. */
  | 'OPTIONS_REPEATED'
  /** Variants of the product have prices in several currencies; each keeps its own. */
  | 'SEVERAL_CURRENCIES';

/** Changes of products. */
export type UpdateProductsInput = {
  /** At most 500, each product once. */
  readonly products: ReadonlyArray<ProductChange>;
};

/** What changes of a product. What is left out stays; null clears. The bounds are those of ProductInput. */
export type ProductChange = {
  /** Which product. */
  readonly by: ProductKey;
  /** Cannot be cleared. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** What the shop says of it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Maker or label. */
  readonly brand?: InputMaybe<Scalars['String']['input']>;
  /** The main one of the categories that it is in, names from the top down; missing categories are made. */
  readonly category?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The others that it is in, each as names from the top down. At most 49. Without a main one the first of them is it. */
  readonly furtherCategories?: InputMaybe<ReadonlyArray<ReadonlyArray<Scalars['String']['input']>>>;
  /** In place of all that its variants have in common; what is a variant's own stays. Of a product with one variant: in place of all. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** In place of its options: each variant has a value of each. Cleared, there is nothing to choose. */
  readonly options?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The product's page in the shop. */
  readonly link?: InputMaybe<Scalars['URL']['input']>;
  /** In place of those that show no variant in particular, in order; of a product with one variant: in place of all. Those that stay keep their vectors. */
  readonly images?: InputMaybe<ReadonlyArray<ImageSource>>;
};

/** What became of them. */
export type UpdateProductsPayload = {
  readonly __typename?: 'UpdateProductsPayload';
  /** One for each change, in the order given. */
  readonly results: ReadonlyArray<ProductResult>;
  /** Why changes were refused, and what was wrong with others that were made; the rest were made. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes of variants. */
export type UpdateVariantsInput = {
  /** At most 500, each variant once. */
  readonly variants: ReadonlyArray<VariantChange>;
};

/** What changes of a variant. What is left out stays; null clears. The bounds are those of VariantInput. */
export type VariantChange = {
  /** Which variant. */
  readonly by: VariantKey;
  /** Shown in place of its option values. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** What it costs. What it cost before goes with it where its currency changes. */
  readonly price?: InputMaybe<MoneyInput>;
  /** What it cost before, or elsewhere, in the currency of the price. */
  readonly compareAtPrice?: InputMaybe<MoneyInput>;
  /** Whether it can be bought now. Cannot be cleared. */
  readonly availability?: InputMaybe<Availability>;
  /** How many there are. */
  readonly quantity?: InputMaybe<Scalars['Int']['input']>;
  /** The code below its bar code. */
  readonly gtin?: InputMaybe<Scalars['String']['input']>;
  /** The maker's part number. */
  readonly mpn?: InputMaybe<Scalars['String']['input']>;
  /** In place of all that is its own, option values included; what all variants of its product have in common stays. Of a product with one variant: in place of all. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** In place of all of its own, in order. Those that stay keep their vectors. */
  readonly images?: InputMaybe<ReadonlyArray<ImageSource>>;
  /** Its page in the shop. */
  readonly link?: InputMaybe<Scalars['URL']['input']>;
};

/** What became of them. */
export type UpdateVariantsPayload = {
  readonly __typename?: 'UpdateVariantsPayload';
  /** One for each change, in the order given. */
  readonly results: ReadonlyArray<VariantResult>;
  /** Why changes were refused, and what was wrong with others that were made; the rest were made. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** What may not have been meant of changes that were made. Products are read for it: ask where prices change their currency, or attributes change. */
  readonly warnings: ReadonlyArray<WriteWarning>;
};

/** What became of one change of a variant. */
export type VariantResult = {
  readonly __typename?: 'VariantResult';
  /** As it is now; null where the change was refused, or it was deleted a moment ago. */
  readonly variant?: Maybe<ProductVariant>;
  /** What happened: never CREATED. */
  readonly outcome: WriteOutcome;
};

/** Products to delete. */
export type DeleteProductsInput = {
  /** At most 500. By a sku only products of one variant: deleteVariants deletes one of several. */
  readonly products: ReadonlyArray<ProductKey>;
};

/** What became of them. */
export type DeleteProductsPayload = {
  readonly __typename?: 'DeleteProductsPayload';
  /** How many there were. */
  readonly deletedCount: Scalars['Int']['output'];
  /** Keys that can name no product, and skus of products with several variants; the others were deleted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Variants to delete. */
export type DeleteVariantsInput = {
  /** At most 500. */
  readonly variants: ReadonlyArray<VariantKey>;
};

/** What became of them. */
export type DeleteVariantsPayload = {
  readonly __typename?: 'DeleteVariantsPayload';
  /** How many there were. */
  readonly deletedCount: Scalars['Int']['output'];
  /** Keys that can name no variant; the others were deleted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Synonyms to add. */
export type UpsertSynonymsInput = {
  /** At most 500. */
  readonly synonyms: ReadonlyArray<SynonymInput>;
};

/** Words that mean the same, or that mean others. */
export type SynonymInput = {
  /** Each of up to 6 words; two or more where there are no meanings. With the meanings at most 100 and 10,000 characters. */
  readonly words: ReadonlyArray<Scalars['String']['input']>;
  /** What a query with one of the words is also found as: one way. Two-way when left out. */
  readonly meanings?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** What became of them. */
export type UpsertSynonymsPayload = {
  readonly __typename?: 'UpsertSynonymsPayload';
  /** Those that the shop has now, in the order given. */
  readonly synonyms: ReadonlyArray<Synonym>;
  /** What was wrong with the others; the rest were added. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Synonyms to delete. */
export type DeleteSynonymsInput = {
  /** At most 500. */
  readonly ids: ReadonlyArray<Scalars['ID']['input']>;
};

/** What became of them. */
export type DeleteSynonymsPayload = {
  readonly __typename?: 'DeleteSynonymsPayload';
  /** How many there were. */
  readonly deletedCount: Scalars['Int']['output'];
  /** Ids that name no synonym at all; the others were deleted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A feed to be read into the catalogue. */
export type StartImportInput = {
  /** Where it is. */
  readonly source: FeedSource;
  /** Of prices that name none: ISO 4217. */
  readonly currency?: InputMaybe<Scalars['String']['input']>;
  /** By which `1.299` in a price is read: `de`, `en-US`. */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /** Which of its columns are which of our fields, where its dialect does not know it or reads them otherwise. */
  readonly mapping?: InputMaybe<ReadonlyArray<ColumnMapping>>;
  /** What becomes of products of the shop that it does not have, once it has been read to its end. */
  readonly missing?: MissingProducts;
  /** Whether that may be more than 30 % of the shop, or after rows whose id could not be read. */
  readonly confirmed?: Scalars['Boolean']['input'];
  /** Whether pictures are read and fetched again even where nothing says that they have changed. */
  readonly refetch?: Scalars['Boolean']['input'];
};

/** Exactly one place of a feed. */
export type FeedSource =
  /** What `POST /imports/feeds` answered; good for an hour and for one import. */
  { readonly upload: Scalars['ID']['input']; readonly url?: never; }
  |  /** A web address; also of a feed compressed with gzip or zip. */
  { readonly upload?: never; readonly url: Scalars['URL']['input']; };

/** What a column of a feed is. */
export type ColumnMapping = {
  /** The column, as the feed names it. */
  readonly column: Scalars['String']['input'];
  /** A field of docs/feeds.md, or `attributes.` and a name; null leaves the column out. */
  readonly field?: InputMaybe<Scalars['String']['input']>;
};

/** What becomes of products of the shop that a feed does not have. */
export type MissingProducts =
  /** They stay as they are. */
  | 'KEEP'
  /** They are OUT_OF_STOCK. */
  | 'EXPIRE'
  /** They are deleted. */
  | 'DELETE';

/** What became of it. */
export type StartImportPayload = {
  readonly __typename?: 'StartImportPayload';
  /** The import, under way; null where it did not begin. */
  readonly import?: Maybe<Import>;
  /** Why not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An import to be stopped. */
export type CancelImportInput = {
  /** Its global id. */
  readonly id: Scalars['ID']['input'];
};

/** What became of it. */
export type CancelImportPayload = {
  readonly __typename?: 'CancelImportPayload';
  /** The import; it ends with its next batch. */
  readonly import?: Maybe<Import>;
  /** Why it was not stopped. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Something that was wrong with one part of the input. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** Where in the input: ["products", "3", "price", "amount"]. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** What was expected and what was found. */
  readonly message: Scalars['String']['output'];
  /** A code of docs/errors.md. */
  readonly code: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CatalogProduct )
    | ( VariantOfProduct )
    | ( CatalogCategory )
    | ( CatalogImage )
    | ( StoredSynonym )
    | ( ShopModel )
    | ( ImportRun )
    | ( KeptEvaluation )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  VariantKey: VariantKey;
  ProductKey: ProductKey;
  CategoryKey: CategoryKey;
  Product: ResolverTypeWrapper<CatalogProduct>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ProductVariant: ResolverTypeWrapper<VariantOfProduct>;
  ProductOption: ResolverTypeWrapper<OfferedOption>;
  OptionValue: ResolverTypeWrapper<Omit<OptionValue, 'image'> & { image?: Maybe<ResolversTypes['ProductImage']> }>;
  SelectedOption: ResolverTypeWrapper<SelectedOption>;
  PriceRange: ResolverTypeWrapper<PriceRange>;
  Shop: ResolverTypeWrapper<Shop>;
  AttributeDefinition: ResolverTypeWrapper<CountedAttribute>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  AttributeKind: AttributeKind;
  Money: ResolverTypeWrapper<Money>;
  Attribute: ResolverTypeWrapper<Attribute>;
  Availability: Availability;
  Category: ResolverTypeWrapper<CatalogCategory>;
  ProductImage: ResolverTypeWrapper<CatalogImage>;
  ImageState: ImageState;
  ImageFailureConnection: ResolverTypeWrapper<Omit<ImageFailureConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ImageFailureEdge']>, nodes: ReadonlyArray<ResolversTypes['ImageFailure']> }>;
  ImageFailureEdge: ResolverTypeWrapper<Omit<ImageFailureEdge, 'node'> & { node: ResolversTypes['ImageFailure'] }>;
  ImageFailure: ResolverTypeWrapper<FailedImage>;
  ProductSearchInput: ProductSearchInput;
  SimilarProductsInput: SimilarProductsInput;
  SearchTerm: SearchTerm;
  SearchMatch: SearchMatch;
  ImageMatch: ImageMatch;
  ImageSource: ImageSource;
  Region: Region;
  ProductFilter: ProductFilter;
  CategoryFilter: CategoryFilter;
  StringFilter: StringFilter;
  DecimalRange: DecimalRange;
  AttributeFilter: AttributeFilter;
  NumberFilter: NumberFilter;
  ProductKeyFilter: ProductKeyFilter;
  DateTimeRange: DateTimeRange;
  WordMatching: WordMatching;
  SpellingMode: SpellingMode;
  ProductSort: ProductSort;
  Collapse: Collapse;
  UnavailableProducts: UnavailableProducts;
  Boost: Boost;
  Diversify: Diversify;
  ProductSearchConnection: ResolverTypeWrapper<SearchPage>;
  Correction: ResolverTypeWrapper<Correction>;
  QueryImage: ResolverTypeWrapper<QueryImage>;
  PictureRegion: ResolverTypeWrapper<PictureRegion>;
  ProductSearchEdge: ResolverTypeWrapper<FoundProduct>;
  MatchReason: ResolverTypeWrapper<ExplainedMatch>;
  MatchedWord: ResolverTypeWrapper<MatchedWord>;
  WordReading: WordReading;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Count: ResolverTypeWrapper<Count>;
  FacetField: FacetField;
  BuiltInFacet: BuiltInFacet;
  Facet: ResolverTypeWrapper<CountedFacet>;
  FacetSort: FacetSort;
  FacetValue: ResolverTypeWrapper<CountedValue>;
  FacetRange: ResolverTypeWrapper<FacetRange>;
  MatchQuality: MatchQuality;
  SearchPlan: ResolverTypeWrapper<SearchPlan>;
  SearchStage: ResolverTypeWrapper<SearchStage>;
  SearchStageName: SearchStageName;
  SearchStatement: ResolverTypeWrapper<SearchStatement>;
  ScanWay: ResolverTypeWrapper<ScanWay>;
  ScanKind: ScanKind;
  SearchStrategy: SearchStrategy;
  Suggestion: ResolverTypeWrapper<FoundSuggestion>;
  SuggestionKind: SuggestionKind;
  QueryInterpretation: ResolverTypeWrapper<ReadQuery>;
  InterpretedPart: ResolverTypeWrapper<ReadPart>;
  InterpretedReading: ResolverTypeWrapper<InterpretedReading>;
  InterpretedKind: InterpretedKind;
  InterpretedSearch: ResolverTypeWrapper<Omit<InterpretedSearch, 'filter'> & { filter?: Maybe<ResolversTypes['InterpretedFilter']> }>;
  InterpretedTerm: ResolverTypeWrapper<InterpretedTerm>;
  InterpretedMatch: ResolverTypeWrapper<InterpretedMatch>;
  InterpretedFilter: ResolverTypeWrapper<OfferedFilter>;
  InterpretedCategories: ResolverTypeWrapper<InterpretedCategories>;
  InterpretedCategory: ResolverTypeWrapper<InterpretedCategory>;
  InterpretedValues: ResolverTypeWrapper<InterpretedValues>;
  InterpretedPrice: ResolverTypeWrapper<InterpretedPrice>;
  InterpretedAttribute: ResolverTypeWrapper<InterpretedAttribute>;
  SynonymConnection: ResolverTypeWrapper<Omit<SynonymConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SynonymEdge']>, nodes: ReadonlyArray<ResolversTypes['Synonym']> }>;
  SynonymEdge: ResolverTypeWrapper<Omit<SynonymEdge, 'node'> & { node: ResolversTypes['Synonym'] }>;
  Synonym: ResolverTypeWrapper<StoredSynonym>;
  EmbeddingModel: ResolverTypeWrapper<ShopModel>;
  EmbeddingCoverage: ResolverTypeWrapper<EmbeddingCoverage>;
  EmbeddingKind: EmbeddingKind;
  EmbeddingModelState: EmbeddingModelState;
  ImportConnection: ResolverTypeWrapper<Omit<ImportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ImportEdge']>, nodes: ReadonlyArray<ResolversTypes['Import']> }>;
  ImportEdge: ResolverTypeWrapper<Omit<ImportEdge, 'node'> & { node: ResolversTypes['Import'] }>;
  Import: ResolverTypeWrapper<ImportRun>;
  FeedFormat: FeedFormat;
  ImportState: ImportState;
  ImportProgress: ResolverTypeWrapper<ImportProgress>;
  ImportPhase: ImportPhase;
  ImportFailureConnection: ResolverTypeWrapper<Omit<ImportFailureConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ImportFailureEdge']>, nodes: ReadonlyArray<ResolversTypes['ImportFailure']> }>;
  ImportFailureEdge: ResolverTypeWrapper<Omit<ImportFailureEdge, 'node'> & { node: ResolversTypes['ImportFailure'] }>;
  ImportFailure: ResolverTypeWrapper<FailedItem>;
  EvaluationConnection: ResolverTypeWrapper<Omit<EvaluationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EvaluationEdge']>, nodes: ReadonlyArray<ResolversTypes['Evaluation']> }>;
  EvaluationEdge: ResolverTypeWrapper<Omit<EvaluationEdge, 'node'> & { node: ResolversTypes['Evaluation'] }>;
  Evaluation: ResolverTypeWrapper<KeptEvaluation>;
  EvaluationQuerySource: EvaluationQuerySource;
  EvaluationConfiguration: ResolverTypeWrapper<KeptConfiguration>;
  EvaluationGroup: ResolverTypeWrapper<Omit<EvaluationGroup, 'measure'> & { measure: ResolversTypes['EvaluationMeasure'] }>;
  EvaluationMeasure: ResolverTypeWrapper<KeptMeasure>;
  EvaluationDifference: ResolverTypeWrapper<EvaluationDifference>;
  EvaluationMetric: EvaluationMetric;
  EvaluationTarget: EvaluationTarget;
  UpsertProductsInput: UpsertProductsInput;
  ProductInput: ProductInput;
  VariantInput: VariantInput;
  MoneyInput: MoneyInput;
  AttributeInput: AttributeInput;
  UpsertProductsPayload: ResolverTypeWrapper<Omit<UpsertProductsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ProductResult']> }>;
  ProductResult: ResolverTypeWrapper<SavedProduct>;
  WriteOutcome: WriteOutcome;
  WriteWarning: ResolverTypeWrapper<WriteWarning>;
  WriteWarningCode: WriteWarningCode;
  UpdateProductsInput: UpdateProductsInput;
  ProductChange: ProductChange;
  UpdateProductsPayload: ResolverTypeWrapper<Omit<UpdateProductsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ProductResult']> }>;
  UpdateVariantsInput: UpdateVariantsInput;
  VariantChange: VariantChange;
  UpdateVariantsPayload: ResolverTypeWrapper<SavedVariants>;
  VariantResult: ResolverTypeWrapper<SavedVariant>;
  DeleteProductsInput: DeleteProductsInput;
  DeleteProductsPayload: ResolverTypeWrapper<DeleteProductsPayload>;
  DeleteVariantsInput: DeleteVariantsInput;
  DeleteVariantsPayload: ResolverTypeWrapper<DeleteVariantsPayload>;
  UpsertSynonymsInput: UpsertSynonymsInput;
  SynonymInput: SynonymInput;
  UpsertSynonymsPayload: ResolverTypeWrapper<Omit<UpsertSynonymsPayload, 'synonyms'> & { synonyms: ReadonlyArray<ResolversTypes['Synonym']> }>;
  DeleteSynonymsInput: DeleteSynonymsInput;
  DeleteSynonymsPayload: ResolverTypeWrapper<DeleteSynonymsPayload>;
  StartImportInput: StartImportInput;
  FeedSource: FeedSource;
  ColumnMapping: ColumnMapping;
  MissingProducts: MissingProducts;
  StartImportPayload: ResolverTypeWrapper<Omit<StartImportPayload, 'import'> & { import?: Maybe<ResolversTypes['Import']> }>;
  CancelImportInput: CancelImportInput;
  CancelImportPayload: ResolverTypeWrapper<Omit<CancelImportPayload, 'import'> & { import?: Maybe<ResolversTypes['Import']> }>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  URL: Scalars['URL']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  VariantKey: VariantKey;
  ProductKey: ProductKey;
  CategoryKey: CategoryKey;
  Product: CatalogProduct;
  Boolean: Scalars['Boolean']['output'];
  ProductVariant: VariantOfProduct;
  ProductOption: OfferedOption;
  OptionValue: Omit<OptionValue, 'image'> & { image?: Maybe<ResolversParentTypes['ProductImage']> };
  SelectedOption: SelectedOption;
  PriceRange: PriceRange;
  Shop: Shop;
  AttributeDefinition: CountedAttribute;
  Float: Scalars['Float']['output'];
  Money: Money;
  Attribute: Attribute;
  Category: CatalogCategory;
  ProductImage: CatalogImage;
  ImageFailureConnection: Omit<ImageFailureConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ImageFailureEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ImageFailure']> };
  ImageFailureEdge: Omit<ImageFailureEdge, 'node'> & { node: ResolversParentTypes['ImageFailure'] };
  ImageFailure: FailedImage;
  ProductSearchInput: ProductSearchInput;
  SimilarProductsInput: SimilarProductsInput;
  SearchTerm: SearchTerm;
  SearchMatch: SearchMatch;
  ImageMatch: ImageMatch;
  ImageSource: ImageSource;
  Region: Region;
  ProductFilter: ProductFilter;
  CategoryFilter: CategoryFilter;
  StringFilter: StringFilter;
  DecimalRange: DecimalRange;
  AttributeFilter: AttributeFilter;
  NumberFilter: NumberFilter;
  ProductKeyFilter: ProductKeyFilter;
  DateTimeRange: DateTimeRange;
  Boost: Boost;
  Diversify: Diversify;
  ProductSearchConnection: SearchPage;
  Correction: Correction;
  QueryImage: QueryImage;
  PictureRegion: PictureRegion;
  ProductSearchEdge: FoundProduct;
  MatchReason: ExplainedMatch;
  MatchedWord: MatchedWord;
  PageInfo: PageInfo;
  Count: Count;
  FacetField: FacetField;
  Facet: CountedFacet;
  FacetValue: CountedValue;
  FacetRange: FacetRange;
  SearchPlan: SearchPlan;
  SearchStage: SearchStage;
  SearchStatement: SearchStatement;
  ScanWay: ScanWay;
  Suggestion: FoundSuggestion;
  QueryInterpretation: ReadQuery;
  InterpretedPart: ReadPart;
  InterpretedReading: InterpretedReading;
  InterpretedSearch: Omit<InterpretedSearch, 'filter'> & { filter?: Maybe<ResolversParentTypes['InterpretedFilter']> };
  InterpretedTerm: InterpretedTerm;
  InterpretedMatch: InterpretedMatch;
  InterpretedFilter: OfferedFilter;
  InterpretedCategories: InterpretedCategories;
  InterpretedCategory: InterpretedCategory;
  InterpretedValues: InterpretedValues;
  InterpretedPrice: InterpretedPrice;
  InterpretedAttribute: InterpretedAttribute;
  SynonymConnection: Omit<SynonymConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SynonymEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Synonym']> };
  SynonymEdge: Omit<SynonymEdge, 'node'> & { node: ResolversParentTypes['Synonym'] };
  Synonym: StoredSynonym;
  EmbeddingModel: ShopModel;
  EmbeddingCoverage: EmbeddingCoverage;
  ImportConnection: Omit<ImportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ImportEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Import']> };
  ImportEdge: Omit<ImportEdge, 'node'> & { node: ResolversParentTypes['Import'] };
  Import: ImportRun;
  ImportProgress: ImportProgress;
  ImportFailureConnection: Omit<ImportFailureConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ImportFailureEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ImportFailure']> };
  ImportFailureEdge: Omit<ImportFailureEdge, 'node'> & { node: ResolversParentTypes['ImportFailure'] };
  ImportFailure: FailedItem;
  EvaluationConnection: Omit<EvaluationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EvaluationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Evaluation']> };
  EvaluationEdge: Omit<EvaluationEdge, 'node'> & { node: ResolversParentTypes['Evaluation'] };
  Evaluation: KeptEvaluation;
  EvaluationConfiguration: KeptConfiguration;
  EvaluationGroup: Omit<EvaluationGroup, 'measure'> & { measure: ResolversParentTypes['EvaluationMeasure'] };
  EvaluationMeasure: KeptMeasure;
  EvaluationDifference: EvaluationDifference;
  UpsertProductsInput: UpsertProductsInput;
  ProductInput: ProductInput;
  VariantInput: VariantInput;
  MoneyInput: MoneyInput;
  AttributeInput: AttributeInput;
  UpsertProductsPayload: Omit<UpsertProductsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ProductResult']> };
  ProductResult: SavedProduct;
  WriteWarning: WriteWarning;
  UpdateProductsInput: UpdateProductsInput;
  ProductChange: ProductChange;
  UpdateProductsPayload: Omit<UpdateProductsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ProductResult']> };
  UpdateVariantsInput: UpdateVariantsInput;
  VariantChange: VariantChange;
  UpdateVariantsPayload: SavedVariants;
  VariantResult: SavedVariant;
  DeleteProductsInput: DeleteProductsInput;
  DeleteProductsPayload: DeleteProductsPayload;
  DeleteVariantsInput: DeleteVariantsInput;
  DeleteVariantsPayload: DeleteVariantsPayload;
  UpsertSynonymsInput: UpsertSynonymsInput;
  SynonymInput: SynonymInput;
  UpsertSynonymsPayload: Omit<UpsertSynonymsPayload, 'synonyms'> & { synonyms: ReadonlyArray<ResolversParentTypes['Synonym']> };
  DeleteSynonymsInput: DeleteSynonymsInput;
  DeleteSynonymsPayload: DeleteSynonymsPayload;
  StartImportInput: StartImportInput;
  FeedSource: FeedSource;
  ColumnMapping: ColumnMapping;
  StartImportPayload: Omit<StartImportPayload, 'import'> & { import?: Maybe<ResolversParentTypes['Import']> };
  CancelImportInput: CancelImportInput;
  CancelImportPayload: Omit<CancelImportPayload, 'import'> & { import?: Maybe<ResolversParentTypes['Import']> };
  UserError: UserError;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type NodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Product' | 'ProductVariant' | 'Category' | 'ProductImage' | 'Synonym' | 'EmbeddingModel' | 'Import' | 'Evaluation', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'by'>>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType, RequireFields<QueryVariantArgs, 'by'>>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoryArgs, 'by'>>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType, Partial<QueryCategoriesArgs>>;
  shop?: Resolver<ResolversTypes['Shop'], ParentType, ContextType>;
  attributes?: Resolver<ReadonlyArray<ResolversTypes['AttributeDefinition']>, ParentType, ContextType, RequireFields<QueryAttributesArgs, 'first'>>;
  searchProducts?: Resolver<ResolversTypes['ProductSearchConnection'], ParentType, ContextType, RequireFields<QuerySearchProductsArgs, 'input' | 'first'>>;
  suggest?: Resolver<ReadonlyArray<ResolversTypes['Suggestion']>, ParentType, ContextType, RequireFields<QuerySuggestArgs, 'prefix' | 'first'>>;
  interpretQuery?: Resolver<ResolversTypes['QueryInterpretation'], ParentType, ContextType, RequireFields<QueryInterpretQueryArgs, 'text'>>;
  synonyms?: Resolver<ResolversTypes['SynonymConnection'], ParentType, ContextType, RequireFields<QuerySynonymsArgs, 'first'>>;
  embeddingModels?: Resolver<ReadonlyArray<ResolversTypes['EmbeddingModel']>, ParentType, ContextType>;
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType, RequireFields<QueryImportArgs, 'id'>>;
  imports?: Resolver<ResolversTypes['ImportConnection'], ParentType, ContextType, RequireFields<QueryImportsArgs, 'first'>>;
  imageFailures?: Resolver<ResolversTypes['ImageFailureConnection'], ParentType, ContextType, RequireFields<QueryImageFailuresArgs, 'first'>>;
  evaluations?: Resolver<ResolversTypes['EvaluationConnection'], ParentType, ContextType, RequireFields<QueryEvaluationsArgs, 'first'>>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  upsertProducts?: Resolver<ResolversTypes['UpsertProductsPayload'], ParentType, ContextType, RequireFields<MutationUpsertProductsArgs, 'input'>>;
  updateProducts?: Resolver<ResolversTypes['UpdateProductsPayload'], ParentType, ContextType, RequireFields<MutationUpdateProductsArgs, 'input'>>;
  updateVariants?: Resolver<ResolversTypes['UpdateVariantsPayload'], ParentType, ContextType, RequireFields<MutationUpdateVariantsArgs, 'input'>>;
  deleteProducts?: Resolver<ResolversTypes['DeleteProductsPayload'], ParentType, ContextType, RequireFields<MutationDeleteProductsArgs, 'input'>>;
  deleteVariants?: Resolver<ResolversTypes['DeleteVariantsPayload'], ParentType, ContextType, RequireFields<MutationDeleteVariantsArgs, 'input'>>;
  upsertSynonyms?: Resolver<ResolversTypes['UpsertSynonymsPayload'], ParentType, ContextType, RequireFields<MutationUpsertSynonymsArgs, 'input'>>;
  deleteSynonyms?: Resolver<ResolversTypes['DeleteSynonymsPayload'], ParentType, ContextType, RequireFields<MutationDeleteSynonymsArgs, 'input'>>;
  startImport?: Resolver<ResolversTypes['StartImportPayload'], ParentType, ContextType, RequireFields<MutationStartImportArgs, 'input'>>;
  cancelImport?: Resolver<ResolversTypes['CancelImportPayload'], ParentType, ContextType, RequireFields<MutationCancelImportArgs, 'input'>>;
};

export type ProductResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  groupId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['ProductOption']>, ParentType, ContextType>;
  variants?: Resolver<ReadonlyArray<ResolversTypes['ProductVariant']>, ParentType, ContextType, RequireFields<ProductVariantsArgs, 'first'>>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType, Partial<ProductPriceRangeArgs>>;
  onSale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  attributes?: Resolver<ReadonlyArray<ResolversTypes['Attribute']>, ParentType, ContextType>;
  link?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  images?: Resolver<ReadonlyArray<ResolversTypes['ProductImage']>, ParentType, ContextType>;
  similar?: Resolver<ResolversTypes['ProductSearchConnection'], ParentType, ContextType, RequireFields<ProductSimilarArgs, 'first'>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  selectedOptions?: Resolver<ReadonlyArray<ResolversTypes['SelectedOption']>, ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  compareAtPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  onSale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  gtin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mpn?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  attributes?: Resolver<ReadonlyArray<ResolversTypes['Attribute']>, ParentType, ContextType>;
  images?: Resolver<ReadonlyArray<ResolversTypes['ProductImage']>, ParentType, ContextType>;
  link?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductOptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductOption'] = ResolversParentTypes['ProductOption']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['OptionValue']>, ParentType, ContextType>;
};

export type OptionValueResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OptionValue'] = ResolversParentTypes['OptionValue']> = {
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['ProductImage']>, ParentType, ContextType>;
};

export type SelectedOptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SelectedOption'] = ResolversParentTypes['SelectedOption']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PriceRangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PriceRange'] = ResolversParentTypes['PriceRange']> = {
  min?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  max?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ShopResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Shop'] = ResolversParentTypes['Shop']> = {
  currency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  currencies?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AttributeDefinitionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AttributeDefinition'] = ResolversParentTypes['AttributeDefinition']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AttributeKind'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  coverage?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  valueCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AttributeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Attribute'] = ResolversParentTypes['Attribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  children?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  productCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductImageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductImage'] = ResolversParentTypes['ProductImage']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType, Partial<ProductImageUrlArgs>>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ImageState'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageFailureConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImageFailureConnection'] = ResolversParentTypes['ImageFailureConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ImageFailureEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ImageFailure']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ImageFailureEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImageFailureEdge'] = ResolversParentTypes['ImageFailureEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ImageFailure'], ParentType, ContextType>;
};

export type ImageFailureResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImageFailure'] = ResolversParentTypes['ImageFailure']> = {
  image?: Resolver<ResolversTypes['ProductImage'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductSearchConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductSearchConnection'] = ResolversParentTypes['ProductSearchConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductSearchEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<ProductSearchConnectionFacetsArgs, 'fields'>>;
  facet?: Resolver<ResolversTypes['Facet'], ParentType, ContextType, RequireFields<ProductSearchConnectionFacetArgs, 'field' | 'first' | 'sort'>>;
  matchQuality?: Resolver<ResolversTypes['MatchQuality'], ParentType, ContextType>;
  corrections?: Resolver<ReadonlyArray<ResolversTypes['Correction']>, ParentType, ContextType>;
  queryImages?: Resolver<ReadonlyArray<ResolversTypes['QueryImage']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['EmbeddingModel']>, ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['SearchPlan']>, ParentType, ContextType>;
};

export type CorrectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Correction'] = ResolversParentTypes['Correction']> = {
  term?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  written?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meant?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  isApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryImageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['QueryImage'] = ResolversParentTypes['QueryImage']> = {
  term?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['PictureRegion'], ParentType, ContextType>;
  turn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PictureRegionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PictureRegion'] = ResolversParentTypes['PictureRegion']> = {
  x?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  y?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  width?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ProductSearchEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductSearchEdge'] = ResolversParentTypes['ProductSearchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  relevance?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  similarity?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
  matchingVariantCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  matchedImage?: Resolver<Maybe<ResolversTypes['ProductImage']>, ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['ProductImage']>, ParentType, ContextType>;
  why?: Resolver<ResolversTypes['MatchReason'], ParentType, ContextType>;
};

export type MatchReasonResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MatchReason'] = ResolversParentTypes['MatchReason']> = {
  vectorRank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  wordRank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  vectorScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  wordScore?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  named?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  words?: Resolver<ReadonlyArray<ResolversTypes['MatchedWord']>, ParentType, ContextType>;
  termSimilarities?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Float']>>, ParentType, ContextType>;
  boost?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  pinned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MatchedWordResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MatchedWord'] = ResolversParentTypes['MatchedWord']> = {
  term?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  written?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reading?: Resolver<ResolversTypes['WordReading'], ParentType, ContextType>;
  found?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CountResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Count'] = ResolversParentTypes['Count']> = {
  value?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FacetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['FacetValue']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  range?: Resolver<Maybe<ResolversTypes['FacetRange']>, ParentType, ContextType>;
  missing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FacetValueResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FacetValue'] = ResolversParentTypes['FacetValue']> = {
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
};

export type FacetRangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FacetRange'] = ResolversParentTypes['FacetRange']> = {
  min?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  max?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SearchPlanResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchPlan'] = ResolversParentTypes['SearchPlan']> = {
  strategy?: Resolver<ResolversTypes['SearchStrategy'], ParentType, ContextType>;
  candidates?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  examined?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  milliseconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  sql?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ways?: Resolver<ReadonlyArray<ResolversTypes['ScanWay']>, ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['SearchStage']>, ParentType, ContextType>;
  statements?: Resolver<ReadonlyArray<ResolversTypes['SearchStatement']>, ParentType, ContextType>;
  searchId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SearchStageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchStage'] = ResolversParentTypes['SearchStage']> = {
  name?: Resolver<ResolversTypes['SearchStageName'], ParentType, ContextType>;
  milliseconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SearchStatementResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchStatement'] = ResolversParentTypes['SearchStatement']> = {
  stage?: Resolver<Maybe<ResolversTypes['SearchStageName']>, ParentType, ContextType>;
  milliseconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  sql?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ScanWayResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScanWay'] = ResolversParentTypes['ScanWay']> = {
  way?: Resolver<ResolversTypes['ScanKind'], ParentType, ContextType>;
  rows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  milliseconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SuggestionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Suggestion'] = ResolversParentTypes['Suggestion']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SuggestionKind'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
};

export type QueryInterpretationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['QueryInterpretation'] = ResolversParentTypes['QueryInterpretation']> = {
  parts?: Resolver<ReadonlyArray<ResolversTypes['InterpretedPart']>, ParentType, ContextType>;
  rest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  search?: Resolver<ResolversTypes['InterpretedSearch'], ParentType, ContextType>;
};

export type InterpretedPartResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedPart'] = ResolversParentTypes['InterpretedPart']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isNegative?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  readings?: Resolver<ReadonlyArray<ResolversTypes['InterpretedReading']>, ParentType, ContextType>;
  filter?: Resolver<Maybe<ResolversTypes['InterpretedFilter']>, ParentType, ContextType>;
  term?: Resolver<Maybe<ResolversTypes['InterpretedTerm']>, ParentType, ContextType>;
};

export type InterpretedReadingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedReading'] = ResolversParentTypes['InterpretedReading']> = {
  kind?: Resolver<ResolversTypes['InterpretedKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attribute?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  productCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type InterpretedSearchResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedSearch'] = ResolversParentTypes['InterpretedSearch']> = {
  terms?: Resolver<ReadonlyArray<ResolversTypes['InterpretedTerm']>, ParentType, ContextType>;
  filter?: Resolver<Maybe<ResolversTypes['InterpretedFilter']>, ParentType, ContextType>;
};

export type InterpretedTermResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedTerm'] = ResolversParentTypes['InterpretedTerm']> = {
  match?: Resolver<ResolversTypes['InterpretedMatch'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type InterpretedMatchResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedMatch'] = ResolversParentTypes['InterpretedMatch']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InterpretedFilterResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedFilter'] = ResolversParentTypes['InterpretedFilter']> = {
  and?: Resolver<Maybe<ReadonlyArray<ResolversTypes['InterpretedFilter']>>, ParentType, ContextType>;
  or?: Resolver<Maybe<ReadonlyArray<ResolversTypes['InterpretedFilter']>>, ParentType, ContextType>;
  not?: Resolver<Maybe<ResolversTypes['InterpretedFilter']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['InterpretedCategories']>, ParentType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['InterpretedValues']>, ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['InterpretedPrice']>, ParentType, ContextType>;
  attributes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['InterpretedAttribute']>>, ParentType, ContextType>;
};

export type InterpretedCategoriesResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedCategories'] = ResolversParentTypes['InterpretedCategories']> = {
  in?: Resolver<ReadonlyArray<ResolversTypes['InterpretedCategory']>, ParentType, ContextType>;
};

export type InterpretedCategoryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedCategory'] = ResolversParentTypes['InterpretedCategory']> = {
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InterpretedValuesResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedValues'] = ResolversParentTypes['InterpretedValues']> = {
  in?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InterpretedPriceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedPrice'] = ResolversParentTypes['InterpretedPrice']> = {
  min?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type InterpretedAttributeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterpretedAttribute'] = ResolversParentTypes['InterpretedAttribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  in?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SynonymConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SynonymConnection'] = ResolversParentTypes['SynonymConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SynonymEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Synonym']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SynonymEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SynonymEdge'] = ResolversParentTypes['SynonymEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Synonym'], ParentType, ContextType>;
};

export type SynonymResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Synonym'] = ResolversParentTypes['Synonym']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  words?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  meanings?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmbeddingModelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EmbeddingModel'] = ResolversParentTypes['EmbeddingModel']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['EmbeddingModelState'], ParentType, ContextType>;
  embedded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  coverage?: Resolver<ReadonlyArray<ResolversTypes['EmbeddingCoverage']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmbeddingCoverageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EmbeddingCoverage'] = ResolversParentTypes['EmbeddingCoverage']> = {
  kind?: Resolver<ResolversTypes['EmbeddingKind'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  embedded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImportConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImportConnection'] = ResolversParentTypes['ImportConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ImportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Import']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ImportEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImportEdge'] = ResolversParentTypes['ImportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Import'], ParentType, ContextType>;
};

export type ImportResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Import'] = ResolversParentTypes['Import']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  format?: Resolver<Maybe<ResolversTypes['FeedFormat']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ImportState'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['ImportProgress']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  productsCreated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productsUpdated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productsUnchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productsFailed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imagesEmbedded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imagesFailed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productsMissing?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  productsDeleted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productsExpired?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['ImportFailureConnection'], ParentType, ContextType, RequireFields<ImportFailuresArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportProgressResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImportProgress'] = ResolversParentTypes['ImportProgress']> = {
  phase?: Resolver<ResolversTypes['ImportPhase'], ParentType, ContextType>;
  share?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  perSecond?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  secondsLeft?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ImportFailureConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImportFailureConnection'] = ResolversParentTypes['ImportFailureConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ImportFailureEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ImportFailure']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ImportFailureEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImportFailureEdge'] = ResolversParentTypes['ImportFailureEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ImportFailure'], ParentType, ContextType>;
};

export type ImportFailureResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImportFailure'] = ResolversParentTypes['ImportFailure']> = {
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  imageSource?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EvaluationConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvaluationConnection'] = ResolversParentTypes['EvaluationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EvaluationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Evaluation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EvaluationEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvaluationEdge'] = ResolversParentTypes['EvaluationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Evaluation'], ParentType, ContextType>;
};

export type EvaluationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Evaluation'] = ResolversParentTypes['Evaluation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  querySource?: Resolver<ResolversTypes['EvaluationQuerySource'], ParentType, ContextType>;
  queryFile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  distortions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  queryCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  modelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  configurations?: Resolver<ReadonlyArray<ResolversTypes['EvaluationConfiguration']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EvaluationConfigurationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvaluationConfiguration'] = ResolversParentTypes['EvaluationConfiguration']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  queriesPerSecond?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p50Milliseconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p95Milliseconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  measures?: Resolver<ReadonlyArray<ResolversTypes['EvaluationMeasure']>, ParentType, ContextType, Partial<EvaluationConfigurationMeasuresArgs>>;
  weakest?: Resolver<ReadonlyArray<ResolversTypes['EvaluationGroup']>, ParentType, ContextType, RequireFields<EvaluationConfigurationWeakestArgs, 'by' | 'target' | 'k' | 'minQueries' | 'first'>>;
};

export type EvaluationGroupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvaluationGroup'] = ResolversParentTypes['EvaluationGroup']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  measure?: Resolver<ResolversTypes['EvaluationMeasure'], ParentType, ContextType>;
};

export type EvaluationMeasureResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvaluationMeasure'] = ResolversParentTypes['EvaluationMeasure']> = {
  metric?: Resolver<ResolversTypes['EvaluationMetric'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['EvaluationTarget'], ParentType, ContextType>;
  k?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meaning?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moreIsBetter?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  queryCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['EvaluationDifference']>, ParentType, ContextType>;
};

export type EvaluationDifferenceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvaluationDifference'] = ResolversParentTypes['EvaluationDifference']> = {
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  pValue?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type UpsertProductsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpsertProductsPayload'] = ResolversParentTypes['UpsertProductsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ProductResult']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['WriteWarning']>, ParentType, ContextType>;
};

export type ProductResultResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProductResult'] = ResolversParentTypes['ProductResult']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
};

export type WriteWarningResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WriteWarning'] = ResolversParentTypes['WriteWarning']> = {
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['WriteWarningCode'], ParentType, ContextType>;
};

export type UpdateProductsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateProductsPayload'] = ResolversParentTypes['UpdateProductsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ProductResult']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateVariantsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateVariantsPayload'] = ResolversParentTypes['UpdateVariantsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['VariantResult']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['WriteWarning']>, ParentType, ContextType>;
};

export type VariantResultResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VariantResult'] = ResolversParentTypes['VariantResult']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
};

export type DeleteProductsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteProductsPayload'] = ResolversParentTypes['DeleteProductsPayload']> = {
  deletedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteVariantsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteVariantsPayload'] = ResolversParentTypes['DeleteVariantsPayload']> = {
  deletedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertSynonymsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpsertSynonymsPayload'] = ResolversParentTypes['UpsertSynonymsPayload']> = {
  synonyms?: Resolver<ReadonlyArray<ResolversTypes['Synonym']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteSynonymsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteSynonymsPayload'] = ResolversParentTypes['DeleteSynonymsPayload']> = {
  deletedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StartImportPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StartImportPayload'] = ResolversParentTypes['StartImportPayload']> = {
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelImportPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CancelImportPayload'] = ResolversParentTypes['CancelImportPayload']> = {
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  URL?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  ProductOption?: ProductOptionResolvers<ContextType>;
  OptionValue?: OptionValueResolvers<ContextType>;
  SelectedOption?: SelectedOptionResolvers<ContextType>;
  PriceRange?: PriceRangeResolvers<ContextType>;
  Shop?: ShopResolvers<ContextType>;
  AttributeDefinition?: AttributeDefinitionResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Attribute?: AttributeResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  ProductImage?: ProductImageResolvers<ContextType>;
  ImageFailureConnection?: ImageFailureConnectionResolvers<ContextType>;
  ImageFailureEdge?: ImageFailureEdgeResolvers<ContextType>;
  ImageFailure?: ImageFailureResolvers<ContextType>;
  ProductSearchConnection?: ProductSearchConnectionResolvers<ContextType>;
  Correction?: CorrectionResolvers<ContextType>;
  QueryImage?: QueryImageResolvers<ContextType>;
  PictureRegion?: PictureRegionResolvers<ContextType>;
  ProductSearchEdge?: ProductSearchEdgeResolvers<ContextType>;
  MatchReason?: MatchReasonResolvers<ContextType>;
  MatchedWord?: MatchedWordResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Count?: CountResolvers<ContextType>;
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  FacetRange?: FacetRangeResolvers<ContextType>;
  SearchPlan?: SearchPlanResolvers<ContextType>;
  SearchStage?: SearchStageResolvers<ContextType>;
  SearchStatement?: SearchStatementResolvers<ContextType>;
  ScanWay?: ScanWayResolvers<ContextType>;
  Suggestion?: SuggestionResolvers<ContextType>;
  QueryInterpretation?: QueryInterpretationResolvers<ContextType>;
  InterpretedPart?: InterpretedPartResolvers<ContextType>;
  InterpretedReading?: InterpretedReadingResolvers<ContextType>;
  InterpretedSearch?: InterpretedSearchResolvers<ContextType>;
  InterpretedTerm?: InterpretedTermResolvers<ContextType>;
  InterpretedMatch?: InterpretedMatchResolvers<ContextType>;
  InterpretedFilter?: InterpretedFilterResolvers<ContextType>;
  InterpretedCategories?: InterpretedCategoriesResolvers<ContextType>;
  InterpretedCategory?: InterpretedCategoryResolvers<ContextType>;
  InterpretedValues?: InterpretedValuesResolvers<ContextType>;
  InterpretedPrice?: InterpretedPriceResolvers<ContextType>;
  InterpretedAttribute?: InterpretedAttributeResolvers<ContextType>;
  SynonymConnection?: SynonymConnectionResolvers<ContextType>;
  SynonymEdge?: SynonymEdgeResolvers<ContextType>;
  Synonym?: SynonymResolvers<ContextType>;
  EmbeddingModel?: EmbeddingModelResolvers<ContextType>;
  EmbeddingCoverage?: EmbeddingCoverageResolvers<ContextType>;
  ImportConnection?: ImportConnectionResolvers<ContextType>;
  ImportEdge?: ImportEdgeResolvers<ContextType>;
  Import?: ImportResolvers<ContextType>;
  ImportProgress?: ImportProgressResolvers<ContextType>;
  ImportFailureConnection?: ImportFailureConnectionResolvers<ContextType>;
  ImportFailureEdge?: ImportFailureEdgeResolvers<ContextType>;
  ImportFailure?: ImportFailureResolvers<ContextType>;
  EvaluationConnection?: EvaluationConnectionResolvers<ContextType>;
  EvaluationEdge?: EvaluationEdgeResolvers<ContextType>;
  Evaluation?: EvaluationResolvers<ContextType>;
  EvaluationConfiguration?: EvaluationConfigurationResolvers<ContextType>;
  EvaluationGroup?: EvaluationGroupResolvers<ContextType>;
  EvaluationMeasure?: EvaluationMeasureResolvers<ContextType>;
  EvaluationDifference?: EvaluationDifferenceResolvers<ContextType>;
  UpsertProductsPayload?: UpsertProductsPayloadResolvers<ContextType>;
  ProductResult?: ProductResultResolvers<ContextType>;
  WriteWarning?: WriteWarningResolvers<ContextType>;
  UpdateProductsPayload?: UpdateProductsPayloadResolvers<ContextType>;
  UpdateVariantsPayload?: UpdateVariantsPayloadResolvers<ContextType>;
  VariantResult?: VariantResultResolvers<ContextType>;
  DeleteProductsPayload?: DeleteProductsPayloadResolvers<ContextType>;
  DeleteVariantsPayload?: DeleteVariantsPayloadResolvers<ContextType>;
  UpsertSynonymsPayload?: UpsertSynonymsPayloadResolvers<ContextType>;
  DeleteSynonymsPayload?: DeleteSynonymsPayloadResolvers<ContextType>;
  StartImportPayload?: StartImportPayloadResolvers<ContextType>;
  CancelImportPayload?: CancelImportPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};
