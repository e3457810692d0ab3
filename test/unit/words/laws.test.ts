import { describe, expect, it } from 'vitest';
import type { ProductTexts } from '../../../src/words/product-words.ts';
import { rareCount } from '../../../src/words/score/rarity.ts';
import { NAME_VALUES } from '../../../src/words/score/score.ts';
import { type FoundProduct, type MemoryShop, memoryShop, skuOf, titled } from '../../support/words/memory-shop.ts';
import { createRandom, type RandomText } from '../../support/words/random-text.ts';

const CATALOGUES = 12;
const QUERIES = 40;

/** A catalogue whose words are common and rare as in a shop: word n is drawn twice as often as word 2n. */
function randomCatalogue(random: RandomText): { products: ProductTexts[]; words: string[] } {
  const words = [...new Set(Array.from({ length: 60 }, () => random.word()))];
  const draw = (): string => words[Math.floor(words.length ** random.number()) - 1] ?? words[0] ?? '';
  const some = (most: number): string => [...new Set(Array.from({ length: 1 + random.below(most) }, draw))].join(' ');
  const products = Array.from({ length: 15 + random.below(60) }, (_, index) =>
    titled(`p${index}`, some(5), {
      brand: random.number() < 0.5 ? some(1) : null,
      category: random.number() < 0.7 ? [some(1), some(2)] : [],
      attributes: random.number() < 0.5 ? { material: [some(2)] } : {},
      description: random.number() < 0.6 ? some(12) : null,
    }),
  );
  return { products, words };
}

function randomQuery(random: RandomText, words: readonly string[]): string[] {
  const asked = new Set(Array.from({ length: 1 + random.below(5) }, () => words[random.below(words.length)] ?? ''));
  return [...asked];
}

function randomSimilarities(random: RandomText, products: readonly ProductTexts[]): Map<string, number> {
  return new Map(
    products.map(({ codes }) => [codes[0] ?? '', random.number() < 0.3 ? random.pick([0.001, 1]) : random.number()]),
  );
}

/** Whether the product has each word of the query as it is written. */
function has(shop: MemoryShop, sku: string, word: string): boolean {
  return shop.products.find((product) => skuOf(product) === sku)?.words.lexemes.has(word) ?? false;
}

async function forAll(
  check: (shop: MemoryShop, random: RandomText, query: string[], similarities: Map<string, number>) => Promise<void>,
): Promise<void> {
  for (let seed = 1; seed <= CATALOGUES; seed += 1) {
    const random = createRandom(seed);
    const { products, words } = randomCatalogue(random);
    const shop = await memoryShop(products);
    for (let i = 0; i < QUERIES; i += 1)
      await check(shop, random, randomQuery(random, words), randomSimilarities(random, products));
  }
}

const sku: (found: FoundProduct) => string = skuOf;

describe('the laws of ranking, in random catalogues with random similarities', () => {
  it('a product that has all words is never behind one that has none', async () => {
    let pairs = 0;
    await forAll(async (shop, _, query, similarities) => {
      const { found } = await shop.search(query.join(' '), { similarities });
      const all = found.flatMap((product, place) =>
        query.every((word) => has(shop, sku(product), word)) ? [place] : [],
      );
      const none = found.flatMap((product, place) =>
        product.matches.every(({ factor }) => factor === 0) ? [place] : [],
      );
      if (all.length === 0 || none.length === 0) return;
      pairs += 1;
      expect(Math.max(...all)).toBeLessThan(Math.min(...none));
    });
    expect(pairs).toBeGreaterThan(100);
  });

  it('a word that few products have outweighs every vector', async () => {
    let pairs = 0;
    await forAll(async (shop, random, _, similarities) => {
      const rare = rareCount(shop.products.length);
      const counts = await shop.deps.vocabulary.counts(shop.products.flatMap(({ words }) => [...words.lexemes.keys()]));
      const rareWords = [...counts]
        .filter(([word, count]) => count <= rare && /^[a-z]+$/.test(word))
        .map(([word]) => word);
      const word = rareWords[random.below(rareWords.length)];
      if (word === undefined) return;
      const { found, query } = await shop.search(word, { similarities });
      // Stems and compounds of it make the reading less rare than the word.
      if (query.alternatives.some(({ kind }) => kind !== 'WRITTEN')) return;
      const lacking = found.findIndex((product) => !has(shop, sku(product), word));
      const having = found.filter((product) => has(shop, sku(product), word)).map((product) => found.indexOf(product));
      if (lacking === -1) return;
      pairs += 1;
      expect(Math.max(...having)).toBeLessThan(lacking);
    });
    expect(pairs).toBeGreaterThan(50);
  });

  it('a word more never puts a product that has it behind one that lacks it, similarities held fixed', async () => {
    let pairs = 0;
    await forAll(async (shop, random, query, similarities) => {
      const word = query.pop() ?? '';
      if (query.length === 0) return;
      const before = await shop.search(query.join(' '), { similarities });
      const longer = random.number() < 0.5 ? [word, ...query] : [...query, word];
      const after = await shop.search(longer.join(' '), { similarities });
      const scores = new Map(after.found.map((product) => [sku(product), product]));
      for (const one of before.found.filter((product) => has(shop, sku(product), word))) {
        for (const other of before.found) {
          const [had, lacked] = [scores.get(sku(one)), scores.get(sku(other))];
          // Not what has it by a stem, a join or a compound.
          if (had === undefined || lacked === undefined || lacked.matches[longer.indexOf(word)]?.factor !== 0) continue;
          if (one.score < other.score) continue;
          if (one.name === NAME_VALUES.WHOLE_TITLE && other.name > 0) continue;
          pairs += 1;
          expect(had.score, `${query.join(' ')} + ${word}`).toBeGreaterThanOrEqual(lacked.score);
        }
      }
    });
    expect(pairs).toBeGreaterThan(1000);
  });

  it('a product whose title is asked is first, and STRONG', async () => {
    await forAll(async (shop, random, _, similarities) => {
      const { product } = shop.products[random.below(shop.products.length)] ??
        shop.products[0] ?? { product: titled('', '') };
      const { found, quality } = await shop.search(product.title, { similarities });
      const same = (title: string): string => title.replaceAll(' ', '');
      expect(same(found[0]?.product.title ?? '')).toBe(same(product.title));
      expect(quality).toBe('STRONG');
    });
  });
});
