import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import { badInput } from '../errors.ts';
import { createProductLookup } from './catalogue-facts.ts';
import { catalogueQueries } from './catalogue-queries.ts';
import { type Configuration, DEFAULT_CONFIGURATION } from './configuration.ts';
import type { Evaluation, QuerySource } from './evaluation.ts';
import { fileQueries } from './file-queries.ts';
import { findingsOf } from './findings.ts';
import { measureRuns } from './measure-runs.ts';
import { nearestOtherPicture, productCount } from './queries-evaluation.ts';
import type { QuerySetDeps, Sampling } from './query-set.ts';
import { READ_AT_LEAST, type Run, type RunDeps, runQueries } from './run-queries.ts';
import { storeEvaluation } from './store-evaluation.ts';

/** What an evaluation takes, all of one shop. */
export interface EvaluateDeps extends Pick<RunDeps, 'search' | 'loadPicture' | 'distort'> {
  readonly db: Kysely<Database>;
  /** The one that `search` uses. */
  readonly model: Pick<ActiveModel, 'name' | 'version' | 'imageTable'>;
  readonly inspectPicture: QuerySetDeps['inspectPicture'];
}

export interface EvaluateRequest extends Sampling {
  readonly source: QuerySource;
  /** Further ways to ask the queries, beside the default. */
  readonly compare: readonly Configuration[];
  readonly signal?: AbortSignal;
  /** @param step - the name of the configuration */
  readonly onProgress?: (step: string, done: number, total: number) => void;
}

/** Rankings of a shop of so many products are read to their end. */
const WHOLE_RANKING = 1_000;
/** PostgreSQL's integer. */
const MAX_SAMPLE = 2 ** 31 - 1;
const MAX_SEED = 2 ** 32 - 1;

/**
 * Measures how good the search is: asks all queries in each configuration, judges what comes, and keeps the figures in SQL. The same catalogue, request and seed
 * give the same figures, but for the times.
 *
 * @throws AppError NOT_FOUND, BAD_USER_INPUT for queries that cannot be asked; what searches throw. Nothing is kept then
 */
export async function evaluate(deps: EvaluateDeps, request: EvaluateRequest): Promise<Evaluation> {
  const { source, sample, seed, signal, onProgress } = request;
  const ways = [DEFAULT_CONFIGURATION, ...request.compare];
  checkBounds(request, ways);
  const queries =
    source.kind === 'FILE'
      ? await fileQueries(deps, source.file, request)
      : await catalogueQueries(deps, source.distortions, request);
  const runDeps = await prepareRun(deps);
  const runs: Run[] = [];
  for (const configuration of ways) {
    const tell = (done: number) => onProgress?.(configuration.name, done, queries.length);
    runs.push(await runQueries(runDeps, queries, configuration, { ...(signal && { signal }), onProgress: tell }));
  }
  const configurations = measureRuns(runs, seed);
  const evaluation: Evaluation = {
    id: randomUUID(),
    createdAt: new Date(),
    source: source.kind === 'FILE' ? { kind: 'FILE', file: path.basename(source.file) } : source,
    sampling: { sample, seed },
    queryCount: queries.length,
    model: { name: deps.model.name, version: deps.model.version },
    configurations,
    findings: findingsOf({ configurations }),
  };
  await storeEvaluation(deps.db, evaluation);
  return evaluation;
}

function checkBounds({ sample, seed }: EvaluateRequest, ways: readonly Configuration[]): void {
  if (sample !== undefined && (!Number.isSafeInteger(sample) || sample < 1 || sample > MAX_SAMPLE)) {
    throw badInput('--sample', `1 to ${MAX_SAMPLE.toLocaleString('en')}`, sample);
  }
  if (!Number.isSafeInteger(seed) || seed < 0 || seed > MAX_SEED) throw badInput('--seed', `0 to ${MAX_SEED}`, seed);
  const names = ways.map(({ name }) => name);
  const repeated = names.find((name, place) => names.indexOf(name) !== place);
  if (repeated !== undefined) throw badInput('--compare', 'configurations that differ', repeated);
}

async function prepareRun({ db, model, search, loadPicture, distort }: EvaluateDeps): Promise<RunDeps> {
  const { products } = await productCount(db, WHOLE_RANKING + 1).executeTakeFirstOrThrow();
  return {
    search,
    loadPicture,
    distort,
    depth: products <= WHOLE_RANKING ? Math.max(products, READ_AT_LEAST) : READ_AT_LEAST,
    findProducts: createProductLookup(db).found,
    async nearestOtherPicture(picture) {
      const row = await nearestOtherPicture(db, { table: model.imageTable, ...picture }).executeTakeFirst();
      return row && { imageId: row.image_id, similarity: row.similarity };
    },
  };
}
