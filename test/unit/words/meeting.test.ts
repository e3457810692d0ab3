import { describe, expect, it } from 'vitest';
import { demoProducts } from '../../support/words/cases.ts';
import { type MemoryShop, memoryShop } from '../../support/words/memory-shop.ts';
import { createRandom, type RandomText } from '../../support/words/random-text.ts';

/** What people change without meaning anything by it. */
const CHANGES: Readonly<Record<string, (text: string, random: RandomText) => string>> = {
  case: (text, random) => (random.number() < 0.5 ? text.toUpperCase() : text.toLowerCase()),
  hyphen: (text) => text.replace(' ', '-'),
  slash: (text) => text.replace(/ (?=\S+$)/, '/'),
  blank: (text) => text.replaceAll('-', ' '),
  nothing: (text) => text.replaceAll('-', ''),
  'full width': (text) =>
    Array.from(text, (letter) =>
      /[!-~]/.test(letter)
        ? String.fromCodePoint(letter.codePointAt(0) ?? 0).replace(
            letter,
            String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
          )
        : letter,
    ).join(''),
  accent: (text, random) => text.replaceAll(/[aeiou]/g, (vowel) => (random.number() < 0.3 ? `${vowel}\u0301` : vowel)),
  apostrophe: (text) => text.replaceAll("'", '’'),
  'soft hyphen': (text) => text.replace(/(?<=\w{3})(?=\w{3})/, '\u00ad'),
};

let shop: Promise<MemoryShop> | undefined;

describe('a title, typed in another way', () => {
  it.each(Object.keys(CHANGES))('finds what it finds as it is written: %s', async (name) => {
    shop ??= memoryShop(demoProducts());
    const { search, products } = await shop;
    const random = createRandom(11);
    for (let i = 0; i < 40; i += 1) {
      const { title } = products[random.below(products.length)]?.product ?? { title: '' };
      const changed = CHANGES[name]?.(title, random) ?? title;
      const { found, quality, query } = await search(changed);
      expect(found[0]?.product.title, changed).toBe(title);
      expect(quality, changed).toBe('STRONG');
      expect(query.corrections, changed).toEqual([]);
    }
  });
});
