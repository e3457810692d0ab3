import { readFile } from 'node:fs/promises';
import type { FashionProduct } from '../../test/support/fashion.ts';
import { FASHION_QUERIES } from '../fashion.ts';

/** One GraphQL request. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Requests of one kind, as many as wanted. */
export interface Operation {
  readonly name: string;
  /** @param number - from 0; another request, or the same again where that is the point */
  request(number: number): Promise<GraphqlRequest>;
}

/** Products to a page. */
export const FIRST = 20;

/** Ten fields of each product: what a grid of results shows. */
const FIELDS = `nodes {
  id sku title brand availability price { amount currency } category { name } images { url(width: 200) width height }
}`;
const SEARCH = `query Search($input: ProductSearchInput!) { searchProducts(input: $input, first: ${FIRST}) { ${FIELDS} } }`;
const SIMILAR = `query Similar($sku: String!) { product(by: { sku: $sku }) { similar(first: ${FIRST}) { ${FIELDS} } } }`;

/** A text that was asked for before: its vector is kept. */
export function knownText(number: number): string {
  return FASHION_QUERIES[number % FASHION_QUERIES.length] ?? FASHION_QUERIES[0];
}

/**
 * The operations that are measured, over a catalogue's products.
 *
 * @param products - at least one; each has a picture
 */
export function operations(products: readonly FashionProduct[]): Operation[] {
  const product = (number: number) => {
    // Steps of a prime: products stand in the feed beside their like.
    const chosen = products[(number * 7919) % products.length];
    if (chosen === undefined) throw new RangeError('expected at least one product, found none');
    return chosen;
  };
  const byText = (text: string) => ({ query: SEARCH, variables: { input: { terms: [{ match: { text } }] } } });
  return [
    { name: 'nothing: { __typename }', request: async () => ({ query: '{ __typename }' }) },
    { name: 'text, asked for before', request: async (number) => byText(knownText(number)) },
    {
      name: 'text, never asked for',
      // Colour, kind and brand of one product and the gender of another: words of the catalogue in an order of their own.
      request: async (number) => {
        const { color, articleType, brand } = product(number);
        return byText(`${color} ${articleType} ${brand} ${product(number + 1).gender}`.toLowerCase());
      },
    },
    {
      name: 'picture',
      request: async (number) => {
        const base64 = (await readFile(product(number).picture)).toString('base64');
        const terms = [{ match: { image: { source: { base64 } } } }];
        return { query: SEARCH, variables: { input: { terms } } };
      },
    },
    {
      name: 'similar products',
      request: async (number) => ({ query: SIMILAR, variables: { sku: product(number).sku } }),
    },
  ];
}
