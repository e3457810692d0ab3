import type { GraphqlClient } from './graphql-client.ts';

const PRODUCT = `groupId title options { name values { value } } attributes { name values } images { state }
  variants { sku title quantity mpn price { amount currency } compareAtPrice { amount } attributes { name values } images { id } }`;
const VARIANT = `sku title quantity mpn price { amount } compareAtPrice { amount } availability images { id }
  product { groupId attributes { name values } }`;
const TOLD = 'path message code';

const UPSERT = `mutation ($products: [ProductInput!]!) {
  upsertProducts(input: { products: $products }) { results { outcome product { ${PRODUCT} } } userErrors { ${TOLD} } warnings { ${TOLD} } }
}`;
const UPDATE_PRODUCTS = `mutation ($products: [ProductChange!]!) {
  updateProducts(input: { products: $products }) { results { outcome product { ${PRODUCT} } } userErrors { ${TOLD} } }
}`;
/** Of `$variants`. */
export const UPDATE_VARIANTS = `mutation ($variants: [VariantChange!]!) {
  updateVariants(input: { variants: $variants }) { results { outcome variant { ${VARIANT} } } userErrors { ${TOLD} } warnings { ${TOLD} } }
}`;
const DELETE_VARIANTS = `mutation ($variants: [VariantKey!]!) {
  deleteVariants(input: { variants: $variants }) { deletedCount userErrors { ${TOLD} } }
}`;

/** Mutations of products with variants, asked of a server; and what came of them. */
export function variantMutations(client: () => GraphqlClient) {
  return {
    upsert: async (...products: object[]) => (await client().data(UPSERT, { products })).upsertProducts,
    updateProducts: async (...products: object[]) =>
      (await client().data(UPDATE_PRODUCTS, { products })).updateProducts,
    updateVariants: async (...variants: object[]) =>
      (await client().data(UPDATE_VARIANTS, { variants })).updateVariants,
    deleteVariants: async (...variants: object[]) =>
      (await client().data(DELETE_VARIANTS, { variants })).deleteVariants,
    /** Skus of a product's variants, in the shop's order; null where there is no such product. */
    async skusOf(groupId: string): Promise<string[] | null> {
      const query = 'query ($groupId: String!) { product(by: { groupId: $groupId }) { variants { sku } } }';
      const { product } = await client().data(query, { groupId });
      return product?.variants.map(({ sku }: { sku: string }) => sku) ?? null;
    },
  };
}

/** Something that was told of an input. */
export type Told = { path: string[]; message: string; code: string };

/** Each with its place: `products.0.title | title: expected ...`. */
export const told = (all: readonly Told[]) => all.map(({ path, message }) => `${path.join('.')} | ${message}`);
/** Each place with its code. */
export const codes = (all: readonly Told[]) => all.map(({ path, code }) => `${path.join('.')} ${code}`);
export const outcomes = (results: readonly { outcome: string }[]) => results.map(({ outcome }) => outcome);

/** A variant that is a size of a shirt. */
export const size = (value: string, more: object = {}) => ({
  ...{ sku: `S-${value}`, attributes: [{ name: 'size', values: [value] }] },
  ...more,
});
/** A shirt in several sizes. */
export const style = (groupId: string, variants: readonly object[], more: object = {}) => ({
  ...{ groupId, title: 'Shirt', options: ['size'], variants },
  ...more,
});
export const usd = (amount: string) => ({ amount, currency: 'USD' });
