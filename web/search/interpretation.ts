/** How the words of the answer on screen can be read. */
import { effect, signal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { InterpretDocument } from '../generated/operations.ts';
import type { Part } from './chips.ts';
import { shown } from './results.ts';

export const interpretation = signal<{ readonly words: string; readonly parts: readonly Part[] }>({
  words: '',
  parts: [],
});

let current: AbortController | undefined;

/** From now on asks how words can be read, once their results are there. */
export function followInterpretation(): void {
  effect(() => {
    const words = shown.value?.search.words.trim() ?? '';
    if (words === interpretation.peek().words) return;
    current?.abort();
    interpretation.value = { words, parts: [] };
    if (words !== '') void interpret(words);
  });
}

async function interpret(words: string): Promise<void> {
  const controller = new AbortController();
  current = controller;
  try {
    const { interpretQuery } = await ask(InterpretDocument, { text: words }, controller.signal);
    if (!controller.signal.aborted) interpretation.value = { words, parts: interpretQuery.parts };
  } catch {
    // An extra: the results are there without it, and the next search tells what is wrong with the server.
    if (!controller.signal.aborted) interpretation.value = { words: '', parts: [] };
  }
}
