/** The results of the search on screen: asked for when it changes, superseded when it changes again, and page after page. */
import { batch, effect, signal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { asFailure, type Failure } from '../api/failure.ts';
import type { SearchQueryVariables } from '../generated/operations.ts';
import { ResultPageDocument, type ResultsFragment, SearchDocument, type SearchQuery } from '../generated/operations.ts';
import { sentTerms, toFacets, toInput } from './request.ts';
import { looksForSomething, type Search } from './search.ts';
import { leftBehind, route, search, searchAddress } from './session.ts';
import { attributeNames } from './shop-facts.ts';

export type Edge = ResultsFragment['edges'][number];
type Page = SearchQuery['searchProducts'];

/** What tells results apart: of looks and variants each shows another variant. */
export function keyOfEdge({ node, variant }: Edge): string {
  return variant?.sku ?? node.id;
}

/** An answered search, as far as it was read. */
export interface Shown {
  readonly search: Search;
  readonly address: string;
  /** What was sent, to be sent again and to be copied. */
  readonly variables: SearchQueryVariables;
  readonly page: Page;
  /** Of all pages read so far. */
  readonly edges: readonly Edge[];
  readonly more: ResultsFragment['pageInfo'];
  /** Whether nothing matches and these are merely the nearest. */
  readonly nearest: boolean;
}

/** The latest answer; null before the first one. It stays on screen while the next one is asked for. */
export const shown = signal<Shown | null>(null);
/** Whether an answer is being waited for. */
export const pending = signal(false);
/** Why the search on screen has no answer; with `retryAt`, in milliseconds since 1970, when it is asked again by itself. */
export const failure = signal<{ readonly why: Failure; readonly retryAt: number | null } | null>(null);
export const loadingMore = signal(false);
export const moreFailure = signal<Failure | null>(null);
/** Whether searches tell how they were carried out. */
export const explaining = signal(false);

const PAGE_SIZE = 24;
/** The contract gives at most 100 products a page; what was scrolled further is read again as it is scrolled to. */
const LARGEST_PAGE = 96;
const KEPT = 20;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000];

/** Answers to come back to, the latest last. */
const kept = new Map<string, Shown>();
let current: AbortController | undefined;
let currentMore: AbortController | undefined;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let failures = 0;

/** From now on asks whenever the search changes. */
export function followSearch(): void {
  effect(() => {
    const key = keyOf(searchAddress.value, explaining.value, attributeNames.value);
    if (route.value === 'search') void show(key);
  });
  addEventListener('online', () => failure.peek()?.retryAt != null && retryNow());
}

/** Asks again for what failed. */
export function retryNow(): void {
  void show(keyOf(searchAddress.peek(), explaining.peek(), attributeNames.peek()));
}

/** Operation and variables of a search; with `explain`, of one that also tells how it is carried out. */
export function toVariables(wanted: Search, first = PAGE_SIZE, explain = false): SearchQueryVariables {
  return {
    input: toInput(wanted),
    first,
    facets: toFacets(attributeNames.peek()),
    severalTerms: sentTerms(wanted).length > 1,
    byVariant: wanted.collapse !== 'PRODUCT',
    explain,
  };
}

function keyOf(address: string, explain: boolean, attributes: readonly string[]): string {
  return `${address} ${explain} ${attributes.join()}`;
}

async function show(key: string): Promise<void> {
  current?.abort();
  currentMore?.abort();
  clearTimeout(retryTimer);
  const controller = new AbortController();
  current = controller;
  const found = kept.get(key);
  if (found !== undefined) {
    settle(found);
    return;
  }
  pending.value = true;
  try {
    const answer = await read(search.peek(), controller.signal);
    if (controller.signal.aborted) return;
    keep(key, answer);
    settle(answer);
  } catch (error) {
    const why = asFailure(error, controller.signal.aborted);
    if (why !== null) fail(why);
  }
}

async function read(wanted: Search, signal: AbortSignal): Promise<Shown> {
  const first = Math.min(LARGEST_PAGE, Math.max(PAGE_SIZE, leftBehind.peek()?.count ?? 0));
  const variables = toVariables(wanted, first, explaining.peek());
  const { searchProducts: page } = await ask(SearchDocument, variables, signal);
  if (page.edges.length > 0 || wanted.weak || !looksForSomething(wanted))
    return shownOf(wanted, variables, page, false);
  // Nothing matches: what comes nearest, said to be no more than that.
  const anything = toVariables({ ...wanted, weak: true }, first, explaining.peek());
  const { searchProducts: nearest } = await ask(SearchDocument, anything, signal);
  return shownOf(wanted, anything, nearest, true);
}

function shownOf(wanted: Search, variables: SearchQueryVariables, page: Page, nearest: boolean): Shown {
  const address = searchAddress.peek();
  return { search: wanted, address, variables, page, edges: page.edges, more: page.pageInfo, nearest };
}

function settle(answer: Shown): void {
  failures = 0;
  batch(() => {
    shown.value = answer;
    pending.value = false;
    failure.value = null;
    loadingMore.value = false;
    moreFailure.value = null;
  });
  const left = leftBehind.peek();
  if (left !== null) {
    leftBehind.value = null;
    requestAnimationFrame(() => scrollTo({ top: left.scroll }));
  }
}

/** What may pass is tried again by itself: soon, then at longer intervals. */
function fail(why: Failure): void {
  const delay = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
  const retries = why.kind !== 'refused';
  failures++;
  batch(() => {
    pending.value = false;
    failure.value = { why, retryAt: retries ? Date.now() + delay : null };
  });
  if (retries) retryTimer = setTimeout(retryNow, delay);
}

function keep(key: string, answer: Shown): void {
  kept.delete(key);
  kept.set(key, answer);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}

/** Reads the next page, unless that is under way already or there is none. */
export async function showMore(): Promise<void> {
  const before = shown.peek();
  const after = before?.more.endCursor;
  if (before === null || !before.more.hasNextPage || after == null || loadingMore.peek() || pending.peek()) return;
  const controller = new AbortController();
  currentMore = controller;
  batch(() => {
    loadingMore.value = true;
    moreFailure.value = null;
  });
  const { input, severalTerms, byVariant } = before.variables;
  try {
    const { searchProducts } = await ask(
      ResultPageDocument,
      { input, first: PAGE_SIZE, after, severalTerms, byVariant },
      controller.signal,
    );
    if (controller.signal.aborted) return;
    const answer = { ...before, edges: [...before.edges, ...searchProducts.edges], more: searchProducts.pageInfo };
    for (const [key, each] of kept) if (each === before) kept.set(key, answer);
    shown.value = answer;
    loadingMore.value = false;
  } catch (error) {
    const why = asFailure(error, controller.signal.aborted);
    loadingMore.value = false;
    if (why?.code === 'CURSOR_STALE') startAgain();
    else moreFailure.value = why;
  }
}

/** The ranking that pages are cut from is gone: another one is made, from its first page. */
function startAgain(): void {
  kept.clear();
  retryNow();
}
