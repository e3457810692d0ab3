import { describe, expect, it } from 'vitest';
import { createSearchTurns, MAX_SEARCHES } from '../../../src/graphql/search-turns.ts';

const never = new AbortController().signal;

/** Searches that end when told to, and how many of them run. */
function manualSearches() {
  const ends: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => ends.push(resolve));
  return { ends, work };
}

/** Lets everything run that can. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createSearchTurns', () => {
  it('runs as many at a time as it may, in the order of asking', async () => {
    const { ends, work } = manualSearches();
    const turns = createSearchTurns(4, never);
    const all = Array.from({ length: 6 }, () => turns.search(work));
    await settled();
    expect(ends).toHaveLength(4);
    ends[2]?.();
    await settled();
    expect(ends).toHaveLength(5);
    for (let i = 0; i < 6; i++) {
      ends[i]?.();
      await settled();
    }
    await Promise.all(all);
    expect(ends).toHaveLength(6);
  });

  it('gives what the work gives, and goes on after work that fails', async () => {
    const turns = createSearchTurns(4, never);
    const failures = Array.from({ length: 9 }, () => turns.inTurn(() => Promise.reject(new Error('away'))));
    expect((await Promise.allSettled(failures)).every(({ status }) => status === 'rejected')).toBe(true);
    expect(await turns.inTurn(async () => 7)).toBe(7);
  });

  it('counts searches, and not what belongs to them', async () => {
    const turns = createSearchTurns(4, never);
    for (let i = 0; i < MAX_SEARCHES; i++) {
      await turns.search(async () => i);
      await turns.inTurn(async () => i);
    }
    await expect(turns.search(async () => 0)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'query: expected at most 30 searches in one operation ("similar" is one for each product), found 31',
    });
  });

  it('begins nothing more once there were too many', async () => {
    const { ends, work } = manualSearches();
    const turns = createSearchTurns(4, never);
    const all = Array.from({ length: MAX_SEARCHES + 1 }, () => turns.search(work));
    const outcomes = Promise.allSettled(all);
    await settled();
    for (const end of ends) end();
    expect((await outcomes).filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    expect(ends).toHaveLength(4);
  });

  it('begins nothing more once the client has left', async () => {
    const { ends, work } = manualSearches();
    const client = new AbortController();
    const turns = createSearchTurns(4, client.signal);
    const all = Promise.allSettled(Array.from({ length: 6 }, () => turns.search(work)));
    await settled();
    client.abort(new Error('left'));
    for (const end of ends) end();
    expect((await all).slice(4)).toMatchObject([{ reason: { message: 'left' } }, { reason: { message: 'left' } }]);
    expect(ends).toHaveLength(4);
  });
});
