import { describe, expect, it } from 'vitest';
import { groupRows, type KnownGroup } from '../../../../src/catalog/feed/group-rows.ts';
import type { FeedEntryRow } from '../../../../src/catalog/feed/read-variant-rows.ts';
import { rowBatches } from '../../../../src/catalog/feed/row-batches.ts';
import type { VariantRow } from '../../../../src/catalog/product-input.ts';
import { variantId } from '../../../../src/identifiers.ts';
import { aRow } from '../../../support/product-factory.ts';

const sized = (sku: string, size: string, more: Partial<VariantRow> = {}) =>
  aRow({ sku, groupId: 'G', attributes: { size: [size] }, ...more });

const group = (rows: readonly VariantRow[], known: readonly KnownGroup[] = []) => {
  const { groups, notes } = groupRows(rows, known);
  return { groups: groups.map(({ groupId, places }) => [groupId, ...places]), notes };
};

describe('rows of a feed', () => {
  it('are one product where they have one group, in whatever case, and one each where they have none', () => {
    const rows = [sized('1', 'S'), aRow({ sku: '2' }), sized('3', 'M', { groupId: 'g' }), aRow({ sku: '4' })];
    expect(group(rows)).toEqual({
      groups: [
        ['G', 0, 2],
        ['2', 1],
        ['4', 3],
      ],
      notes: [],
    });
  });

  it('are of the product that the shop has, as that is written; of several that differ in case none is guessed', () => {
    const known = (groupId: string) => ({ groupId, brand: 'Acme', variantIds: [] });
    expect(group([sized('1', 'S')], [known('g')]).groups).toEqual([['g', 0]]);
    expect(group([sized('1', 'S')], [known('g'), known('G')]).groups).toEqual([['G', 0]]);
    expect(group([sized('1', 'S', { groupId: 'Gg' })], [known('gg'), known('GG')]).groups).toEqual([['Gg', 0]]);
  });

  it('take the row along that has the group for its id, and say so', () => {
    const { groups, notes } = group([aRow({ sku: 'g', attributes: {} }), sized('1', 'S'), sized('2', 'M')]);
    expect(groups).toEqual([['G', 0, 1, 2]]);
    expect(notes[0]).toEqual({
      place: 0,
      reason: 'id: expected a row\'s own, found "g", the group of others; it is a variant beside them',
    });
  });

  it('of several brands are several products, each told once', () => {
    const brands = ['Acme', 'Bolt', null, 'Bolt', 'Cog', 'Acme', 'Acme'];
    const { groups, notes } = group(brands.map((brand, n) => sized(`${n}`, `${n}`, { brand })));
    expect(groups).toEqual([
      ['G', 0, 2, 5, 6],
      ['G/Bolt', 1, 3],
      ['G/Cog', 4],
    ]);
    expect(notes.map(({ place }) => place)).toEqual([1, 4]);
  });

  it('leave the id to the brand that the shop has, unless all of its variants have another now', () => {
    const rows = ['Bolt', 'Bolt'].map((brand, n) => sized(`${n}`, `${n}`, { brand }));
    const acme = (...skus: string[]) => [{ groupId: 'G', brand: 'Acme', variantIds: skus.map(variantId) }];
    expect(group(rows, acme('0', '9')).groups).toEqual([['G/Bolt', 0, 1]]);
    expect(group(rows, acme('0', '1')).groups).toEqual([['G', 0, 1]]);
    expect(group([aRow({ sku: 'G', brand: 'Bolt' })], acme('9')).groups).toEqual([['G', 0]]);
  });

  it('that are equal, lack an option or have another currency are told, and kept', () => {
    const rows = [
      sized('1', 'S'),
      sized('2', 'S'),
      sized('3', 'M', { price: { amount: '1', currency: 'EUR' } }),
      sized('4', 'L', { attributes: { colour: ['Red'] } }),
    ];
    const { groups, notes } = group(rows);
    expect(groups).toEqual([['G', 0, 1, 2, 3]]);
    expect(notes).toEqual([
      { place: 1, reason: expect.stringMatching(/^item_group_id: expected other values of size .*found those of "1"/) },
      { place: 3, reason: 'size: expected a value in each row of the group, found none' },
      { place: 2, reason: 'price: expected one currency in a group, found USD, EUR; each variant keeps its own' },
    ]);
    expect(group([sized('1', 'S'), sized('2', 'S')]).notes[0]?.reason).toContain('expected attributes that differ');
  });
});

describe('batches of rows', () => {
  const entries = (...groups: (string | null)[]) =>
    groups.map(
      (groupId, n): FeedEntryRow => ({
        line: n,
        row: aRow({ sku: `${n}`, groupId }),
        problems: [],
        refusedPictures: [],
      }),
    );

  async function batchesOf(rows: readonly FeedEntryRow[], size: number): Promise<number[]> {
    async function* read() {
      yield* rows;
    }
    const sizes = [];
    for await (const batch of rowBatches(read(), size)) sizes.push(batch.length);
    return sizes;
  }

  it('hold the rows of a product together that follow each other', async () => {
    expect(await batchesOf(entries(null, null, null, null, null), 2)).toEqual([2, 2, 1]);
    expect(await batchesOf(entries('a', 'b', 'B', 'c', 'd'), 2)).toEqual([1, 2, 1, 1]);
    expect(await batchesOf(entries('a', 'a', 'a', 'b'), 2)).toEqual([3, 1]);
    expect(await batchesOf(entries('a', 'a', 'a', 'a', 'a', 'b'), 2)).toEqual([4, 1, 1]);
    expect(await batchesOf([...entries('a', 'a'), { line: 3, sku: null, field: 'id', reason: 'none' }], 2)).toEqual([
      3,
    ]);
    expect(await batchesOf([], 2)).toEqual([]);
  });
});
