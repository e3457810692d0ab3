import { signal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { ShopFactsDocument } from '../generated/operations.ts';
import { MOST_ATTRIBUTES } from './request.ts';

const KEPT_AS = 'lookgraph.attributes';

/** The attribute that is shown as swatches. */
export const COLOR = 'color';

/** Names of the attributes that filters are offered for, colours first. */
export const attributeNames = signal<readonly string[]>(remembered());

/** ISO 4217: those of all prices, that of most products first. */
export const currencies = signal<readonly string[]>([]);

/** Learns what the shop says of its products. Until then, and where it fails, there are the filters of the last visit. */
export async function learnShopFacts(): Promise<void> {
  let names: string[];
  try {
    const { attributes, shop } = await ask(ShopFactsDocument, { attributes: MOST_ATTRIBUTES });
    names = attributes.map(({ name }) => name).sort((a, b) => Number(b === COLOR) - Number(a === COLOR));
    currencies.value = shop.currencies;
  } catch {
    // The search on screen fails as well then, and says why.
    return;
  }
  localStorage.setItem(KEPT_AS, JSON.stringify(names));

  if (names.join() !== attributeNames.peek().join()) attributeNames.value = names;
}

function remembered(): string[] {
  const text = localStorage.getItem(KEPT_AS);
  try {
    const names: unknown = JSON.parse(text ?? 'null');
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  } catch {
    // Written by somebody else; the catalogue is asked again anyway.
  }
  return [COLOR];
}
