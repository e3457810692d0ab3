import { describe, expect, it } from 'vitest';
import { type EvaluateOptions, evaluateRequest } from '../../../src/cli/evaluate-options.ts';

const request = (options: Partial<EvaluateOptions>) => evaluateRequest({ seed: 1, ...options });

describe('evaluateRequest', () => {
  it('reads where the queries come from and how they are asked', () => {
    expect(request({ queries: 'queries.tsv', sample: 5, compare: ['words=off'] })).toMatchObject({
      source: { kind: 'FILE', file: 'queries.tsv' },
      sample: 5,
      seed: 1,
      compare: [{ name: 'words=off', words: 'OFF' }],
    });
    expect(request({ self: true })).toEqual({
      source: { kind: 'CATALOGUE', distortions: [] },
      compare: [],
      sample: undefined,
      seed: 1,
    });
    expect(request({ self: true, distort: 'flip, blur,flip' }).source).toEqual({
      kind: 'CATALOGUE',
      distortions: ['flip', 'blur'],
    });
  });

  it.each([
    [{}, 'evaluate: expected either --queries FILE or --self, found "neither"'],
    [{ queries: 'q.tsv', self: true }, 'evaluate: expected either --queries FILE or --self, found "both"'],
    [{ queries: 'q.tsv', distort: 'flip' }, '--distort: expected to come with --self, found "flip"'],
    [
      { self: true, distort: 'melt' },
      '--distort: expected some of flip, rotate, blur, noise, brightness, crop, background, margin, screenshot, sideways, found "melt"',
    ],
    [
      { self: true, distort: '' },
      '--distort: expected some of flip, rotate, blur, noise, brightness, crop, background, margin, screenshot, sideways, found ""',
    ],
    [{ self: true, compare: ['x'] }, 'found "x"'],
  ])('refuses %j', (options, message) => {
    expect(() => request(options)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }),
    );
  });
});
