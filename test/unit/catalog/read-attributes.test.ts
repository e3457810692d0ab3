import { describe, expect, it } from 'vitest';
import { attributeDefinitions } from '../../../src/catalog/read-attributes.ts';

const count = (name: string, kind: 'TEXT' | 'NUMBER' = 'NUMBER') => ({
  ...{ name, kind, products: 2, coverage: 0.5, value_count: 3 },
});
const definitions = (names: string[], search = '', first = 100) =>
  attributeDefinitions(
    names.map((name) => count(name)),
    { search, first },
  );

describe('attributeDefinitions', () => {
  it.each([
    ['Width (cm)', 'cm'],
    ['Gewicht [kg]', 'kg'],
    ['weight_kg', 'kg'],
    ['Länge in cm', 'cm'],
    ['power-W', 'W'],
    ['Depth (in)', 'in'],
    ['made in', null],
    ['six pack', null],
    ['weight', null],
    ['cm', null],
    ['Size (EU)', null],
  ])('reads from the name %s the unit %s', (name, unit) => {
    expect(definitions([name])).toEqual([{ name, kind: 'NUMBER', unit, coverage: 0.5, valueCount: 3 }]);
  });

  it('knows no unit of texts', () => {
    expect(attributeDefinitions([count('fits (cm)', 'TEXT')], { search: '', first: 1 })[0]?.unit).toBeNull();
  });

  it('finds names by a part, whatever case and accents, the first ones in the order given', () => {
    const names = ['Größe', 'color', 'Farbe', 'grosse Tasche'];
    expect(definitions(names, 'GROSSE').map(({ name }) => name)).toEqual(['Größe', 'grosse Tasche']);
    expect(definitions(names, ' ', 2).map(({ name }) => name)).toEqual(['Größe', 'color']);
    expect(definitions(['frame_color', 'Frame-Size'], 'framec').map(({ name }) => name)).toEqual(['frame_color']);
    expect(definitions(names, 'nothing')).toEqual([]);
  });
});
