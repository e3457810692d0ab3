import { describe, expect, it } from 'vitest';
import { createWorkQueue } from '../../../src/embedding/work-queue.ts';

const four = () => 4;

describe('work queue', () => {
  it('serves queries before imports, each in the order they came', async () => {
    const queue = createWorkQueue<string>(10);
    queue.push('import 1', 'import');
    queue.push('query 1', 'query');
    queue.push('import 2', 'import');
    queue.push('query 2', 'query');
    expect(await queue.take(four)).toEqual({ jobs: ['query 1', 'query 2'], priority: 'query' });
    expect(await queue.take(four)).toEqual({ jobs: ['import 1', 'import 2'], priority: 'import' });
  });

  it('takes no more than asked for, and at least one', async () => {
    const queue = createWorkQueue<number>(10);
    for (let job = 0; job < 6; job++) queue.push(job, 'import');
    expect((await queue.take(four))?.jobs).toEqual([0, 1, 2, 3]);
    expect((await queue.take(() => 0))?.jobs).toEqual([4]);
  });

  it('gives all that was pushed in one turn to whoever waits', async () => {
    const queue = createWorkQueue<number>(10);
    const taken = queue.take(four);
    queue.push(1, 'query');
    queue.push(2, 'query');
    expect((await taken)?.jobs).toEqual([1, 2]);
  });

  it('wakes a second taker for what the first leaves', async () => {
    const queue = createWorkQueue<number>(10);
    const [first, second] = [queue.take(() => 1), queue.take(() => 1)];
    queue.push(1, 'import');
    queue.push(2, 'import');
    expect([(await first)?.jobs, (await second)?.jobs]).toEqual([[1], [2]]);
  });

  it('refuses work when its line is full, and only then', () => {
    const queue = createWorkQueue<number>(2);
    queue.push(1, 'import');
    queue.push(2, 'import');
    expect(() => queue.push(3, 'import')).toThrow(
      expect.objectContaining({
        code: 'ENCODER_OVERLOADED',
        message: "the encoder's queue is full: 2 waiting; try again",
      }),
    );
    queue.push(4, 'query');
    expect(queue.size).toBe(3);
  });

  it('puts work back to the head of its line, though it is full', async () => {
    const queue = createWorkQueue<number>(1);
    queue.push(1, 'query');
    const work = await queue.take(four);
    queue.push(2, 'query');
    queue.putBack(work?.jobs ?? [], 'query');
    expect((await queue.take(four))?.jobs).toEqual([1, 2]);
  });

  it('removes work that waits, and says when it does not', async () => {
    const queue = createWorkQueue<string>(10);
    queue.push('stays', 'query');
    queue.push('goes', 'import');
    expect(queue.remove('goes')).toBe(true);
    expect(queue.remove('goes')).toBe(false);
    await queue.take(four);
    expect(queue.remove('stays')).toBe(false);
    expect(queue.size).toBe(0);
  });

  it('ends all waiting when closed, and hands out what is left', async () => {
    const queue = createWorkQueue<number>(10);
    const waiting = [queue.take(four), queue.take(four)];
    expect(queue.close()).toEqual([]);
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);

    const full = createWorkQueue<number>(10);
    full.push(2, 'import');
    full.push(1, 'query');
    expect(full.close()).toEqual([1, 2]);
    expect(await full.take(four)).toBeUndefined();
  });
});
