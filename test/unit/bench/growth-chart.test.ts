import { describe, expect, it } from 'vitest';
import { growthChart } from '../../../bench/growth/chart.ts';

const LINES = [
  { name: 'none', points: [[10_000, 2] as const, [1_000_000, 8] as const] },
  { name: '20 %', points: [[10_000, 4] as const, [1_000_000, 16] as const] },
];

describe('growthChart', () => {
  it('draws a line with a key for each, sizes below and milliseconds beside', () => {
    const svg = growthChart('Growth', LINES);
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    for (const text of ['>none<', '>20 %<', '>10,000<', '>1,000,000<', '>2<', '>5<', '>10<'])
      expect(svg).toContain(text);
    expect(svg).not.toContain('>20<');
  });

  it('puts more to the right and slower above, by factors', () => {
    const [first = '', second = ''] = [...growthChart('Growth', LINES).matchAll(/points="([^"]*)"/g)].map(
      (match) => match[1] ?? '',
    );
    const places = (points: string) => points.split(' ').map((point) => point.split(',').map(Number));
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = places(first);
    const [[, z1 = 0] = [], [, z2 = 0] = []] = places(second);
    expect(x2).toBeGreaterThan(x1);
    expect(y2).toBeLessThan(y1);
    // Twice as long is as far above, wherever.
    expect(y1 - z1).toBeCloseTo(y2 - z2, 0);
  });

  it('draws a single size', () => {
    expect(growthChart('Growth', [{ name: 'none', points: [[10_000, 2]] }])).not.toContain('NaN');
  });
});
