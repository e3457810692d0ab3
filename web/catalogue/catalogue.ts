/** What the catalogue page shows, as signals: read when it is opened, and again and again while something is under way. */
import { signal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { asFailure, type Failure } from '../api/failure.ts';
import { CatalogueDocument, type CatalogueQuery } from '../generated/operations.ts';

export const catalogue = signal<CatalogueQuery | null>(null);
export const catalogueFailure = signal<Failure | null>(null);

export const FAILURES_SHOWN = 10;
const IMPORTS_SHOWN = 10;
/** While an import or a model is under way; and otherwise, where one may have begun elsewhere. */
const BUSY_MS = 2_000;
const IDLE_MS = 15_000;

/** Reads the catalogue's state now and from time to time, until the signal is aborted. */
export async function followCatalogue(stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      const variables = { imports: IMPORTS_SHOWN, failures: FAILURES_SHOWN };
      catalogue.value = await ask(CatalogueDocument, variables, stop);
      catalogueFailure.value = null;
    } catch (error) {
      const why = asFailure(error, stop.aborted);
      if (why !== null) catalogueFailure.value = why;
    }
    await pause(isBusy(catalogue.peek()) || catalogueFailure.peek() !== null ? BUSY_MS : IDLE_MS, stop);
  }
}

function isBusy(state: CatalogueQuery | null): boolean {
  if (state === null) return false;
  const imports = state.imports.nodes.some((each) => each.state === 'RUNNING');
  return imports || state.embeddingModels.some((each) => each.state === 'BUILDING');
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
