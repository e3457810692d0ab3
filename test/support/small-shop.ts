import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import type { GraphqlClient } from './graphql-client.ts';
import { single } from './single-product.ts';

const COLORS = { red: '#c22', blue: '#24b', green: '#282', black: '#111' } as const;

const KINDS = {
  shirt: {
    category: ['Apparel', 'Topwear', 'Shirts'],
    outline: 'M20 25 L40 15 H60 L80 25 L72 42 L66 38 V88 H34 V38 L28 42 Z',
  },
  dress: { category: ['Apparel', 'Dress'], outline: 'M40 10 H60 L62 40 L80 92 H20 L38 40 Z' },
  sandal: { category: ['Footwear', 'Sandal'], outline: 'M8 70 C30 40 60 75 92 62 L94 76 C60 90 30 84 8 82 Z' },
  handbag: {
    category: ['Accessories', 'Bags'],
    outline: 'M18 45 H82 L88 88 H12 Z M35 45 C35 18 65 18 65 45 H60 C60 26 40 26 40 45 Z',
  },
} as const;

export type Color = keyof typeof COLORS;
export type Kind = keyof typeof KINDS;

/** A flat drawing of a thing, JPEG. */
export function drawing(color: Color, kind: Kind, { size = 200, background = '#fff' } = {}): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 100 100">
    <rect width="100" height="100" fill="${background}"/><path d="${KINDS[kind].outline}" fill="${COLORS[color]}"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

/** sku of a product of the small shop: `red-shirt`. */
export const skuOf = (color: Color, kind: Kind) => `${color}-${kind}`;

const UPSERT = `mutation Fill($input: UpsertProductsInput!) {
  upsertProducts(input: $input) { results { outcome } userErrors { path message code } }
}`;

/** Sixteen products, four kinds in four colours, each with one picture: saved by the mutation, embedded when this returns. */
export async function fillSmallShop(client: GraphqlClient): Promise<void> {
  const products = [];
  for (const [place, kind] of (Object.keys(KINDS) as Kind[]).entries()) {
    for (const [at, color] of (Object.keys(COLORS) as Color[]).entries()) {
      products.push(
        single({
          sku: skuOf(color, kind),
          title: `A ${color} ${kind}`,
          description: `Plain, in ${color}.`,
          brand: at % 2 === 0 ? 'Acme' : 'Zenith',
          category: KINDS[kind].category,
          price: { amount: `${place * 100 + at * 10}.50`, currency: 'USD' },
          availability: at === 3 ? 'OUT_OF_STOCK' : 'IN_STOCK',
          attributes: [
            { name: 'color', values: [color] },
            { name: 'size', values: ['S', 'M'] },
          ],
          link: `https://shop.example/${skuOf(color, kind)}`,
          images: [{ base64: (await drawing(color, kind)).toString('base64') }],
        }),
      );
    }
  }
  const { upsertProducts } = await client.data(UPSERT, { input: { products } });
  if (upsertProducts.userErrors.length > 0) throw new Error(JSON.stringify(upsertProducts.userErrors));
  await embedded(client);
}

/** Waits until every picture of the shop is embedded. */
export async function embedded(client: GraphqlClient): Promise<void> {
  for (;;) {
    const { embeddingModels } = await client.data('{ embeddingModels { state embedded total } }');
    const active = embeddingModels.find(({ state }: { state: string }) => state === 'ACTIVE');
    if (active.embedded === active.total) return;
    await delay(50);
  }
}
