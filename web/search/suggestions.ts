import { signal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { SuggestDocument, type SuggestQuery } from '../generated/operations.ts';

export type Suggestion = SuggestQuery['suggest'][number];

export const suggestions = signal<readonly Suggestion[]>([]);

let current: AbortController | undefined;

/** Asks for completions of what is typed; what was asked before is given up. Without an answer there are none, and the search goes on. */
export async function suggestFor(prefix: string): Promise<void> {
  current?.abort();
  const controller = new AbortController();
  current = controller;
  if (prefix.trim() === '') {
    suggestions.value = [];
    return;
  }
  try {
    const { suggest } = await ask(SuggestDocument, { prefix: prefix.slice(0, 200) }, controller.signal);
    if (!controller.signal.aborted) suggestions.value = suggest;
  } catch {
    if (!controller.signal.aborted) suggestions.value = [];
  }
}

/** Forgets them, and what is still asked for. */
export function clearSuggestions(): void {
  current?.abort();
  suggestions.value = [];
}
