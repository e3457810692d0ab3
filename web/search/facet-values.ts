import { ask } from '../api/ask.ts';
import { type FacetField, FacetValuesDocument } from '../generated/operations.ts';
import { shown } from './results.ts';

/** Typing goes on for so long before the server is asked. */
const PAUSE_MS = 200;

/**
 * Values of a field that contain a text, in the result on screen: also those that are not among the most frequent.
 *
 * @param stillWanted - whether nothing else has been typed meanwhile
 * @returns null where that is so, or where the server cannot be asked: then the values at hand are what there is
 */
export async function findValues(field: FacetField, text: string, stillWanted: () => boolean) {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  const answer = shown.peek();
  if (answer === null || !stillWanted()) return null;
  try {
    const { input } = answer.variables;
    const { searchProducts } = await ask(FacetValuesDocument, { input, field, search: text });
    return searchProducts.facet.values;
  } catch {
    return null;
  }
}
