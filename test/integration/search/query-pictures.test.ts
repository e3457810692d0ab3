import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder, PictureLook, PictureView } from '../../../src/embedding/embedder.ts';
import { normalise } from '../../../src/embedding-vector.ts';
import type { SearchMatch } from '../../../src/search/request/search-request.ts';
import { searchProducts } from '../../../src/search/search-products.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

const REGION = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
/** A photo between margins. */
const FRAMED: PictureLook = {
  width: 400,
  height: 400,
  isBlank: false,
  note: undefined,
  margin: 0.25,
  contents: [{ region: REGION, isRectangle: true, ground: [255, 255, 255] }],
};
const FAR = along({ other: 1, bag: 1 });
const SHIRT = along({ red: 1, shirt: 1 });

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add([
    { sku: 'red-shirt', pictures: [SHIRT] },
    { sku: 'blue-bag', pictures: [along({ blue: 1, bag: 1 })] },
  ]);
});
afterAll(() => shop.close());

/** Searches by a picture whose vectors are given for each way of looking at it; says how often it was encoded. */
async function search(
  vectorOf: (view: PictureView | undefined) => number[],
  look: PictureLook,
  match: Partial<Extract<SearchMatch, { kind: 'image' }>> = {},
) {
  let encodes = 0;
  const { model, embedder } = await shop.deps.activeModel();
  const looking: Embedder = {
    ...embedder,
    lookAtImage: async () => look,
    embedImage: async (_bytes, options) => {
      encodes++;
      return normalise(vectorOf(options?.view));
    },
  };
  const page = await searchProducts(
    { ...shop.deps, activeModel: async () => ({ model, embedder: looking }) },
    { terms: [{ match: { kind: 'image', source: { kind: 'bytes', bytes: Buffer.from('x') }, ...match } }], first: 1 },
  );
  return { sku: shop.skus(page)[0], images: page.queryImages, encodes };
}

describe('a picture that is searched by', () => {
  it('is cut to what the catalogue knows, and the answer says where', async () => {
    expect(await search((view) => (view ? SHIRT : FAR), FRAMED)).toEqual({
      sku: 'red-shirt',
      images: [{ term: 0, region: REGION, turn: 0 }],
      // The whole and the part: one that is as good as the catalogue's own picture is not turned.
      encodes: 2,
    });
  });

  it('is turned, too, before it is said to be like nothing', async () => {
    // The whole, the part, and the whole lying on either side.
    expect(await search(() => FAR, FRAMED)).toMatchObject({ encodes: 4, images: [{ turn: 0 }] });
  });

  it('stays whole where a part is no more like anything', async () => {
    const whole = { x: 0, y: 0, width: 1, height: 1 };
    const { images } = await search((view) => (view ? along({ red: 1, shirt: 0.9 }) : SHIRT), FRAMED);
    expect(images).toEqual([{ term: 0, region: whole, turn: 0 }]);
  });

  it('is turned where it lies on its side', async () => {
    const { sku, images } = await search((view) => (view?.turn === 270 ? SHIRT : FAR), { ...FRAMED, contents: [] });
    expect([sku, images[0]?.turn]).toEqual(['red-shirt', 270]);
  });

  it('is not turned where it is near something as it is', async () => {
    expect(await search(() => SHIRT, { ...FRAMED, contents: [] })).toMatchObject({ encodes: 1, images: [{ turn: 0 }] });
  });

  it('is taken as it is with adjust: false, and with a region', async () => {
    const plain = { images: [], encodes: 1 };
    expect(await search(() => SHIRT, FRAMED, { adjust: false })).toMatchObject(plain);
    expect(await search(() => SHIRT, FRAMED, { region: REGION })).toMatchObject(plain);
  });
});
