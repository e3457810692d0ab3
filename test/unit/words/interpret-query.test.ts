import { describe, expect, it } from 'vitest';
import { interpretQuery } from '../../../src/words/interpret/interpret-query.ts';
import type { Language } from '../../../src/words/language/languages.ts';
import { memoryShop, titled } from '../../support/words/memory-shop.ts';

const PRODUCTS = [
  titled('1', 'Felmar Anorak Teal', {
    brand: 'Felmar',
    category: ['Clothes', 'Anoraks'],
    attributes: { color: ['Teal'], size: ['M', '42'] },
  }),
  titled('2', 'No Show Socks Gold', {
    brand: 'Gold & Pine',
    category: ['Clothes', 'Socks'],
    attributes: { color: ['Gold'] },
  }),
  titled('3', 'Mustard Yellow Vest', {
    category: ['Clothes', 'Winter Vests'],
    attributes: { color: ['Mustard Yellow'] },
  }),
];

/** Each part in short, then the rest. */
async function read(text: string, languages: readonly Language[] = ['en']): Promise<string> {
  const { deps } = await memoryShop(PRODUCTS, { languages });
  const { parts, rest } = await interpretQuery(deps, text);
  const short = parts.map(({ text: part, meaning, start, end }) => {
    expect(text.slice(start, end)).toBe(part);
    if (meaning.kind === 'PRICE') return `${meaning.least ?? ''}..${meaning.most ?? ''}${meaning.currency ?? ''}`;
    const names = meaning.names
      .map(({ kind, name, attribute }) => `${attribute ?? kind.toLowerCase()}=${name}`)
      .join(',');
    return meaning.kind === 'NOT' ? `not(${meaning.words})${names}` : names;
  });
  return `${short.join(' ')} | ${rest}`.trim();
}

describe('prices', () => {
  it.each<[string, string, Language[]]>([
    ['lamp under 50', '..50 | lamp', ['en']],
    ['lamp less than $49.90', '..49.9USD | lamp', ['en']],
    ['lamp up to 80 euros', '..80EUR | lamp', ['en']],
    ['between 20 and 30 € lamp', '20..30EUR | lamp', ['en']],
    ['50-100 € lamp', '50..100EUR | lamp', ['en']],
    ['lamp over £1,200', '1200..GBP | lamp', ['en']],
    ['lamp <= 15', '..15 | lamp', ['en']],
    ['lampe unter 50 euro', '..50EUR | lampe', ['de']],
    ['lampe zwischen 20 und 30 €', '20..30EUR | lampe', ['de']],
    ['lampe ab 100 €', '100..EUR | lampe', ['de']],
    ["lampe jusqu'à 40 euros", '..40EUR | lampe', ['fr']],
    ['lampe à moins de 25,50 €', '..25.5EUR | lampe à', ['fr']],
    ['lámpara entre 10 y 20 euros', '10..20EUR | lámpara', ['es']],
    ['lampada sotto i 30 euro', '..30EUR | lampada', ['it']],
    ['lamp onder 30 euro', '..30EUR | lamp', ['nl']],
  ])('%s', async (text, expected, languages) => {
    expect(await read(text, languages)).toBe(expected);
  });

  it.each(['shelf under 50 cm', 'socks from 9', 'lamp 50-100', 'under 18s kit', 'item 2-in-1'])(
    'are not seen in %s',
    async (text) => {
      expect(await read(text)).not.toContain('..');
    },
  );
});

describe('what is not wanted', () => {
  it.each([
    ['anorak not teal', 'category=Anoraks not(teal)color=Teal |'],
    ['anorak -teal', 'category=Anoraks not(teal)color=Teal |'],
    ['vest without any zip', 'not(zip) | vest'],
    ['lamp not in mustard yellow', 'not(mustard yellow)color=Mustard Yellow | lamp'],
  ])('%s', async (text, expected) => {
    expect(await read(text)).toBe(expected);
  });

  it('is told from a name that begins so', async () => {
    expect(await read('no show socks')).toBe('category=Socks | no show');
  });

  it('is read in the languages of the shop', async () => {
    expect(await read('lampe ohne kabel', ['de'])).toBe('not(kabel) | lampe');
    expect(await read('lampe ohne kabel', ['en'])).toBe('| lampe ohne kabel');
  });
});

describe('names that the catalogue knows', () => {
  it.each([
    ['felmar anorak', 'brand=Felmar category=Anoraks |'],
    ['gold anorak size 42', 'color=Gold category=Anoraks size=42 |'],
    ['mustard yellow winter vest', 'color=Mustard Yellow category=Winter Vests |'],
    ['gold & pine lamp', 'brand=Gold & Pine | lamp'],
    ['42 candles', '| 42 candles'],
  ])('%s', async (text, expected) => {
    expect(await read(text)).toBe(expected);
  });

  it('leaves the rest as it was typed', async () => {
    expect(await read('Warm  FELMAR  hat')).toBe('brand=Felmar | Warm hat');
  });
});
