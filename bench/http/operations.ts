import { readFile } from 'node:fs/promises';
import { FASHION_QUERIES } from '../fashion.ts';
import type { Catalogue } from './catalogue.ts';

/** One GraphQL request. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Requests of one kind, as many as wanted. */
export interface Operation {
  readonly name: string;
  /** Stands in every answer: one without was to something else. */
  readonly answer: string;
  /** @param number - from 0; another request, or the same again where that is the point */
  request(number: number): Promise<GraphqlRequest>;
}

const PRODUCT = '"sku":';
const TYPE = '"__typename":';

/** Products to a page. */
export const FIRST = 20;

/** Ten fields of each product: what a grid of results shows. */
const FIELDS = `
  id sku: groupId title brand availability variants { price { amount currency } } category { name } images { url(width: 200) width height }
`;
const SEARCH = `query Search($input: ProductSearchInput!) { searchProducts(input: $input, first: ${FIRST}) { nodes {${FIELDS}} } }`;
const SIMILAR = `query Similar($id: ID!) { product(by: { id: $id }) { similar(first: ${FIRST}) { nodes {${FIELDS}} } } }`;
const BY_ID = `query Products($ids: [ID!]!) { nodes(ids: $ids) { ... on Product {${FIELDS}} } }`;
/** As PostGraphile makes it of our tables. */
const PEER_LIST = `query Products($brand: String!) {
  allProducts(condition: { brand: $brand }, orderBy: CREATED_AT_DESC, first: ${FIRST}) { nodes {
    rowId sku title brand availability priceAmount priceCurrency categoryByCategoryId { name }
    productImagesByProductId(orderBy: PRIMARY_KEY_ASC) { nodes { contentHash width height } }
  } }
}`;

/** A text that was asked for before: its vector is kept. */
export function knownText(number: number): string {
  return at(FASHION_QUERIES, number);
}

/** Steps of a prime: products stand in the feed beside their like. */
const STEP = 7919;

/** The operations that are measured. */
export function operations({ products, brands, feed }: Catalogue): Operation[] {
  const chosen = (number: number) => at(feed, number * STEP);
  const byText = (text: string) => ({ query: SEARCH, variables: { input: { terms: [{ match: { text } }] } } });
  return [
    { name: 'nothing: { __typename }', answer: TYPE, request: async () => ({ query: '{ __typename }' }) },
    {
      name: `${FIRST} products by id, nothing searched`,
      answer: PRODUCT,
      request: async (number) => {
        const ids = Array.from({ length: FIRST }, (_, place) => globalId(at(products, number * FIRST + place)));
        return { query: BY_ID, variables: { ids } };
      },
    },
    {
      name: 'products of a brand, newest first',
      answer: PRODUCT,
      request: async (number) => {
        const filter = { brand: { in: [at(brands, number)] } };
        return { query: SEARCH, variables: { input: { filter, sort: 'NEWEST', unavailable: 'SHOW' } } };
      },
    },
    { name: 'text, asked for before', answer: PRODUCT, request: async (number) => byText(knownText(number)) },
    {
      name: 'text, never asked for',
      answer: PRODUCT,
      // Colour, kind and brand of one product and the gender of another: words of the catalogue in an order of their own.
      request: async (number) => {
        const { color, articleType, brand } = chosen(number);
        return byText(`${color} ${articleType} ${brand} ${chosen(number + 1).gender}`.toLowerCase());
      },
    },
    {
      name: 'picture',
      answer: PRODUCT,
      request: async (number) => {
        const base64 = (await readFile(chosen(number).picture)).toString('base64');
        const terms = [{ match: { image: { source: { base64 } } } }];
        return { query: SEARCH, variables: { input: { terms } } };
      },
    },
    {
      name: 'similar products',
      answer: PRODUCT,
      request: async (number) => ({ query: SIMILAR, variables: { id: globalId(at(products, number)) } }),
    },
  ];
}

/** As answers have it. */
function globalId({ id }: Catalogue['products'][number]): string {
  return `product_${id}`;
}

/** The same products of a brand in the same order, and the same ten facts of each, as PostGraphile answers them. */
export function peerOperations({ brands }: Catalogue): Operation[] {
  return [
    { name: 'PostGraphile: nothing: { __typename }', answer: TYPE, request: async () => ({ query: '{ __typename }' }) },
    {
      name: 'PostGraphile: products of a brand, newest first',
      answer: PRODUCT,
      request: async (number) => ({ query: PEER_LIST, variables: { brand: at(brands, number) } }),
    },
  ];
}

function at<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError('expected at least one, found none');
  return item;
}
