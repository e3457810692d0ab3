import { setMaxListeners } from 'node:events';
import type { FeedUploads } from '../catalog/feed-uploads.ts';
import type { FeedToImport, ImportProgress, ImportRequest } from '../catalog/import-feed.ts';
import type { ImportOrder } from '../catalog/import-order.ts';
import type { ImportReport } from '../catalog/import-report.ts';
import { AppError, invariant } from '../errors.ts';

/** An import that runs in this process. */
export interface StartedImport {
  /** Under which it is kept. */
  readonly importId: string;
  /** How it ended. */
  readonly finished: Promise<ImportReport>;
}

export interface StartOptions {
  /** Ends it like `cancelImport`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** The imports of a process: one at a time. */
export interface ShopImports {
  /** Reads a feed and embeds what is new, after the import that is under way. @throws AppError as importFeed does */
  readonly importFeed: (feed: FeedToImport) => Promise<ImportReport>;
  /**
   * Begins an import and goes on without whoever asked for it.
   *
   * @throws AppError SERVER_OVERLOADED while another is under way; NOT_FOUND for an upload that is not there; FEED_INVALID for one that is no feed
   */
  readonly startImport: (order: ImportOrder, options?: StartOptions) => Promise<StartedImport>;
  /** Stops an import at its next batch; what was done stays. False where it does not run in this process. */
  readonly cancelImport: (importId: string) => boolean;
  /** Stops what is under way and waits for it; begins no other. */
  close(): Promise<void>;
}

/**
 * @param deps.importFeed - one run
 * @param deps.onFailure - told of an import that failed when nobody waits for it
 */
export function createShopImports(deps: {
  importFeed: (feed: FeedToImport) => Promise<ImportReport>;
  feedUploads: FeedUploads;
  onFailure: (error: unknown) => void;
}): ShopImports {
  let last: Promise<unknown> = Promise.resolve();
  let underWay = 0;
  let closed = false;
  /** Of one that was asked for and is not under way yet. */
  let starting = false;
  const controllers = new Map<string, AbortController>();
  const all = new Set<AbortController>();

  /** After those before it. */
  async function run(feed: FeedToImport, controller: AbortController): Promise<ImportReport> {
    const before = last;
    let importId: string | undefined;
    const work = (async () => {
      await before;
      if (closed) throw new AppError('SERVER_OVERLOADED', 'the shop is closing');
      return deps.importFeed({
        ...feed,
        signal: feed.signal ? AbortSignal.any([feed.signal, controller.signal]) : controller.signal,
        onBegun: (id) => {
          importId = id;
          controllers.set(id, controller);
          feed.onBegun?.(id);
        },
      });
    })();
    underWay++;
    all.add(controller);
    last = work.catch(() => {});
    try {
      return await work;
    } finally {
      underWay--;
      all.delete(controller);
      if (importId !== undefined) controllers.delete(importId);
    }
  }

  /** An uploaded feed stays where it is until its import is over. */
  function runOrder(order: ImportOrder, feed: ImportRequest, controller: AbortController) {
    const { source, name = 'an uploaded feed', pictures } = order;
    if ('address' in source) return run({ ...feed, address: source.address }, controller);
    return deps.feedUploads.take(source.upload, (path) => run({ ...feed, path, name, pictures }, controller));
  }

  return {
    importFeed: (feed) => run(feed, newController()),
    async startImport(order, { signal, onProgress } = {}) {
      if (underWay > 0 || starting || closed) {
        const [running] = controllers.keys();
        const found = running === undefined ? 'one is under way' : `${running} is under way`;
        throw new AppError('SERVER_OVERLOADED', `expected no other import, but ${found}; try again when it has ended`);
      }
      const { options, missing, confirmed, refetch } = order;
      starting = true;
      try {
        let finished: Promise<ImportReport> | undefined;
        const importId = await new Promise<string>((resolve, reject) => {
          const request = {
            ...{ options, missing, confirmed, refetch, onBegun: resolve },
            ...(signal && { signal }),
            ...(onProgress && { onProgress }),
          };
          finished = runOrder(order, request, newController());
          finished.catch(reject);
        });
        invariant(finished !== undefined, 'what has begun is waited for');
        // Who started it may not wait for its end.
        finished.catch(deps.onFailure);
        return { importId, finished };
      } finally {
        starting = false;
      }
    },
    cancelImport(importId) {
      const controller = controllers.get(importId);
      controller?.abort();
      return controller !== undefined;
    },
    async close() {
      closed = true;
      for (const controller of all) controller.abort();
      await last;
    },
  };
}

function newController(): AbortController {
  const controller = new AbortController();
  // Every encode and fetch under way listens; Node.js takes more than ten listeners for a leak.
  setMaxListeners(0, controller.signal);
  return controller;
}
