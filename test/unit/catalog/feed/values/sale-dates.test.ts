import { describe, expect, it } from 'vitest';
import { isSaleOn } from '../../../../../src/catalog/feed/values/sale-dates.ts';

/** When a sale is on, of some times around its ends. */
function timesOf(dates: string, ...times: string[]): boolean[] {
  return times.map((time) => isSaleOn(dates, new Date(time)));
}

describe('the dates of a sale', () => {
  it.each([
    ['2030-06-01T00:00+0200/2030-06-30T23:59+0200', '2030-05-31T22:00Z', '2030-06-30T21:59Z'],
    ['2030-06-01T00:00+02:00 / 2030-06-30T23:59+02', '2030-05-31T22:00Z', '2030-06-30T21:59Z'],
    ['2030-06-01T09:30:00-0800/2030-06-02T12:00:00+00:00', '2030-06-01T17:30Z', '2030-06-02T12:00Z'],
    ['2030-06-01 09:30:00 -0800/2030-06-02 12:00 UTC', '2030-06-01T17:30Z', '2030-06-02T12:00Z'],
    ['2030-06-01T09:30Z/2030-06-02T12:00:00.000Z', '2030-06-01T09:30Z', '2030-06-02T12:00Z'],
  ])('are read in their own zones: %s', (dates, begins, ends) => {
    const momentBefore = (time: string) => new Date(Date.parse(time) - 1).toISOString();
    expect(timesOf(dates, momentBefore(begins), begins, momentBefore(ends), ends)).toEqual([false, true, true, false]);
  });

  it('without a zone are UTC, whatever the zone of the machine', () => {
    expect(timesOf('2030-06-01T10:00/2030-06-01T11:00', '2030-06-01T09:59Z', '2030-06-01T10:00Z')).toEqual([
      false,
      true,
    ]);
    expect(timesOf('2030-06-01/2030-06-01', '2030-05-31T23:59Z', '2030-06-01T00:00Z', '2030-06-01T23:59Z')).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('with a day for their end include it, in its zone', () => {
    const dates = '2030-06-01 00:00:00/2030-06-02 00:00:00';
    expect(timesOf(dates, '2030-06-02T23:59Z', '2030-06-03T00:00Z')).toEqual([true, false]);
    expect(timesOf('/2030-06-02T00:00+02:00', '2030-06-01T21:59Z', '2030-06-01T22:00Z')).toEqual([true, false]);
  });

  it.each(['in May', '2030-06-01', '2030-13-01/2030-14-01', '1/2/3/4/5', ''])('are refused: %j', (dates) => {
    expect(() => isSaleOn(dates, new Date(0))).toThrow('expected two dates in ISO 8601');
  });
});
