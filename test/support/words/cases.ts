import { readFileSync } from 'node:fs';
import { shopItems } from '../../../demo/demo-products.ts';
import type { ProductTexts } from '../../../src/words/product-words.ts';

/** A line of test/fixtures/cases; README.md there says what its parts mean. */
export interface WordCase {
  readonly id: string;
  readonly class: string;
  readonly setting: 'demo' | 'repro' | 'fashion';
  readonly query: string;
  readonly products?: readonly CaseProduct[];
  readonly right: {
    readonly first?: readonly string[];
    readonly firstTitle?: readonly string[];
    readonly firstCategory?: readonly string[];
    readonly firstTitleHas?: readonly string[];
    readonly before?: readonly (readonly [string, string])[];
    readonly among?: { readonly skus: readonly string[]; readonly k: number };
    readonly quality?: readonly string[];
    readonly codes?: boolean;
  };
}

export interface CaseProduct {
  readonly sku: string;
  readonly title: string;
  readonly brand?: string;
  readonly category?: readonly string[];
  readonly attributes?: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly description?: string;
}

export function readCases(file: string): WordCase[] {
  const text = readFileSync(new URL(`../../fixtures/cases/${file}`, import.meta.url), 'utf8');
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as WordCase]));
}

/** The products of all cases together, each sku once. */
export function caseProducts(cases: readonly WordCase[]): ProductTexts[] {
  const products = cases.flatMap(({ products = [] }) => products);
  return [...new Map(products.map((product) => [product.sku, product])).values()].map((product) => ({
    codes: [product.sku],
    title: product.title,
    brand: product.brand ?? null,
    category: product.category ?? [],
    attributes: Object.fromEntries((product.attributes ?? []).map(({ name, values }) => [name, values])),
    description: product.description ?? null,
  }));
}

/** The demo shop's products as words see them. */
export function demoProducts(): ProductTexts[] {
  return shopItems().map(({ product }) => ({
    codes: [product.id],
    title: product.title,
    brand: product.brand,
    category: product.productType.split(' > '),
    attributes: {
      color: [product.color],
      gender: [product.gender],
      material: [product.material],
      pattern: [product.pattern],
      season: [product.season],
      style: [product.style],
    }, // prettier-ignore
    description: product.description,
  }));
}

/** What a search answered, as far as cases ask. */
export interface CaseAnswer {
  readonly found: readonly {
    readonly product: Pick<ProductTexts, 'codes' | 'title' | 'category'>;
    /** Whether one of its words was mended. */
    readonly isMended: boolean;
  }[];
  readonly quality: string;
  readonly query: { readonly corrections: readonly unknown[] };
}

/** @returns what is wrong with an answer; empty: nothing */
export function offences({ right }: WordCase, { found, quality, query }: CaseAnswer): string[] {
  const wrong: string[] = [];
  const [first] = found;
  const skus = found.map(({ product }) => product.codes[0] ?? '');
  const isNone = right.quality?.length === 1 && right.quality[0] === 'NONE';
  if (right.first && !right.first.includes(skus[0] ?? '')) wrong.push(`first ${skus[0]} ${first?.product.title}`);
  if (right.firstTitle && !right.firstTitle.includes(first?.product.title ?? ''))
    wrong.push(`first ${first?.product.title}`);
  if (right.firstCategory && !right.firstCategory.some((name) => first?.product.category.includes(name)))
    wrong.push(`first ${first?.product.title} in ${first?.product.category.join(' > ')}`);
  for (const parts of right.firstTitleHas ?? []) {
    const title = first?.product.title.toLowerCase() ?? '';
    if (!parts.split('|').some((part) => title.includes(part))) wrong.push(`first ${title} without ${parts}`);
  }
  for (const [one, other] of right.before ?? []) {
    const [place, behind] = [skus.indexOf(one), skus.indexOf(other)];
    if (place === -1 || (behind !== -1 && behind < place)) wrong.push(`${one} at ${place}, ${other} at ${behind}`);
  }
  if (right.among && !right.among.skus.every((sku) => skus.slice(0, right.among?.k).includes(sku)))
    wrong.push(`first ${skus.slice(0, right.among.k).join(', ')}`);
  if (right.quality && !right.quality.includes(quality)) wrong.push(quality);
  if (right.codes && quality !== 'STRONG') wrong.push(`${quality} for a code`);
  // A mended word may be offered where it is said.
  if (
    !isNone &&
    right.quality?.includes('NONE') &&
    quality === 'WEAK' &&
    query.corrections.length === 0 &&
    found[0]?.isMended
  )
    wrong.push('mended in silence');
  return wrong;
}
