import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbedDeps } from '../../../src/catalog/embed-deps.ts';
import type { ProductInput } from '../../../src/catalog/product-input.ts';
import { foldWords } from '../../../src/catalog/words/analyze-words.ts';
import { deleteProducts, upsertProducts } from '../../../src/catalog/write-products.ts';
import { distancesToBeginnings } from '../../../src/edit-distance.ts';
import { productId } from '../../../src/identifiers.ts';
import { databaseVocabulary } from '../../../src/search/query/database-vocabulary.ts';
import { nameKey } from '../../../src/words/name-key.ts';
import { productWords } from '../../../src/words/product-words.ts';
import { memoryVocabulary } from '../../../src/words/query/memory-vocabulary.ts';
import { NO_SYNONYMS } from '../../../src/words/query/synonyms.ts';
import { understandWords } from '../../../src/words/query/understand-words.ts';
import type { CountedWord, KnownName, Vocabulary } from '../../../src/words/query/vocabulary.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { openEmbedDeps } from '../../support/embed-deps.ts';
import { aProduct } from '../../support/product-factory.ts';
import { createRandom } from '../../support/words/random-text.ts';

const SEED = 1_700;
const PRODUCTS = 160;
const WORDS = [
  ...[
    'red',
    'blue',
    'navy blue',
    'shirt',
    'shirts',
    'T-shirt',
    'sweatshirt',
    'shoes',
    'running',
    'sunglasses',
    'sun',
    'glasses',
    'flip flops',
    'Terrassenschrauben',
  ],
  ...[
    'schrauben',
    'wrist',
    'waist',
    'watch',
    'crème',
    'brûlée',
    'iPhone 13',
    '500 g',
    '16gb',
    'KT-INS114',
    "men's",
    'H&M',
    '红色连衣裙',
    'ชุดเดรส',
    'Ёлка',
    'фиолетовый',
    'committee',
  ],
] as const;
const BRANDS = ['Acme', 'Mother Earth', "L'Oréal", 'ACME', 'Красота'] as const;
const CATEGORIES = [
  ['Clothes', 'Shirts'],
  ['Clothes'],
  ['Shoes & Boots'],
  ['Health', 'Sun care'],
  [],
] as const satisfies readonly (readonly string[])[];

let database: TestDatabase;
let deps: EmbedDeps;
let ofDatabase: Vocabulary;
let ofMemory: Vocabulary;
const random = createRandom(SEED);

function randomProduct(sku: string): ProductInput {
  const some = (count: number) => Array.from({ length: count }, () => random.pick(WORDS)).join(' ');
  return aProduct({
    sku,
    title: random.below(8) === 0 ? `${random.pick(BRANDS)} ${some(1)}` : some(1 + random.below(4)),
    brand: random.below(3) === 0 ? null : random.pick(BRANDS),
    category: [...random.pick<readonly string[]>(CATEGORIES)],
    attributes:
      random.below(4) === 0
        ? {}
        : {
            color: [random.pick(['Red', 'Navy Blue', 'navy-blue'])],
            Größe: [String(36 + random.below(5))],
            mpn: [`AB-${random.below(30)}/X`],
          },
    description: random.below(2) === 0 ? null : `${some(5)} ${random.word()} ${random.word('абвгд')}`,
  });
}

beforeAll(async () => {
  database = await openTestDatabase();
  deps = await openEmbedDeps(database);
  const products = new Map<string, ProductInput>();
  const write = async (some: readonly ProductInput[]) => {
    for (const product of some) products.set(product.groupId, product);
    await upsertProducts(deps, some);
  };
  await write(Array.from({ length: PRODUCTS }, (_, i) => randomProduct(`SKU-${1000 + i}`)));
  await foldWords(database.db);
  await write(Array.from({ length: 30 }, (_, i) => randomProduct(`SKU-${1000 + i * 3}`)));
  const gone = Array.from({ length: 20 }, (_, i) => `SKU-${1000 + i * 7}`);
  await deleteProducts(database.db, gone.map(productId));
  for (const sku of gone) products.delete(sku);
  ofDatabase = await databaseVocabulary(database.db);
  ofMemory = memoryVocabulary(
    [...products.values()].map((product) => {
      const texts = { ...product, codes: [product.groupId], attributes: product.variants[0]?.attributes ?? {} };
      return { product: texts, words: productWords(deps.words.analysis, texts) };
    }),
  );
});
afterAll(() => database.close());

const asked = Array.from({ length: 200 }, () => {
  const word = random.pick(WORDS).toLowerCase().split(/[ -]/)[0] ?? '';
  const place = random.below(word.length);
  return random.pick([
    word,
    word.slice(0, place) + word.slice(place + 1),
    `${word.slice(0, place)}${random.pick(['a', 'e', 'ш', 'r'])}${word.slice(place)}`,
    [...word].toReversed().join(''),
  ]);
});

const sorted = (words: readonly CountedWord[] = []) => words.toSorted((a, b) => (a.word < b.word ? -1 : 1));

describe('the vocabulary of a database', () => {
  it('counts products and lexemes as the one in memory does', async () => {
    const lexemes = [
      ...asked,
      '~shirt',
      '~shoe',
      '=500g',
      '=g',
      '#ktins114',
      '#sku1001',
      '&',
      '',
      "d'or",
      'a\\b',
      '红色',
      '连衣',
    ];
    const expected = await ofMemory.counts(lexemes);
    expect(expected.size).toBeGreaterThan(20);
    expect(await ofDatabase.counts(lexemes)).toEqual(expected);
    expect(ofDatabase.productCount).toBe(ofMemory.productCount);
  });

  it('counts neighbours', async () => {
    const stems = ['navi', 'blue', 'sun', 'care', 'flip', 'flop', 'red', 'shirt', 'run', 'shoe', 'glass'];
    const pairs = stems.flatMap((first) => stems.map((second) => [first, second] as const));
    const expected = await ofMemory.pairCounts(pairs);
    expect(expected.size).toBeGreaterThan(10);
    expect(await ofDatabase.pairCounts(pairs)).toEqual(expected);
  });

  it('finds words that end in others', async () => {
    const endings = ['shirt', 'glasses', 'schrauben', 'es', 'вый', 'zzz', 'raubens'];
    const expected = await ofMemory.endingIn(endings);
    expect(expected.size).toBeGreaterThan(3);
    const found = await ofDatabase.endingIn(endings);
    expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
    for (const ending of expected.keys()) expect(sorted(found.get(ending))).toEqual(sorted(expected.get(ending)));
  });

  it('finds all words that may be meant by a misspelt one, and no others', async () => {
    const expected = await ofMemory.near(asked);
    expect(expected.size).toBeGreaterThan(30);
    const found = await ofDatabase.near(asked);
    for (const word of asked) {
      const right = sorted(expected.get(word));
      expect(right).toEqual(expect.arrayContaining(sorted(found.get(word))));
      const slips = word.length >= 7 ? 2 : 1;
      const must = right.filter((other) => (distancesToBeginnings(word, other.word).at(-1) ?? 9) <= slips);
      expect(sorted(found.get(word)), word).toEqual(expect.arrayContaining(must));
    }
  });

  it('counts products with codes that begin so', async () => {
    const beginnings = ['ktins', 'ktins114', 'sku10', 'sku1001', 'ab1', 'zz99', '1001'];
    const expected = await ofMemory.codesBeginning(beginnings);
    expect(expected.size).toBeGreaterThan(3);
    expect(await ofDatabase.codesBeginning(beginnings)).toEqual(expected);
  });

  it('knows what is called so', async () => {
    const keys = [
      ...WORDS,
      ...BRANDS,
      ...CATEGORIES.flat(),
      'Navy Blue',
      'Red',
      '38',
      '~shirt',
      '~sunglass',
      'nothing',
    ].map((name) => (name.startsWith('~') ? name : nameKey(name)));
    const [expected, found] = [await ofMemory.names(keys), await ofDatabase.names(keys)];
    expect(expected.size).toBeGreaterThan(10);
    const told = (names: readonly KnownName[] = []) =>
      names
        .map(({ kind, name, attribute, count }) => ({ kind, attribute, count, key: nameKey(name) }))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
    for (const key of expected.keys()) expect(told(found.get(key)), key).toEqual(told(expected.get(key)));
  });

  it('knows attributes by their values, and whether products have words together', async () => {
    const keys = ['Navy Blue', 'Red', '38', 'nothing', ...WORDS].map(nameKey);
    const expected = await ofMemory.attributesOf(keys);
    expect(expected.size).toBeGreaterThan(2);
    expect(await ofDatabase.attributesOf(keys)).toEqual(expected);
    const answers = new Set<boolean>();
    for (const first of WORDS) {
      for (const lists of [
        [[first]],
        [
          [first, 'nothing'],
          ['~shirt', 'blue'],
        ],
        [[first], ['nothing']],
      ]) {
        const isTogether = await ofMemory.isTogether(lists);
        answers.add(isTogether);
        expect(await ofDatabase.isTogether(lists), JSON.stringify(lists)).toBe(isTogether);
      }
    }
    expect(answers).toEqual(new Set([true, false]));
  });

  it('has queries understood alike', async () => {
    const { analysis } = deps.words;
    for (const text of [
      ...asked.slice(0, 60),
      'runing shose',
      'sunglases for men',
      'sun glases',
      'flipflops',
      'ktins114',
      '500 gramm',
    ]) {
      const read = (vocabulary: Vocabulary) => understandWords({ analysis, vocabulary, synonyms: NO_SYNONYMS }, text);
      const [one, other] = [await read(ofDatabase), await read(ofMemory)];
      expect(one.slots, text).toEqual(other.slots);
      expect(
        one.corrections.map(({ meant }) => meant),
        text,
      ).toEqual(other.corrections.map(({ meant }) => meant));
    }
  });

  it('asks nothing of nothing', async () => {
    expect(await ofDatabase.counts([])).toEqual(new Map());
    expect(await ofDatabase.pairCounts([])).toEqual(new Map());
    expect(await ofDatabase.endingIn([])).toEqual(new Map());
    expect(await ofDatabase.near([])).toEqual(new Map());
    expect(await ofDatabase.codesBeginning([])).toEqual(new Map());
    expect(await ofDatabase.names([])).toEqual(new Map());
  });

  it('is of the moment, and empty in an empty shop', async () => {
    await sql`truncate product cascade`.execute(database.db);
    expect(await ofDatabase.counts(['red'])).toEqual(new Map());
    expect(ofDatabase.productCount).toBe(0);
  });
});
