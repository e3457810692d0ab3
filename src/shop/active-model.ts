import type { Logger } from 'pino';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { AppError, ERRORS } from '../errors.ts';

/** The model that searches use and the embedder that speaks it: always together, so that no search mixes two vector spaces. */
export interface ModelInUse {
  readonly model: ActiveModel;
  readonly embedder: Embedder;
}

/** Follows the shop's active model, which any process may change in SQL. */
export interface ActiveModelFollower {
  /**
   * Runs `work` with the active model. If another becomes active meanwhile, `work` keeps its own to its end.
   *
   * @throws AppError MODEL_NOT_READY once closed
   */
  withActiveModel<T>(work: (inUse: ModelInUse) => Promise<T>): Promise<T>;
  /** Looks at once: after this process changed indexes, statistics or the active model itself. */
  refresh(): Promise<void>;
  /** Closes the embedder when the last work with it is done. */
  close(): Promise<void>;
}

/** How soon a change by another process is noticed. One small statement, far below what a search costs. */
const POLL_MS = 2_000;

interface Generation {
  inUse: ModelInUse;
  users: number;
  /** Called when the last user is done, once the generation is replaced. */
  onIdle: (() => void) | undefined;
}

/**
 * @param deps.findActiveModel - the row as it is now; what does not change often it may take from before
 * @param deps.openEmbedder - opens the embedder of that row. When it throws for a new active model, searches stay with the old one,
 *   whose vectors are kept, and it is tried again at the next look
 * @param deps.onSwitch - told after another model came into use
 * @throws AppError MODEL_NOT_READY when the shop has no active model, and whatever openEmbedder throws
 */
export async function followActiveModel(deps: {
  findActiveModel: (before: ActiveModel | undefined) => Promise<ActiveModel | undefined>;
  openEmbedder: (model: ActiveModel) => Promise<Embedder>;
  logger: Logger;
  onSwitch?: () => void;
}): Promise<ActiveModelFollower> {
  let current = await openFirst();
  let closed = false;
  let lastProblem = '';
  let looking: Promise<void> | undefined;
  const closing = new Set<Promise<void>>();
  const timer = setInterval(() => void look(), POLL_MS).unref();

  async function openFirst(): Promise<Generation> {
    const model = await deps.findActiveModel(undefined);
    if (!model) throw new AppError('MODEL_NOT_READY', 'the shop has no active model');
    return { inUse: { model, embedder: await deps.openEmbedder(model) }, users: 0, onIdle: undefined };
  }

  /** One look at a time; never rejects: a failure is logged once and the model in use stays. */
  function look(): Promise<void> {
    looking ??= update()
      .then(() => {
        lastProblem = '';
      })
      .catch((error: unknown) => {
        const problem = String(error);
        // A database that is away for a while is told of by every search; that it was busy for seconds is no event at all.
        const level = error instanceof AppError && ERRORS[error.code].retryable ? 'warn' : 'error';
        if (problem !== lastProblem) deps.logger[level]({ err: error }, 'could not look for the active model');
        lastProblem = problem;
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  async function update(): Promise<void> {
    const model = await deps.findActiveModel(current.inUse.model);
    if (!model || closed) return;
    if (model.id === current.inUse.model.id) {
      current.inUse = { model, embedder: current.inUse.embedder };
      return;
    }
    const embedder = await deps.openEmbedder(model);
    if (closed) return embedder.close();
    deps.logger.info({ from: current.inUse.model.name, to: model.name }, 'searches use another model');
    closeWhenIdle(current);
    current = { inUse: { model, embedder }, users: 0, onIdle: undefined };
    deps.onSwitch?.();
  }

  function closeWhenIdle(generation: Generation): void {
    const idle = new Promise<void>((resolve) => {
      generation.onIdle = resolve;
      if (generation.users === 0) resolve();
    });
    const closed = idle
      .then(() => generation.inUse.embedder.close())
      .catch((error: unknown) => deps.logger.error({ err: error }, 'could not close an embedder'))
      .finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    async withActiveModel(work) {
      if (closed) throw new AppError('MODEL_NOT_READY', 'the shop is closing');
      const generation = current;
      generation.users += 1;
      try {
        return await work(generation.inUse);
      } finally {
        generation.users -= 1;
        if (generation.users === 0) generation.onIdle?.();
      }
    },
    async refresh() {
      // A look under way may have begun before the change.
      await looking;
      await look();
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      await looking;
      closeWhenIdle(current);
      await Promise.all(closing);
    },
  };
}
