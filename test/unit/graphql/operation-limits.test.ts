import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limitOperation } from '../../../src/graphql/operation-limits.ts';
import { typeDefs } from '../../../src/graphql/schema.ts';

const schema = buildSchema(typeDefs);
const problems = (query: string) => validate(schema, parse(query), [limitOperation]).map(({ message }) => message);

const nested = (levels: number, open: string) => [`${open} { `.repeat(levels), 'id', ' }'.repeat(levels)].join('');
const times = (number: number, make: (index: number) => string) =>
  Array.from({ length: number }, (_, i) => make(i)).join(' ');
const SEARCH = 'searchProducts(input: {}) { totalCount { value } }';

describe('limitOperation', () => {
  it('lets a whole page of a shop through', () => {
    const query = `query Page($search: ProductSearchInput!) {
      searchProducts(input: $search, first: 48) {
        totalCount { value exact } pageInfo { hasNextPage endCursor } model { name } matchQuality
        facets(fields: [{ builtIn: CATEGORY }, { builtIn: PRICE }, { attribute: "color" }]) {
          field exact values { value count category { id name } } range { min max } }
        plan { strategy candidates examined milliseconds sql }
        edges { cursor similarity relevance why { vectorRank wordRank vectorScore wordScore named termSimilarities boost pinned } matchedImage { id url(width: 300) width height }
          node { id sku: groupId title brand category { name path parent { name parent { name } } } priceRange { min { amount currency } } availability
            attributes { name values } images { small: url(width: 100) large: url(width: 900) state }
            similar(first: 4) { nodes { id title images { url } } } } }
      }
      suggest(prefix: "sh") { text kind product { id } category { id } }
      categories { name productCount children { name productCount children { name } } }
    }`;
    expect(problems(query)).toEqual([]);
  });

  it.each([
    ['levels of fields', '{ categories { id } }', `{ ${nested(12, 'categories')} }`, 12, 13],
    [
      'fields at the top',
      `{ ${times(20, (i) => `a${i}: __typename`)} }`,
      `{ ${times(21, (i) => `a${i}: categories { id }`)} }`,
      20,
      21,
    ],
    ['searches', `{ ${times(5, (i) => `a${i}: ${SEARCH}`)} }`, `{ ${times(6, (i) => `a${i}: ${SEARCH}`)} }`, 5, 6],
    [
      'fields',
      `{ categories { ${times(499, () => 'id')} } }`,
      `{ categories { ${times(500, () => 'id')} } }`,
      500,
      501,
    ],
  ])('bounds %s', (what, good, bad, most, found) => {
    expect(problems(good)).toEqual([]);
    expect(problems(bad)).toEqual([`Expected at most ${most} ${what} in one operation, found ${found}.`]);
  });

  it('sees through fragments and inline fragments', () => {
    const query = `{ ...A ... on Query { b: ${SEARCH} } } fragment A on Query { ${times(5, (i) => `a${i}: ${SEARCH}`)} }`;
    expect(problems(query)).toEqual(['Expected at most 5 searches in one operation, found 6.']);
  });

  it('counts fragments that double each other without expanding them', () => {
    const fragments = times(
      40,
      (i) => `fragment F${i} on Category { a: parent { ...F${i + 1} } b: parent { ...F${i + 1} } }`,
    );
    const found = problems(`{ categories { ...F0 } } ${fragments} fragment F40 on Category { id }`);
    expect(found).toContain('Expected at most 500 fields in one operation, found 1000000.');
  });

  it('ends on fragments that use themselves', () => {
    expect(problems('{ categories { ...F } } fragment F on Category { id children { ...F } }')).toEqual([]);
  });

  it('leaves introspection to its own rules', () => {
    expect(problems(`{ __schema { types { ${nested(12, 'ofType')} } } }`)).toEqual([]);
  });
});
