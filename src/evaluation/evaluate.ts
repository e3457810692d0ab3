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
import type { EvaluationQuery } from './evaluation-query.ts';
import { nearestOtherPicture, productCount } from './evaluation-statements.ts';
import { fileQueries } from './file-queries.ts';
import { findingsOf } from './findings.ts';
import { measureRuns } from './measure-runs.ts';
import type { QuerySetDeps, Sampling } from './query-set.ts';
import { READ_AT_LEAST, type Run, type RunDeps, runQueries } from './run-queries.ts';
import { storeEvaluation } from './store-evaluation.ts';

/** A search bound to one model. */
export interface ModelSearch extends Pick<RunDeps, 'search'> {
  readonly model: Pick<ActiveModel, 'name' | 'version' | 'imageTable'>;
}

/** What an evaluation takes, all of one shop. */
export interface EvaluateDeps extends ModelSearch, Pick<RunDeps, 'loadPicture' | 'distort'> {
  readonly db: Kysely<Database>;
  /** Opens another model of the shop; whoever opens it closes it. @throws AppError NOT_FOUND, BAD_USER_INPUT, MODEL_INVALID */
  readonly openModel: (name: string) => Promise<ModelSearch & { close(): Promise<void> }>;
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
  const { source, sample, seed } = request;
  const ways = [DEFAULT_CONFIGURATION, ...request.compare];
  checkBounds(request, ways);
  const queries =
    source.kind === 'FILE'
      ? await fileQueries(deps, source.file, request)
      : await catalogueQueries(deps, source.distortions, request);
  const runs = await runAll(deps, queries, ways, request);
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

/** Opens the other models first: one that cannot be opened is no reason to ask all queries of the ones before. */
async function runAll(
  deps: EvaluateDeps,
  queries: readonly EvaluationQuery[],
  ways: readonly Configuration[],
  { signal, onProgress }: Pick<EvaluateRequest, 'signal' | 'onProgress'>,
): Promise<Run[]> {
  const opened = new Map<string, Awaited<ReturnType<EvaluateDeps['openModel']>>>();
  try {
    for (const { model } of ways) {
      if (model !== null && !opened.has(model)) opened.set(model, await deps.openModel(model));
    }
    const shared = await prepareRuns(deps);
    const runs: Run[] = [];
    for (const configuration of ways) {
      const bound = (configuration.model === null ? undefined : opened.get(configuration.model)) ?? deps;
      const tell = (done: number) => onProgress?.(configuration.name, done, queries.length);
      const options = { ...(signal && { signal }), onProgress: tell };
      runs.push(await runQueries({ ...shared, ...searchOf(deps.db, bound) }, queries, configuration, options));
    }
    return runs;
  } finally {
    for (const model of opened.values()) await model.close();
  }
}

/** What is the same for all models. */
async function prepareRuns({ db, loadPicture, distort }: EvaluateDeps) {
  const { products } = await productCount(db, WHOLE_RANKING + 1).executeTakeFirstOrThrow();
  return {
    loadPicture,
    distort,
    depth: products <= WHOLE_RANKING ? Math.max(products, READ_AT_LEAST) : READ_AT_LEAST,
    findProducts: createProductLookup(db).found,
  };
}

function searchOf(
  db: Kysely<Database>,
  { search, model }: ModelSearch,
): Pick<RunDeps, 'search' | 'nearestOtherPicture'> {
  return {
    search,
    async nearestOtherPicture(picture) {
      const row = await nearestOtherPicture(db, { table: model.imageTable, ...picture }).executeTakeFirst();
      return row && { imageId: row.image_id, similarity: row.similarity };
    },
  };
}
