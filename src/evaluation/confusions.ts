import type { FoundProduct } from './catalogue-facts.ts';
import { categoryName } from './evaluation-query.ts';
import type { JudgedOutcome } from './measures.ts';
import type { Outcome } from './run-queries.ts';

/** What queries are grouped by to see which ones fare badly: products, where there are several queries of each, else categories. */
export type Grouping = 'PRODUCT' | 'CATEGORY';

/** Queries of the same product or category, and how they fared. */
export interface Group {
  /** The product's title or the category's names. */
  readonly label: string;
  readonly queries: number;
  /**
   * Of products: the share of queries that show the product among the first three. Of categories: how many of the first three results are of the category, of those
   * that could be (a category of one product cannot fill a carousel), mean over the queries.
   */
  readonly atThree: number;
  /** Queries whose first result is a wrong one. */
  readonly wrongFirst: number;
  /** What the wrong first results show, most frequent first. */
  readonly confusedWith: readonly Confusion[];
}

/** Queries for one thing whose first result is another. */
export interface Confusion {
  /** Title of the product or names of the category that came first. */
  readonly label: string;
  readonly queries: number;
  /** A few of them, in the order of the queries. */
  readonly examples: readonly ConfusionExample[];
}

export interface ConfusionExample {
  readonly outcome: Outcome;
  /** The wrong first result. */
  readonly shown: FoundProduct;
}

/** Queries of each product, on average, from which on products are told apart; below, hardly any has more than one. */
const QUERIES_PER_PRODUCT = 3;
const QUERIES_PER_CATEGORY = 5;
const EXAMPLES = 3;
/** How far down a carousel goes. */
const CAROUSEL = 3;

/** Queries of a group from which on it is spoken of: one query more or less would change the place of a smaller one. */
export function enoughQueries(grouping: Grouping): number {
  return grouping === 'PRODUCT' ? QUERIES_PER_PRODUCT : QUERIES_PER_CATEGORY;
}

/** Whether there are enough queries of each product to speak of products; distorted copies of one picture are one. */
export function groupingOf(judged: readonly JudgedOutcome[]): Grouping {
  const asked = new Map<string, string>();
  for (const { outcome } of judged) {
    const { position, picture, expected } = outcome.query;
    if (expected.product)
      asked.set(picture?.kind === 'catalogue' ? picture.imageId : String(position), expected.product.id);
  }
  const products = new Set(asked.values()).size;
  return products > 0 && asked.size >= QUERIES_PER_PRODUCT * products ? 'PRODUCT' : 'CATEGORY';
}

/** The groups, those that fare worst first; of equals the larger, then by label. Queries that expect nothing of the kind are in none. */
export function groupOutcomes(judged: readonly JudgedOutcome[], grouping: Grouping): Group[] {
  const members = new Map<string, Member[]>();
  for (const each of judged) {
    const member = memberOf(each, grouping);
    if (member === undefined) continue;
    const others = members.get(member.key);
    if (others) others.push(member);
    else members.set(member.key, [member]);
  }
  return Array.from(members.values(), (group) => summarise(group, grouping)).sort(
    (a, b) => a.atThree - b.atThree || b.queries - a.queries || compare(a.label, b.label),
  );
}

interface Member {
  /** Products may have the same title. */
  readonly key: string;
  readonly label: string;
  readonly outcome: Outcome;
  readonly relevance: readonly boolean[];
}

function memberOf({ outcome, product, category }: JudgedOutcome, grouping: Grouping): Member | undefined {
  const { expected } = outcome.query;
  if (grouping === 'PRODUCT') {
    return product && expected.product
      ? { key: expected.product.id, label: expected.product.title, outcome, relevance: product.relevance }
      : undefined;
  }
  if (category === null || expected.category === null) return undefined;
  const name = categoryName(expected.category);
  return { key: name, label: name, outcome, relevance: category.relevance };
}

function summarise(members: readonly Member[], grouping: Grouping): Group {
  const confusions = new Map<string, { label: string; examples: ConfusionExample[] }>();
  let wrongFirst = 0;
  let atThree = 0;
  for (const { outcome, relevance } of members) {
    const first = relevance.slice(0, CAROUSEL);
    const right = first.filter(Boolean).length;
    const possible = Math.min(CAROUSEL, outcome.query.expected.categoryProducts);
    atThree += grouping === 'PRODUCT' ? Number(right > 0) : right / possible;
    const [shown] = outcome.results;
    if (shown === undefined || relevance[0]) continue;
    wrongFirst++;
    const name = grouping === 'PRODUCT' ? shown.title : categoryName(shown.category ?? ['(no category)']);
    const key = grouping === 'PRODUCT' ? shown.id : name;
    const confusion = confusions.get(key) ?? { label: name, examples: [] };
    confusion.examples.push({ outcome, shown });
    confusions.set(key, confusion);
  }
  const confusedWith = Array.from(confusions.values(), ({ label, examples }) => ({
    label,
    queries: examples.length,
    examples: examples.slice(0, EXAMPLES),
  })).sort((a, b) => b.queries - a.queries || compare(a.label, b.label));
  const label = members[0]?.label ?? '';
  return { label, queries: members.length, atThree: atThree / members.length, wrongFirst, confusedWith };
}

/** By code units: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
