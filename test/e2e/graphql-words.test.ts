import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, fillSmallShop } from '../support/small-shop.ts';

// Sixteen products: shirt, dress, sandal, handbag in red, blue, green and black; red and green ones are of Acme, the others of Zenith. Prices in USD.
let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const INTERPRET = `query Interpret($text: String!, $locale: String) {
  interpretQuery(text: $text, locale: $locale) {
    rest
    parts {
      text start end isNegative
      readings { kind label attribute productCount }
      filter { ...Condition or { ...Condition } not { ...Condition or { ...Condition } } }
      term { match { text } weight }
    }
    search {
      terms { match { text } weight }
      filter { ...Whole and { ...Whole } }
    }
  }
}
fragment Whole on InterpretedFilter { ...Condition or { ...Condition } not { ...Condition or { ...Condition } } }
fragment Condition on InterpretedFilter {
  category { in { path } } brand { in } price { min max } attributes { name in }
}`;

const SEARCH = `query Search($input: ProductSearchInput!) {
  searchProducts(input: $input, first: 100) {
    nodes { sku: groupId } totalCount { value } matchQuality corrections { term written start end meant isApplied }
  }
}`;

async function interpret(text: string, locale?: string) {
  const { interpretQuery } = await server.data(INTERPRET, { text, locale });
  for (const part of interpretQuery.parts) expect(text.slice(part.start, part.end)).toBe(part.text);
  return interpretQuery;
}

async function skus(input: object): Promise<string[]> {
  const { searchProducts } = await server.data(SEARCH, { input });
  return searchProducts.nodes.map(({ sku }: { sku: string }) => sku).sort();
}

describe('what interpretQuery understands', () => {
  it.each([
    ['a price', 'under 110', (sku: string) => /shirt|^red-dress|^blue-dress/.test(sku) && sku !== 'blue-dress'],
    ['a brand', 'acme', (sku: string) => /^(red|green)-/.test(sku)],
    ['a category', 'sandals', (sku: string) => sku.endsWith('sandal')],
    ['a value of an attribute', 'blue', (sku: string) => sku.startsWith('blue')],
    ['a brand that is not wanted', 'not acme', (sku: string) => /^(blue|black)-/.test(sku)],
    ['a colour that is not wanted', '-black', (sku: string) => !sku.startsWith('black')],
    ['a category that is not wanted', 'without shirts', (sku: string) => !sku.endsWith('shirt')],
  ])('is a filter of a search as it is: %s', async (_, text, satisfies) => {
    const { parts, search } = await interpret(text);
    expect(parts).toHaveLength(1);
    const everything = await skus({});
    expect(await skus({ filter: parts[0].filter })).toEqual(everything.filter(satisfies));
    expect(await skus(search)).toEqual(everything.filter(satisfies));
  });

  it('is a negative term as it is, where the catalogue has no name for it', async () => {
    const { rest, search } = await interpret('dress without sleeves');
    expect(rest).toBe('');
    // What is a filter, too, is looked for, or there would be nothing to steer away from sleeves.
    expect(search.terms).toEqual([
      { match: { text: 'dress' }, weight: 1 },
      { match: { text: 'sleeves' }, weight: -0.5 },
    ]);
    expect((await skus(search)).every((sku) => sku.endsWith('dress'))).toBe(true);
    const words = await interpret('cotton gown without sleeves');
    expect(words.search.terms).toEqual([
      { match: { text: 'cotton gown' }, weight: 1 },
      { match: { text: 'sleeves' }, weight: -0.5 },
    ]);
    expect(words.parts[0].term).toEqual({ match: { text: 'sleeves' }, weight: -0.5 });
    expect(await skus(words.search)).toHaveLength(16);
    // With nothing else to look for it stays words of the query.
    expect((await interpret('without sleeves')).search.terms).toEqual([
      { match: { text: 'without sleeves' }, weight: 1 },
    ]);
  });

  it('is taken together as the input of a search, what is left over as words', async () => {
    const { rest, search, parts } = await interpret('nice acme dress under 150 not red');
    expect(rest).toBe('nice');
    expect(parts).toHaveLength(4);
    expect(search.terms).toEqual([{ match: { text: 'nice' }, weight: 1 }]);
    expect(await skus(search)).toEqual(['green-dress']);
  });

  it('is any of several brands', async () => {
    const { search } = await interpret('acme zenith sandals');
    expect(await skus(search)).toEqual(['black-sandal', 'blue-sandal', 'green-sandal', 'red-sandal']);
  });

  it('is nothing for a price in a currency that the shop does not use', async () => {
    expect(await interpret('dress under 90 euros')).toMatchObject({ rest: 'under 90 euros' });
    expect((await interpret('dress under $90')).parts).toHaveLength(2);
  });

  it('is said in another language where its locale is told', async () => {
    expect((await interpret('dress unter 90')).parts).toHaveLength(1);
    expect((await interpret('dress unter 90', 'de-AT')).parts).toHaveLength(2);
    const { errors } = await server.ask(INTERPRET, { text: 'dress', locale: '??' });
    expect(errors?.[0]?.message).toContain('locale: expected a language');
  });

  it('is nothing for an empty text, and refuses one that is too long', async () => {
    expect(await interpret(' ')).toEqual({ rest: '', parts: [], search: { terms: [], filter: null } });
    const { errors } = await server.ask(INTERPRET, { text: 'a'.repeat(1_001) });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('spelling', () => {
  it('says what a word was taken for and where it stands, and searches for exactly that when told to', async () => {
    const terms = [{ match: { text: 'sandal' } }, { match: { text: 'a red hanbdag' } }];
    const { searchProducts } = await server.data(SEARCH, { input: { terms } });
    expect(searchProducts.corrections).toEqual([
      { term: 1, written: 'hanbdag', start: 6, end: 13, meant: 'handbag', isApplied: true },
    ]);
    const exact = await server.data(SEARCH, { input: { terms, spelling: 'AS_WRITTEN' } });
    expect(exact.searchProducts.corrections).toEqual([]);
  });
});

describe('a query picture with nothing in it', () => {
  const image = (bytes: Buffer) => ({ match: { image: { source: { base64: bytes.toString('base64') } } } });
  const blank = () =>
    sharp({ create: { width: 300, height: 300, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer();

  it('matches nothing, and one of a product does', async () => {
    const nothing = await server.data(SEARCH, { input: { terms: [image(await blank())], minRelevance: 0.5 } });
    expect(nothing.searchProducts).toMatchObject({ matchQuality: 'NONE', nodes: [], totalCount: { value: 0 } });
    const shirt = await server.data(SEARCH, { input: { terms: [image(await drawing('red', 'shirt'))] } });
    expect(shirt.searchProducts.matchQuality).toBe('STRONG');
    expect(shirt.searchProducts.nodes[0].sku).toBe('red-shirt');
  });

  it('takes no part beside words', async () => {
    const words = { match: { text: 'green dress' } };
    const alone = await server.data(SEARCH, { input: { terms: [words] } });
    const beside = await server.data(SEARCH, { input: { terms: [words, image(await blank())] } });
    expect(beside.searchProducts.nodes[0]).toEqual(alone.searchProducts.nodes[0]);
    expect(beside.searchProducts.matchQuality).toBe('STRONG');
  });
});

describe('the filter by pictures', () => {
  it('tells products with a searchable picture from the others', async () => {
    const product = { title: 'A bare thing', images: [], variants: [{ sku: 'bare' }] };
    await server.data(
      'mutation ($input: UpsertProductsInput!) { upsertProducts(input: $input) { results { outcome } } }',
      {
        input: { products: [product] },
      },
    );
    expect(await skus({ filter: { hasPicture: false } })).toEqual(['bare']);
    expect(await skus({ filter: { hasPicture: true } })).toHaveLength(16);
    await server.data('mutation { deleteProducts(input: { products: [{ sku: "bare" }] }) { deletedCount } }');
  });
});

const UPSERT = `mutation Add($input: UpsertSynonymsInput!) {
  upsertSynonyms(input: $input) { synonyms { id words meanings } userErrors { path message code } }
}`;
const LIST = '{ synonyms(first: 1) { nodes { id words meanings } pageInfo { hasNextPage endCursor } } }';

describe('synonyms', () => {
  it('are added beside what is wrong with others, listed, read by id, searched by at once, and deleted', async () => {
    const input = {
      synonyms: [{ words: ['purse'], meanings: ['handbag'] }, { words: ['lonely'] }, { words: ['frock', ' gown '] }],
    };
    const { upsertSynonyms } = await server.data(UPSERT, { input });
    expect(upsertSynonyms.synonyms).toMatchObject([
      { words: ['purse'], meanings: ['handbag'] },
      { words: ['frock', 'gown'], meanings: null },
    ]);
    expect(upsertSynonyms.userErrors).toEqual([
      {
        path: ['synonyms', '1'],
        message: 'synonyms.1: expected two or more words with commas between them, found only "lonely"',
        code: 'BAD_USER_INPUT',
      },
    ]);
    const found = await server.data(SEARCH, { input: { terms: [{ match: { text: 'purse' } }], words: 'ONLY' } });
    expect(found.searchProducts.nodes).toHaveLength(4);
    expect(found.searchProducts.nodes[0].sku).toContain('handbag');

    const { synonyms } = await server.data(LIST);
    expect(synonyms).toMatchObject({ nodes: [{ words: ['frock', 'gown'] }], pageInfo: { hasNextPage: true } });
    const [{ id }] = synonyms.nodes;
    const { node } = await server.data('query ($id: ID!) { node(id: $id) { ... on Synonym { words } } }', { id });
    expect(node).toEqual({ words: ['frock', 'gown'] });

    const ids = [...upsertSynonyms.synonyms.map((synonym: { id: string }) => synonym.id), 'nonsense'];
    const { deleteSynonyms } = await server.data(
      'mutation ($ids: [ID!]!) { deleteSynonyms(input: { ids: $ids }) { deletedCount userErrors { path } } }',
      { ids },
    );
    expect(deleteSynonyms).toEqual({ deletedCount: 2, userErrors: [{ path: ['ids', '2'] }] });
    expect((await server.data(LIST)).synonyms.nodes).toEqual([]);
  });
});

describe('why', () => {
  const WHY = `query Why($input: ProductSearchInput!) {
    searchProducts(input: $input, first: 1) { edges { why { words { term written start end reading found } } node { sku: groupId } } }
  }`;

  async function wordsOf(input: object): Promise<unknown> {
    const { searchProducts } = await server.data(WHY, { input });
    return searchProducts.edges[0].why.words;
  }

  it('says what each word of the query was read as', async () => {
    const terms = [{ match: { text: '  Red  sandl' } }];
    expect(await wordsOf({ terms })).toEqual([
      { term: 0, written: 'Red', start: 0, end: 3, reading: 'WRITTEN', found: ['red'] },
      { term: 0, written: 'sandl', start: 5, end: 10, reading: 'MENDED', found: [expect.stringMatching(/^sandal/)] },
    ]);
    expect(await wordsOf({ terms, words: 'OFF' })).toEqual([]);
    expect(await wordsOf({})).toEqual([]);
  });

  it('tells synonyms, by which completions are found, too', async () => {
    const ADD = `mutation { upsertSynonyms(input: { synonyms: [{ words: ["zapato"], meanings: ["sandal"] }] }) { synonyms { id } userErrors { message } } }`;
    const { upsertSynonyms } = await server.data(ADD, {});
    expect(upsertSynonyms.userErrors).toEqual([]);
    expect(await wordsOf({ terms: [{ match: { text: 'zapato' } }] })).toMatchObject([
      { written: 'zapato', reading: 'SYNONYM', found: ['sandal'] },
    ]);
    const { suggest } = await server.data('{ suggest(prefix: "zapa") { text } }', {});
    expect(suggest.map(({ text }: { text: string }) => text).join()).toMatch(/sandal/i);
  });
});
