import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inBatches, mapStream, readAhead } from '../../../src/catalog/async-steps.ts';

async function* count(to: number, onClose: () => void = () => {}): AsyncGenerator<number> {
  try {
    for (let i = 0; i < to; i++) yield i;
  } finally {
    onClose();
  }
}

async function toArray<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('mapStream', () => {
  it('gives every result once, however long each takes and however slowly they are taken', async () => {
    for (const limit of [1, 3, 64]) {
      const results: number[] = [];
      for await (const result of mapStream(count(200), limit, async (i) => {
        if (i % 3 > 0) await wait(i % 5);
        return i;
      })) {
        results.push(result);
        if (result % 17 === 0) await wait(3);
      }
      expect(
        results.sort((a, b) => a - b),
        `limit ${limit}`,
      ).toEqual(await toArray(count(200)));
    }
  });

  it('has at most `limit` under way and does not run ahead of who takes the results', async () => {
    let begun = 0;
    let running = 0;
    let most = 0;
    const results = mapStream(count(1000), 4, async (i) => {
      begun += 1;
      most = Math.max(most, ++running);
      await wait(1);
      running -= 1;
      return i;
    });
    await results.next();
    await wait(30);
    expect(begun).toBeLessThanOrEqual(8);
    await toArray(results);
    expect(most).toBe(4);
  });

  it('does not pile up results of work that is done at once', async () => {
    let begun = 0;
    const results = mapStream(count(1000), 4, async () => {
      begun += 1;
    });
    await results.next();
    expect(begun).toBeLessThanOrEqual(8);
    expect((await toArray(results)).length).toBe(999);
  });

  it('throws a failure after what is under way has ended, and closes the source', async () => {
    let ended = 0;
    let closed = false;
    const work = async (i: number) => {
      await wait(i === 2 ? 1 : 20);
      ended += 1;
      if (i === 2) throw new Error('broken');
    };
    await expect(
      toArray(
        mapStream(
          count(100, () => (closed = true)),
          5,
          work,
        ),
      ),
    ).rejects.toThrow('broken');
    expect({ ended, closed }).toEqual({ ended: 5, closed: true });
  });

  it('throws what the source throws', async () => {
    async function* broken() {
      yield 1;
      throw new Error('no more');
    }
    await expect(toArray(mapStream(broken(), 3, async (i) => i))).rejects.toThrow('no more');
  });

  it('waits for what is under way when it is left early', async () => {
    let running = 0;
    for await (const _ of mapStream(count(100), 5, async () => {
      running += 1;
      await wait(5);
      running -= 1;
    })) {
      break;
    }
    expect(running).toBe(0);
  });
});

describe('inBatches', () => {
  it('puts all items into lists of the size, the last one shorter', async () => {
    expect(await toArray(inBatches(count(5), 2))).toEqual([[0, 1], [2, 3], [4]]);
    expect(await toArray(inBatches(count(4), 2))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(await toArray(inBatches(count(0), 2))).toEqual([]);
  });
});

describe('readAhead', () => {
  it('gives the items in their order and asks for the next before it is wanted', async () => {
    let asked = 0;
    async function* source() {
      for (asked = 0; asked < 3; asked++) yield asked;
    }
    const items = readAhead(source());
    expect((await items.next()).value).toBe(0);
    await wait(1);
    expect(asked).toBe(1);
    expect(await toArray(items)).toEqual([1, 2]);
  });

  it('throws what the source throws, in its turn, and closes the source when left', async () => {
    async function* broken() {
      yield 1;
      throw new Error('no more');
    }
    const items = readAhead(broken());
    expect((await items.next()).value).toBe(1);
    await wait(1);
    await expect(items.next()).rejects.toThrow('no more');

    let closed = false;
    const left = readAhead(count(9, () => (closed = true)));
    await left.next();
    await left.return(undefined);
    expect(closed).toBe(true);
  });
});
