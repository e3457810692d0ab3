import { signal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { AttributesDocument } from '../generated/operations.ts';

const KEPT_AS = 'lookgraph.attributes';

/** The attribute that is shown as swatches. */
export const COLOR = 'color';

/** Names of the attributes that filters are offered for, colours first. */
export const attributeNames = signal<readonly string[]>(remembered());

/**
 * Learns from some products what the shop says of them. Until then, and where it fails, there are the filters of the last visit.
 */
export async function learnAttributes(): Promise<void> {
  const counts = new Map<string, number>();
  try {
    const { searchProducts } = await ask(AttributesDocument, {});
    for (const { attributes } of searchProducts.nodes) {
      for (const { name } of attributes) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  } catch {
    // The search on screen fails as well then, and says why.
    return;
  }
  const names = [...counts].sort(([a, m], [b, n]) => Number(b === COLOR) - Number(a === COLOR) || n - m);
  const learnt = names.map(([name]) => name);
  localStorage.setItem(KEPT_AS, JSON.stringify(learnt));
  if (learnt.join() !== attributeNames.peek().join()) attributeNames.value = learnt;
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
