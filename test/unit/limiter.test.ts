import { describe, expect, it } from 'vitest';
import { createLimiter, mapConcurrently } from '../../src/limiter.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Work that ends when told to, and notes when it began. */
function manual(name: string, begun: string[]) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    begun.push(name);
    await ended;
    return name;
  };
  return { work, end };
}

const bound = (waiting: number) => ({ waiting, refusal: (found: number) => new Error(`${found} wait already`) });

describe('limiter', () => {
  it('runs no more at once than it may, and all of it in order', async () => {
    const limiter = createLimiter({ atOnce: 2 });
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const work = async (index: number) => {
      started.push(index);
      most = Math.max(most, ++running);
      await turn();
      running--;
      return index;
    };
    const results = await Promise.all(Array.from({ length: 8 }, (_, index) => limiter.run(() => work(index))));
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(started).toEqual(results);
    expect(most).toBe(2);
  });

  it('serves the second line when nobody waits in the first', async () => {
    const limiter = createLimiter({ atOnce: 1 });
    const begun: string[] = [];
    const [running, later, sooner] = [manual('running', begun), manual('later', begun), manual('sooner', begun)];
    const results = [
      limiter.run(running.work, { later: true }),
      limiter.run(later.work, { later: true }),
      limiter.run(sooner.work),
    ];
    await turn();
    expect(begun).toEqual(['running']);
    running.end();
    await turn();
    expect(begun).toEqual(['running', 'sooner']);
    sooner.end();
    later.end();
    expect(await Promise.all(results)).toEqual(['running', 'later', 'sooner']);
  });

  it('refuses who would wait beyond the bound of a line, and takes more once there is room', async () => {
    const limiter = createLimiter({ atOnce: 1, bound: bound(1) });
    const first = manual('first', []);
    const running = limiter.run(first.work);
    const waiting = limiter.run(async () => 'second');
    await expect(limiter.run(async () => 'third')).rejects.toThrow('1 wait already');
    const inOtherLine = limiter.run(async () => 'later', { later: true });
    first.end();
    expect(await Promise.all([running, waiting, inOtherLine])).toEqual(['first', 'second', 'later']);
    expect(await limiter.run(async () => 'fourth')).toBe('fourth');
  });

  it('goes on after work that fails', async () => {
    const limiter = createLimiter({ atOnce: 1 });
    const failing = limiter.run(() => Promise.reject(new Error('broken')));
    const next = limiter.run(async () => 'fine');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('fine');
    expect(await limiter.run(async () => 'free again')).toBe('free again');
  });

  it('drops who waits when the signal is aborted, and never runs the work', async () => {
    const limiter = createLimiter({ atOnce: 1, bound: bound(1) });
    const begun: string[] = [];
    const [running, dropped, next] = [manual('running', begun), manual('dropped', begun), manual('next', begun)];
    const first = limiter.run(running.work);
    const controller = new AbortController();
    const second = limiter.run(dropped.work, { signal: controller.signal });
    controller.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    await expect(limiter.run(dropped.work, { signal: controller.signal })).rejects.toThrow('left');
    const third = limiter.run(next.work);
    running.end();
    next.end();
    await Promise.all([first, third]);
    expect(begun).toEqual(['running', 'next']);
  });

  it('does not take work back that has begun when the signal is aborted', async () => {
    const limiter = createLimiter({ atOnce: 1 });
    const running = manual('running', []);
    const controller = new AbortController();
    const result = limiter.run(running.work, { signal: controller.signal });
    await turn();
    controller.abort(new Error('left'));
    running.end();
    expect(await result).toBe('running');
  });

  it('gives callers of enter their turns, first come first served', async () => {
    const limiter = createLimiter({ atOnce: 1 });
    const events: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const leave = await limiter.enter();
        events.push(`${name} begins`);
        await turn();
        events.push(`${name} ends`);
        leave();
      }),
    );
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('lets nobody in when a place is given back twice', async () => {
    const limiter = createLimiter({ atOnce: 1 });
    const leaveFirst = await limiter.enter();
    leaveFirst();
    const leaveSecond = await limiter.enter();
    leaveFirst();
    let thirdIn = false;
    const third = limiter.run(async () => {
      thirdIn = true;
    });
    await turn();
    expect(thirdIn).toBe(false);
    leaveSecond();
    await third;
    expect(thirdIn).toBe(true);
  });
});

describe('mapConcurrently', () => {
  it('gives results in the order of the items and keeps to the limit', async () => {
    let running = 0;
    let most = 0;
    const results = await mapConcurrently([5, 1, 4, 2, 3], 2, async (item, index) => {
      most = Math.max(most, ++running);
      for (let turns = 0; turns < item; turns++) await turn();
      running--;
      return `${index}:${item}`;
    });
    expect(results).toEqual(['0:5', '1:1', '2:4', '3:2', '4:3']);
    expect(most).toBe(2);
    expect(await mapConcurrently([], 2, turn)).toEqual([]);
  });

  it('begins nothing after a failure, and waits for what is under way', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const failing = mapConcurrently([0, 1, 2, 3], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 0) throw new Error('first');
      await turn();
      ended.push(item);
    });
    await expect(failing).rejects.toThrow('first');
    expect(begun).toEqual([0, 1]);
    expect(ended).toEqual([1]);
  });
});
