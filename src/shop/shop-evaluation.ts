import { findModelToCompare } from '../database/embedding-models.ts';
import { distortPicture } from '../embedding/distort-picture.ts';
import { inspectPicture } from '../embedding/picture.ts';
import { badInput, invariant } from '../errors.ts';
import { type EvaluateDeps, type EvaluateRequest, evaluate, type ModelSearch } from '../evaluation/evaluate.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { QueryPicture } from '../evaluation/evaluation-query.ts';
import {
  getEvaluationConfigurations,
  getEvaluationMeasures,
  getEvaluationsByIds,
  getWeakestGroups,
  listEvaluations,
} from '../evaluation/read-evaluations.ts';
import { pictureBytes, type RunDeps } from '../evaluation/run-queries.ts';
import type { GraphqlDeps } from '../graphql/graphql-deps.ts';
import { type SearchDeps, searchProducts } from '../search/search-products.ts';
import { randomOfKey } from '../seeded-random.ts';
import type { ActiveModelFollower, ModelInUse } from './active-model.ts';
import { findShopModel, openEmbedderOfShop } from './shop-model.ts';

/** Measuring the search of a shop, and reading what was measured. */
export interface ShopEvaluation
  extends Pick<
    GraphqlDeps,
    | 'listEvaluations'
    | 'getEvaluationsByIds'
    | 'getEvaluationConfigurations'
    | 'getEvaluationMeasures'
    | 'getWeakestGroups'
  > {
  /** Measures how good the search is; its searches are not logged. @throws AppError NOT_FOUND, BAD_USER_INPUT */
  readonly evaluate: (request: EvaluateRequest) => Promise<Evaluation>;
  /** The bytes of the picture that a query of an evaluation asks with. @throws AppError IMAGE_NOT_FOUND */
  readonly queryPicture: (picture: QueryPicture, seed: number) => Promise<Uint8Array>;
}

/** Binds evaluations to a shop's database, pictures and models. */
export function createShopEvaluation(
  deps: Pick<SearchDeps, 'db' | 'loadImage' | 'isEmptyPicture' | 'words' | 'cursorKey' | 'currency'> & {
    readonly models: ActiveModelFollower;
  },
): ShopEvaluation {
  const { models, ...searchDeps } = deps;
  const { db, loadImage } = searchDeps;

  const searchWith = (inUse: ModelInUse): ModelSearch => ({
    model: inUse.model,
    search: (request, signal) => searchProducts({ ...searchDeps, activeModel: async () => inUse }, request, signal),
  });

  /** Pictures of the catalogue, as they are and distorted: always in the same way for the same picture and seed. */
  const picturesOf = (seed: number): Pick<RunDeps, 'loadPicture' | 'distort'> => ({
    loadPicture: (id) => loadImage({ kind: 'productImage', id }),
    distort: (picture, distortion, key) =>
      distortPicture(picture, distortion, randomOfKey(`${seed} ${distortion} ${key}`)),
  });

  const openModel: EvaluateDeps['openModel'] = async (name) => {
    const row = await findShopModel(db, name);
    if (row.embedded < row.total) {
      throw badInput('--compare model', `a model with a vector of each of ${row.total} pictures`, `${row.embedded}`);
    }
    const model = await findModelToCompare(db, row.id);
    invariant(model !== undefined, 'a model that was listed is there');
    const embedder = await openEmbedderOfShop(row);
    return { ...searchWith({ model, embedder }), close: () => embedder.close() };
  };

  return {
    evaluate: (request) =>
      models.withActiveModel((inUse) =>
        evaluate({ db, ...searchWith(inUse), openModel, inspectPicture, ...picturesOf(request.seed) }, request),
      ),
    queryPicture: (picture, seed) => pictureBytes(picturesOf(seed), picture),
    listEvaluations: (page) => listEvaluations(db, page),
    getEvaluationsByIds: (ids) => getEvaluationsByIds(db, ids),
    getEvaluationConfigurations: (ids) => getEvaluationConfigurations(db, ids),
    getEvaluationMeasures: (keys) => getEvaluationMeasures(db, keys),
    getWeakestGroups: (keys, wanted) => getWeakestGroups(db, keys, wanted),
  };
}
