/** What nearly matches, where little does. */
import { effect, signal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { ResultPageDocument } from '../generated/operations.ts';
import { type Edge, keyOfEdge, type Shown, shown, toVariables } from './results.ts';
import { looksForSomething } from './search.ts';

/** What comes after the last match, best first; empty where there are enough matches, or none. */
export const nearMisses = signal<readonly Edge[]>([]);

/** With fewer matches than this the page would look empty. */
const FEW = 8;
const NUMBER = 8;

let current: AbortController | undefined;

/** From now on looks for them whenever all matches are on screen and they are few. */
export function followNearMisses(): void {
  effect(() => {
    const answer = shown.value;
    current?.abort();
    nearMisses.value = [];
    if (answer !== null && hasFew(answer)) void look(answer);
  });
}

function hasFew({ search, edges, more, nearest }: Shown): boolean {
  const onlyMatches = looksForSomething(search) && !search.weak && !nearest && search.sort === 'RELEVANCE';
  return onlyMatches && !more.hasNextPage && edges.length < FEW;
}

async function look({ search, edges }: Shown): Promise<void> {
  const controller = new AbortController();
  current = controller;
  const { input, severalTerms, byVariant } = toVariables({ ...search, weak: true, variety: 0 });
  const variables = { input, severalTerms, byVariant, first: edges.length + NUMBER };
  try {
    const { searchProducts } = await ask(ResultPageDocument, variables, controller.signal);
    if (controller.signal.aborted) return;
    const matches = new Set(edges.map(keyOfEdge));
    nearMisses.value = searchProducts.edges.filter((edge) => !matches.has(keyOfEdge(edge)));
  } catch {
    // An extra: the matches are there without it, and the next search tells what is wrong with the server.
    nearMisses.value = [];
  }
}
