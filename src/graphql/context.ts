import { badInput } from '../errors.ts';
import type { GraphqlDeps } from './graphql-deps.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { createSearchTurns, type SearchTurns } from './search-turns.ts';

/** What each resolver gets, made anew for each request. */
export interface GraphqlContext {
  readonly deps: GraphqlDeps;
  readonly loaders: Loaders;
  readonly searches: SearchTurns;
  /** Aborted when the client goes away or the request has taken too long. */
  readonly signal: AbortSignal;
  /** The absolute address of a path of this server, as this client reaches it. */
  readonly addressOf: (path: string) => string;
  /** Counts what an answer holds. @throws AppError BAD_USER_INPUT past the bound */
  readonly countObjects: (number: number) => void;
}

/**
 * The most objects in lists of one answer. Depth and fields of a query say nothing of how wide the tree of categories is:
 * `children { parent { children ... } }` multiplies with every step.
 */
const MAX_OBJECTS = 20_000;

/** The context of one request. */
export function createContext(
  deps: GraphqlDeps,
  request: { readonly signal: AbortSignal; readonly addressOf: (path: string) => string },
): GraphqlContext {
  let objects = 0;
  return {
    deps,
    loaders: createLoaders(deps),
    searches: createSearchTurns(deps.searchesAtOnce, request.signal),
    ...request,
    countObjects: (number) => {
      objects += number;
      if (objects > MAX_OBJECTS) {
        throw badInput('query', `an answer of at most ${MAX_OBJECTS.toLocaleString('en')} objects`, objects);
      }
    },
  };
}
