import type { EncodePriority } from './embedder.ts';
import { createWorkQueue } from './work-queue.ts';

/** Lets a few tasks run at a time, those of queries first. */
export interface PriorityGate {
  /**
   * @throws AppError ENCODER_OVERLOADED when too many wait; the signal's reason when it is aborted while the task waits;
   *   whatever the task throws
   */
  run<Result>(
    task: () => Promise<Result>,
    options: { priority: EncodePriority; signal?: AbortSignal | undefined },
  ): Promise<Result>;
}

/**
 * @param width - how many tasks run at a time
 * @param maxWaiting - how many may wait, for each priority
 */
export function createPriorityGate(width: number, maxWaiting: number): PriorityGate {
  const queue = createWorkQueue<() => void>(maxWaiting);
  let free = width;

  async function enter(priority: EncodePriority, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (free > 0) {
      free--;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const drop = () => {
        if (queue.remove(admit)) reject(signal?.reason);
      };
      const admit = () => {
        signal?.removeEventListener('abort', drop);
        resolve();
      };
      queue.push(admit, priority);
      signal?.addEventListener('abort', drop, { once: true });
    });
  }

  /** Hands the place on, or leaves it free. */
  function leave(): void {
    const admit = queue.next();
    if (admit) admit();
    else free++;
  }

  return {
    async run(task, { priority, signal }) {
      await enter(priority, signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
