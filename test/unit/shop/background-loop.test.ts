import pino from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBackgroundLoop } from '../../../src/shop/background-loop.ts';

const logger = pino({ level: 'silent' });

/** Runs that end when the test says so, or when they are stopped. */
function heldRuns() {
  const events: string[] = [];
  const endings: (() => void)[] = [];
  return {
    events,
    end: () => endings.shift()?.(),
    run: (signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        events.push('begun');
        endings.push(() => {
          events.push('ended');
          resolve();
        });
        signal.addEventListener('abort', () => {
          events.push('stopped');
          reject(signal.reason);
        });
      }),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createBackgroundLoop', () => {
  afterEach(() => vi.useRealTimers());

  it('runs once for any number of wakes during a run, and then once more', async () => {
    const runs = heldRuns();
    const loop = createBackgroundLoop({ what: 'embedding', run: runs.run, logger });
    loop.wake();
    loop.wake();
    loop.wake();
    expect(runs.events).toEqual(['begun']);
    runs.end();
    await settled();
    expect(runs.events).toEqual(['begun', 'ended', 'begun']);
    runs.end();
    await settled();
    expect(runs.events).toEqual(['begun', 'ended', 'begun', 'ended']);
    await loop.close();
  });

  it('runs again for a wake after it has come to rest', async () => {
    const runs = heldRuns();
    const loop = createBackgroundLoop({ what: 'embedding', run: runs.run, logger });
    loop.wake();
    runs.end();
    await settled();
    loop.wake();
    expect(runs.events).toEqual(['begun', 'ended', 'begun']);
    await loop.close();
  });

  it('stops its run for other work, does not run during it, and runs afterwards', async () => {
    const runs = heldRuns();
    const loop = createBackgroundLoop({ what: 'embedding', run: runs.run, logger });
    loop.wake();
    const result = await loop.suspendDuring(async () => {
      loop.wake();
      await settled();
      runs.events.push('work');
      return 7;
    });
    expect(result).toBe(7);
    expect(runs.events).toEqual(['begun', 'stopped', 'work', 'begun']);
    await loop.close();
  });

  it('goes on after other work that fails', async () => {
    const runs = heldRuns();
    const loop = createBackgroundLoop({ what: 'embedding', run: runs.run, logger });
    await expect(loop.suspendDuring(() => Promise.reject(new Error('no feed')))).rejects.toThrow('no feed');
    expect(runs.events).toEqual(['begun']);
    await loop.close();
  });

  it('logs a run that fails and tries again, later each time', async () => {
    vi.useFakeTimers();
    const delays: number[] = [];
    const log = { ...logger, error: ({ retryInMs }: { retryInMs: number }) => delays.push(retryInMs) };
    const loop = createBackgroundLoop({
      what: 'embedding',
      run: () => Promise.reject(new Error('disk full')),
      logger: log as unknown as typeof logger,
    });
    loop.wake();
    await vi.advanceTimersByTimeAsync(2_000 + 4_000 + 8_000);
    expect(delays).toEqual([2_000, 4_000, 8_000, 16_000]);
    await loop.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(delays).toHaveLength(4);
  });

  it('stops its run when closed, and starts no other', async () => {
    const runs = heldRuns();
    const loop = createBackgroundLoop({ what: 'embedding', run: runs.run, logger });
    loop.wake();
    await loop.close();
    loop.wake();
    await settled();
    expect(runs.events).toEqual(['begun', 'stopped']);
  });
});
