import { describe, expect, it } from 'vitest';
import { editCost, slipCost } from '../../../src/words/query/edit-cost.ts';

describe('what it takes to have typed one word for another', () => {
  it.each([
    ['lamp', 'lamp', 0],
    ['lapm', 'lamp', 0.8],
    ['ballon', 'balloon', 0.5],
    ['kettel', 'kettle', 0.8],
    ['pensil', 'pencil', 0.7],
    ['teble', 'table', 1],
    ['gable', 'table', 2.6],
    ['able', 'table', 2],
  ])('%s for %s costs %d', (typed, meant, cost) => {
    expect(editCost(typed, meant)).toBeCloseTo(cost);
  });

  it('is no less in one direction than a bound allows', () => {
    expect(editCost('umbrella', 'window', 2)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a slip', () => {
  it.each([
    ['gren', 'green'],
    ['dors', 'doors'],
    ['sokcs', 'socks'],
    ['pencel', 'pencil'],
    ['umbrela', 'umbrella'],
    ['accomodaton', 'accommodation'],
  ])('%s may have meant %s', (typed, meant) => {
    expect(slipCost(typed, meant)).toBeLessThan(3);
  });

  it.each([
    ['coat', 'goat'],
    ['door', 'floor'],
    ['rice', 'ride'],
    ['hat', 'had'],
    ['soap', 'soup'],
    ['candle', 'handle'],
    ['wrench', 'french'],
  ])('%s never meant %s', (typed, meant) => {
    expect(slipCost(typed, meant)).toBe(Number.POSITIVE_INFINITY);
  });
});
