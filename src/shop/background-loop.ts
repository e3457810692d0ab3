import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';

/** Does what is to be done in the background, one run at a time. */
export interface BackgroundLoop {
  /** There may be something new. Returns at once; a run that is under way is followed by another. */
  wake(): void;
  /** Stops the run under way, does `work` alone, and goes on afterwards: for an import, which does the same by itself. */
  suspendDuring<T>(work: () => Promise<T>): Promise<T>;
  /** Stops the run under way and starts no other. */
  close(): Promise<void>;
}

/** Pause after a run that failed; doubled for each further one, up to the longest. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * @param deps.run - one run over everything that is to be done. What it throws is logged, and the run is tried again later.
 * @param deps.what - for the log: "embedding"
 */
export function createBackgroundLoop(deps: {
  run: (signal: AbortSignal) => Promise<void>;
  what: string;
  logger: Logger;
}): BackgroundLoop {
  let wanted = false;
  let closed = false;
  let suspensions = 0;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let controller = new AbortController();

  function mayRun(): boolean {
    return wanted && !closed && suspensions === 0;
  }

  async function runWhileWanted(): Promise<void> {
    isRunning = true;
    while (mayRun()) {
      wanted = false;
      controller = new AbortController();
      // Every encode and fetch under way listens; Node.js takes more than ten listeners for a leak.
      setMaxListeners(0, controller.signal);
      await runOnce(controller.signal);
    }
    isRunning = false;
  }

  async function runOnce(signal: AbortSignal): Promise<void> {
    try {
      await deps.run(signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const delayMs = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
      failures += 1;
      deps.logger.error({ err: error, retryInMs: delayMs }, `${deps.what} in the background failed`);
      clearTimeout(retry);
      retry = setTimeout(wake, delayMs).unref();
    }
  }

  function wake(): void {
    wanted = true;
    if (!isRunning && mayRun()) running = runWhileWanted();
  }

  async function stopRun(): Promise<void> {
    controller.abort();
    await running;
  }

  return {
    wake,
    async suspendDuring(work) {
      suspensions += 1;
      try {
        await stopRun();
        return await work();
      } finally {
        suspensions -= 1;
        wake();
      }
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await stopRun();
    },
  };
}
