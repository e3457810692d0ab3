import { describe, expect, it } from 'vitest';
import { createSharedResults } from '../../../src/embedding/shared-results.ts';

interface Value {
  readonly of: string;
}

/** Work that counts its starts and ends when told to. */
function countedWork() {
  let ends: ((value: Value) => void)[] = [];
  const signals: AbortSignal[] = [];
  return {
    signals,
    start: (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<Value>((resolve, reject) => {
        ends.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
    end: (of: string) => {
      for (const end of ends) end({ of });
      ends = [];
    },
  };
}

describe('shared results', () => {
  it('works once for those who ask at the same time, and keeps the result', async () => {
    const results = createSharedResults<Value>(10);
    const work = countedWork();
    const asked = [results.get('a', work.start), results.get('a', work.start)];
    work.end('a');
    const [first, second] = await Promise.all(asked);
    expect(second).toBe(first);
    expect(await results.get('a', work.start)).toBe(first);
    expect(work.signals).toHaveLength(1);
  });

  it('drops what was used least recently', async () => {
    const results = createSharedResults<Value>(2);
    let started = 0;
    const work = async () => ({ of: String(++started) });
    for (const key of ['a', 'b', 'a', 'c', 'a']) await results.get(key, work);
    expect(started).toBe(3);
    await results.get('b', work);
    expect(started).toBe(4);
  });

  it('does not keep a failure', async () => {
    const results = createSharedResults<Value>(10);
    await expect(results.get('a', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    expect(await results.get('a', async () => ({ of: 'a' }))).toEqual({ of: 'a' });
  });

  it('goes on for the others when one gives up, and gives up with the last', async () => {
    const results = createSharedResults<Value>(10);
    const work = countedWork();
    const [one, other] = [new AbortController(), new AbortController()];
    const first = results.get('a', work.start, one.signal);
    const second = results.get('a', work.start, other.signal);
    one.abort(new Error('first left'));
    await expect(first).rejects.toThrow('first left');
    expect(work.signals[0]?.aborted).toBe(false);
    other.abort(new Error('second left'));
    await expect(second).rejects.toThrow('second left');
    expect(work.signals[0]?.aborted).toBe(true);

    const again = results.get('a', work.start);
    work.end('a');
    expect(await again).toEqual({ of: 'a' });
    expect(work.signals).toHaveLength(2);
  });

  it('refuses who gave up before asking', async () => {
    const results = createSharedResults<Value>(10);
    const work = countedWork();
    await expect(results.get('a', work.start, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
    expect(work.signals).toHaveLength(0);
  });
});
