import { describe, expect, it } from 'vitest';
import { createProgress, describeProgress } from '../../../src/cli/progress.ts';

describe('describeProgress', () => {
  it.each([
    [[0, 44_072, 'pictures', 0, 0], '0 of 44,072 pictures'],
    [[500, 44_072, 'pictures', 500, 900], '500 of 44,072 pictures'],
    [[4_072, 44_072, 'pictures', 4_072, 10_000], '4,072 of 44,072 pictures, 407/s, 2 min left'],
    [[41_000, 44_072, 'pictures', 1_000, 10_000], '41,000 of 44,072 pictures, 100/s, 31 s left'],
    [[10, 44_072, 'pictures', 10, 10_000], '10 of 44,072 pictures, 1.0/s, 12 h 14 min left'],
    [[10, 10, 'pictures', 10, 10_000], '10 of 10 pictures, 1.0/s'],
    [[1_500, 0, 'kB', 1_500, 1_000], '1,500 kB, 1,500/s'],
  ] satisfies [Parameters<typeof describeProgress>, string][])('of %j is %j', (given, expected) => {
    expect(describeProgress(...given)).toBe(expected);
  });
});

describe('createProgress', () => {
  function linesOf(work: (progress: ReturnType<typeof createProgress>) => void): string {
    const written: string[] = [];
    const stream = { isTTY: false, write: (text: string) => written.push(text) };
    work(createProgress(stream as unknown as NodeJS.WriteStream));
    return written.join('');
  }

  it('writes the last state of each step, and one every few seconds, as plain lines where there is no terminal', () => {
    const lines = linesOf((progress) => {
      for (let done = 0; done <= 100; done++) progress.update('reading', done, 100, 'rows');
      for (let done = 0; done <= 9; done++) progress.update('embedding', done, 9, 'pictures');
      progress.note('making the indexes');
      progress.finish();
    });
    expect(lines).toBe(
      'reading: 0 of 100 rows\nreading: 100 of 100 rows\nembedding: 9 of 9 pictures\nmaking the indexes\n',
    );
  });
});
