import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFINITIONS, metricLabel } from '../../../src/evaluation/definitions.ts';
import { DISTORTIONS } from '../../../src/evaluation/evaluation-query.ts';
import { MEASURES, METRICS } from '../../../src/evaluation/measures.ts';

const DOCUMENT = readFileSync(new URL('../../../docs/evaluation.md', import.meta.url), 'utf8');

describe('docs/evaluation.md', () => {
  it.each(METRICS)('has a row for %s, by both of its names', (metric) => {
    expect(DOCUMENT).toContain(`| ${DEFINITIONS[metric].name}, \`${metric}\` |`);
  });

  it.each(DISTORTIONS)('says what %s does', (distortion) => {
    expect(DOCUMENT).toContain(`| \`${distortion}\` |`);
  });
});

describe('the measures', () => {
  it('are each named once', () => {
    const labels = MEASURES.map(({ metric, target, k }) => metricLabel(metric, target, k));
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toContain('SameProduct@3');
    expect(labels).toContain('mAP (category)');
    expect(labels).toContain('MRR (product)');
    expect(new Set(MEASURES.map(({ metric }) => metric))).toEqual(new Set(METRICS));
  });
});
