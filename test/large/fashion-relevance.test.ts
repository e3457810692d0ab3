import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MatchQuality, SearchTerm } from '../../src/search/request/search-request.ts';
import { createRandom } from '../../src/seeded-random.ts';
import { type FashionShop, fashionIsHere, fashionShop } from '../support/fashion.ts';
import { HELD_OUT_QUERIES, TUNED_QUERIES } from './fashion-queries.ts';
import { HELD_OUT_GOODS, NOT_GOODS, OTHER_GOODS } from './foreign-queries.ts';

const GROCERIES = fileURLToPath(new URL('../../../shared/catalogs/grocery/images/val/', import.meta.url));
const ROUNDS = 150;

const text = (words: string): SearchTerm => ({ match: { kind: 'text', text: words } });
const picture = (bytes: Uint8Array): SearchTerm => ({ match: { kind: 'image', source: { kind: 'bytes', bytes } } });

describe.skipIf(!fashionIsHere)('match quality on the fashion catalogue', () => {
  let shop: FashionShop;
  const random = createRandom(19);
  const totals = { inside: { found: 0, all: 0 }, outside: { found: 0, all: 0 } };
  beforeAll(async () => {
    shop = await fashionShop();
  });
  afterAll(async () => {
    for (const [where, { found, all }] of Object.entries(totals)) console.log(`${where}: ${found} of ${all} found`);
    await shop?.close();
  });

  /** Share of the queries that are STRONG or WEAK. */
  async function shareFound(name: string, where: keyof typeof totals, queries: readonly SearchTerm[]): Promise<number> {
    const seen: Record<MatchQuality, number> = { STRONG: 0, WEAK: 0, NONE: 0 };
    for (const query of queries) seen[(await shop.search({ terms: [query], first: 1 })).matchQuality]++;
    const found = seen.STRONG + seen.WEAK;
    totals[where].found += found;
    totals[where].all += queries.length;
    console.log(`${name}: ${queries.length} queries, ${seen.STRONG} STRONG, ${seen.WEAK} WEAK, ${seen.NONE} NONE`);
    return found / queries.length;
  }

  const someProducts = () => Array.from({ length: ROUNDS }, () => pick([...shop.products.values()]));
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

  it('finds what people would ask for', async () => {
    const asked = [...TUNED_QUERIES, ...HELD_OUT_QUERIES].map((query) => text(query.text));
    expect(await shareFound('attribute queries', 'inside', asked)).toBeGreaterThanOrEqual(0.95);
  });

  it('finds titles and kinds of products', async () => {
    const titles = someProducts().map(({ title }) => text(title));
    expect(await shareFound('titles', 'inside', titles)).toBeGreaterThanOrEqual(0.95);
    const kinds = [...new Set([...shop.products.values()].map(({ articleType }) => articleType))];
    expect(await shareFound('article types', 'inside', kinds.map(text))).toBeGreaterThanOrEqual(0.95);
  });

  it('finds by pictures of its products, saved again', async () => {
    const pictures = await Promise.all(
      someProducts().map(async (product) =>
        picture(
          await sharp(product.picture)
            .resize({ width: 200 })
            .modulate({ brightness: 1.1 })
            .jpeg({ quality: 70 })
            .toBuffer(),
        ),
      ),
    );
    expect(await shareFound('pictures saved again', 'inside', pictures)).toBeGreaterThanOrEqual(0.95);
  });

  it('says that it has none of what other shops sell', async () => {
    expect(await shareFound('other goods', 'outside', OTHER_GOODS.map(text))).toBeLessThanOrEqual(0.1);
    // 8 of 76 (docs/decisions/0017-words.md): among them cheese and spaghetti, which products of the shop are called by.
    expect(await shareFound('other goods, held out', 'outside', HELD_OUT_GOODS.map(text))).toBeLessThanOrEqual(0.11);
  });

  it('says so of words that name nothing', async () => {
    expect(await shareFound('no goods', 'outside', NOT_GOODS.map(text))).toBeLessThanOrEqual(0.1);
    const word = () =>
      Array.from({ length: 4 + Math.floor(random() * 6) }, () => pick([...'abcdefghijklmnopqrstuvwxyz'])).join('');
    const letters = Array.from({ length: 60 }, () => text(`${word()} ${word()}`));
    expect(await shareFound('random letters', 'outside', letters)).toBeLessThanOrEqual(0.1);
  });

  it('says so of photos of groceries', async () => {
    const files = readdirSync(GROCERIES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jpg'));
    const photos = await Promise.all(
      files
        .sort()
        .slice(0, ROUNDS)
        .map(async (name) => picture(await readFile(GROCERIES + name))),
    );
    expect(await shareFound('photos of groceries', 'outside', photos)).toBeLessThanOrEqual(0.1);
  });

  /** Mosaics of coloured squares look like printed cloth to the model: of those some are found. Over all random pictures it is one in ten at most. */
  it('says so of random pictures', async () => {
    const sizes = [224, 128, 64, 48, 32, 24, 16, 8, 4, 2];
    let found = 0;
    for (const size of sizes) {
      const pictures = await Promise.all(Array.from({ length: 20 }, () => randomPicture(size)));
      found += await shareFound(`random pictures of ${size} x ${size}`, 'outside', pictures.map(picture));
    }
    expect(found / sizes.length).toBeLessThanOrEqual(0.1);
  });

  it('says so of nine in ten foreign queries of all kinds, and finds 95 in a hundred of its own', () => {
    expect(totals.inside.found / totals.inside.all).toBeGreaterThanOrEqual(0.95);
    expect(totals.outside.found / totals.outside.all).toBeLessThanOrEqual(0.1);
  });

  /** So many squares each way, each of a random colour. */
  async function randomPicture(size: number): Promise<Uint8Array> {
    const raw = Uint8Array.from({ length: size * size * 3 }, () => random() * 256);
    return sharp(raw, { raw: { width: size, height: size, channels: 3 } })
      .resize(224, 224, { kernel: 'nearest' })
      .png()
      .toBuffer();
  }
});
