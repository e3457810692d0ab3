import { describe, expect, it } from 'vitest';
import { createBoundedQueue } from '../../../src/http/bounded-queue.ts';

/** Work that ends when told to. */
function controlled() {
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { done, finish };
}

describe('createBoundedQueue', () => {
  it('runs no more at once than it may, and all of it in order', async () => {
    const queue = createBoundedQueue({ what: 'pictures', concurrency: 2, waiting: 10 });
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const work = async (index: number) => {
      started.push(index);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return index;
    };
    const results = await Promise.all(Array.from({ length: 8 }, (_, index) => queue(() => work(index))));
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(started).toEqual(results);
    expect(most).toBe(2);
  });

  it('refuses what would wait beyond its bound, and takes more once there is room', async () => {
    const queue = createBoundedQueue({ what: 'pictures', concurrency: 1, waiting: 1 });
    const first = controlled();
    const running = queue(() => first.done);
    const waiting = queue(async () => 'second');
    await expect(queue(async () => 'third')).rejects.toThrow(
      expect.objectContaining({ code: 'SERVER_OVERLOADED', message: '1 pictures are waiting already; try again soon' }),
    );
    first.finish();
    await running;
    expect(await waiting).toBe('second');
    expect(await queue(async () => 'fourth')).toBe('fourth');
  });

  it('goes on after work that fails', async () => {
    const queue = createBoundedQueue({ what: 'pictures', concurrency: 1, waiting: 5 });
    const failing = queue(async () => {
      throw new Error('broken');
    });
    const next = queue(async () => 'fine');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('fine');
  });
});
