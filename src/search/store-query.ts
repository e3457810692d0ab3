import { randomUUID } from 'node:crypto';
import { badInput } from '../errors.ts';
import { insertSearches } from './log/log-statements.ts';
import { storedQuery } from './log/logged-search.ts';
import { checkRequest } from './request/check-request.ts';
import type { SearchRequest } from './request/search-request.ts';
import { type UnderstandDeps, understandSearch } from './understand-search.ts';

/**
 * Makes the query that a search would make, words understood and vectors calibrated, and keeps it without asking it, for analytics.search_products.
 *
 * @param asked - at least one term
 * @returns the id of its row in the table `search`
 * @throws AppError BAD_USER_INPUT, IMAGE_*, ENCODER_OVERLOADED, MODEL_NOT_READY
 */
export async function storeQuery(
  deps: UnderstandDeps,
  asked: Pick<SearchRequest, 'terms' | 'words'>,
  signal?: AbortSignal,
): Promise<string> {
  const request = checkRequest(asked);
  const { query } = await understandSearch(deps, request, { cursor: undefined, window: undefined }, 1, signal);
  if (query === null) throw badInput('terms', 'at least one: words, a picture or a product', asked.terms);
  const id = randomUUID();
  await insertSearches(deps.db, [storedQuery({ request, query }, { id, createdAt: new Date() })]).execute();
  return id;
}
