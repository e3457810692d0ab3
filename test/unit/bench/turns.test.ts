import { describe, expect, it } from 'vitest';
import { rateOf } from '../../../bench/encoder/machine-limit.ts';
import { timeTurns } from '../../../bench/encoder/turns.ts';

describe('timed turns', () => {
  it('do the work once unmeasured, and then at least as often as asked', async () => {
    let done = 0;
    const { fastestMs, medianMs } = await timeTurns(3, async () => {
      done += 1;
    });
    expect(done).toBeGreaterThanOrEqual(4);
    expect(fastestMs).toBeLessThanOrEqual(medianMs);
  });

  it('end with the error of the work', async () => {
    await expect(timeTurns(1, () => Promise.reject(new Error('no such model')))).rejects.toThrow('no such model');
  });
});

describe('a rate', () => {
  it('is in billions a second, of the fastest turn and of processor time', () => {
    const rate = rateOf(5e9, { fastestMs: 50, medianMs: 70, processorMs: 100 });
    expect(rate.bySecond).toBeCloseTo(100);
    expect(rate.byProcessorSecond).toBeCloseTo(50);
  });
});
