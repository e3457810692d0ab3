import type { Kysely } from 'kysely';
import type { OpenDatabase } from '../../src/database/database.ts';
import type { ActiveModel } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { invariant } from '../../src/errors.ts';
import type { SearchRequest } from '../../src/search/request/search-request.ts';
import { searchProducts } from '../../src/search/search-products.ts';
import { openAnalysis } from '../../src/words/language/open-analysis.ts';
import { NO_SYNONYMS } from '../../src/words/query/synonyms.ts';
import type { BandFilter } from '../workload/filter-bands.ts';
import type { AskedQuery } from './catalogue-queries.ts';
import { handWrittenPictures } from './hand-written.ts';
import type { Pages } from './page-losses.ts';

/** What is asked of both. */
export interface Asked {
  readonly query: AskedQuery;
  readonly filter: BandFilter;
  readonly pages: number;
  /** Rows. */
  readonly toAPage: number;
  /** Cosine distance above which nothing is wanted; all that was asked for lies below. */
  readonly within?: number | undefined;
}

export interface Answered {
  readonly pages: Pages;
  /** Products without a picture on them, which are compared by their text: so many fewer with a picture have to be there. */
  readonly beside: number;
  /** Of each page, the whole search: for ours with the result kept for the next page, for those by hand the statement. */
  readonly milliseconds: readonly number[];
}

export type Contender = (asked: Asked) => Promise<Answered>;

/** @param db - with the server's own settings */
export function byHand(db: Kysely<Database>, { imageTable }: ActiveModel): Contender {
  return async ({ query, filter, pages, toAPage, within }) => {
    const found: string[][] = [];
    const milliseconds: number[] = [];
    for (let page = 0; page < pages; page++) {
      const statement = handWrittenPictures(db, {
        table: imageTable,
        query: query.vector,
        where: filter.where,
        limit: toAPage,
        offset: page * toAPage,
        within,
      });
      const started = performance.now();
      const rows = await statement.execute();
      milliseconds.push(performance.now() - started);
      found.push(rows.map((row) => row.product_id));
    }
    return { pages: found, beside: 0, milliseconds };
  };
}

/** By vectors alone, nothing said of what is out of stock, page by cursor. No threshold is set: the nearest are asked for, all of which lie within it. */
export function ours({ db }: OpenDatabase, model: ActiveModel, queries: readonly AskedQuery[]): Contender {
  const opened = openAnalysis({ languages: ['en'] });
  const deps = {
    db,
    cursorKey: new Uint8Array(32).fill(7),
    activeModel: async () => ({ model, embedder: keptVectors(model, queries) }),
    loadImage: async () => Promise.reject(new Error('expected no picture among the queries')),
  };
  return async ({ query, filter, pages, toAPage }) => {
    const words = { analysis: await opened, synonyms: async () => NO_SYNONYMS };
    const request: SearchRequest = {
      terms: [{ match: { kind: 'text', text: query.about } }],
      words: 'OFF',
      unavailable: 'SHOW',
      filter: filter.filter,
      first: toAPage,
    };
    const found: string[][] = [];
    const milliseconds: number[] = [];
    let beside = 0;
    let after: string | undefined;
    for (let page = 0; page < pages; page++) {
      const started = performance.now();
      const { results, hasNextPage } = await searchProducts(
        { ...deps, words },
        {
          ...request,
          ...(after !== undefined && { after }),
        },
      );
      milliseconds.push(performance.now() - started);
      const pictured = results.filter(({ imageId }) => imageId !== null);
      beside += results.length - pictured.length;
      found.push(pictured.map(({ productId }) => productId));
      after = results.at(-1)?.cursor;
      if (!hasNextPage) break;
    }
    return { pages: found, beside, milliseconds };
  };
}

/** Gives each query the vector that it was given with. */
function keptVectors(model: ActiveModel, queries: readonly AskedQuery[]): Embedder {
  const vectors = new Map(queries.map(({ about, vector }) => [about, vector]));
  return {
    model,
    async embedText(text) {
      const vector = vectors.get(text);
      invariant(vector !== undefined, 'only these queries are asked');
      return vector;
    },
    embedImage: async () => Promise.reject(new Error('expected no picture among the queries')),
    countTokens: (text) => text.length,
    lookAtImage: async () => Promise.reject(new Error('expected no picture among the queries')),
    close: async () => {},
  };
}
