import { existsSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  print,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { AVAILABILITIES, PRODUCT_SORTS, SEARCH_STRATEGIES } from '../../../src/database/closed-sets.ts';
import { resolvers, typeDefs } from '../../../src/graphql/schema.ts';

const CONTRACT = new URL('../../../../shared/contract/schema.graphql', import.meta.url);

function ownTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isSpecifiedScalarType(type) && !type.name.startsWith('__'),
  );
}

/** Every part of the schema by its place: type, kind and default; `Product.images` is `field [ProductImage!]!`. */
function partsOf(schema: GraphQLSchema): Map<string, { signature: string; description: string | null | undefined }> {
  const parts = new Map<string, { signature: string; description: string | null | undefined }>();
  const add = (place: string, signature: string, { description }: { description?: string | null | undefined }) =>
    parts.set(place, { signature, description });
  for (const type of ownTypes(schema)) {
    const oneOf = isInputObjectType(type) && type.isOneOf ? ' @oneOf' : '';
    add(type.name, `${type.constructor.name}${oneOf}`, type);
    if (isEnumType(type)) for (const value of type.getValues()) add(`${type.name}.${value.name}`, 'value', value);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        add(`${type.name}.${field.name}`, `${field.type} = ${JSON.stringify(field.defaultValue)}`, field);
      }
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        add(`${type.name}.${field.name}`, String(field.type), field);
        for (const argument of field.args) {
          const signature = `${argument.type} = ${JSON.stringify(argument.defaultValue)}`;
          add(`${type.name}.${field.name}(${argument.name})`, signature, argument);
        }
      }
    }
  }
  return parts;
}

const schema = buildSchema(typeDefs);
const parts = partsOf(schema);

describe('schema.graphql', () => {
  it('is written as graphql-js prints it', () => {
    expect(`${print(parse(typeDefs))}\n`).toBe(typeDefs);
  });

  it('describes every type, field, argument and value', () => {
    expect(parts.size).toBeGreaterThan(150);
    expect([...parts].filter(([, { description }]) => !description?.trim()).map(([place]) => place)).toEqual([]);
  });

  it.each([
    ['Availability', AVAILABILITIES],
    ['ProductSort', PRODUCT_SORTS],
    ['SearchStrategy', SEARCH_STRATEGIES],
  ])('%s has the values that the program knows, no more and no less', (name, values) => {
    const type = schema.getType(name);
    expect(isEnumType(type) && type.getValues().map((each) => each.name)).toEqual([...values]);
  });

  it('has a resolver for every root field', () => {
    const rootFields = (root: 'Query' | 'Mutation') =>
      [...parts.keys()]
        .filter((place) => new RegExp(`^${root}\\.\\w+$`).test(place))
        .map((place) => place.split('.')[1]);
    expect(Object.keys(resolvers.Query ?? {}).sort()).toEqual(rootFields('Query').sort());
    expect(Object.keys(resolvers.Mutation ?? {}).sort()).toEqual(rootFields('Mutation').sort());
  });
});

describe('as Relay wants it', () => {
  const objectTypes = ownTypes(schema).filter(isObjectType);
  const fieldsOf = (type: GraphQLObjectType) =>
    Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
  const connections = objectTypes.filter(({ name }) => name.endsWith('Connection'));
  const edges = objectTypes.filter(({ name }) => name.endsWith('Edge'));

  it.each(connections)('$name has edges and a pageInfo', (connection) => {
    const edge = connection.name.replace(/Connection$/, 'Edge');
    expect(fieldsOf(connection)).toMatchObject({ edges: `[${edge}!]!`, pageInfo: 'PageInfo!' });
    expect(edges.map(({ name }) => name)).toContain(edge);
  });

  it.each(edges)('$name has a cursor and one node, which has a global id', (edge) => {
    const { cursor, node = '' } = fieldsOf(edge);
    expect(cursor).toBe('String!');
    // A line of a report: nobody asks for it but where it stands.
    if (['ImportFailureEdge', 'ImageFailureEdge'].includes(edge.name)) return;
    const type = schema.getType(node.replace(/!$/, ''));
    expect(isObjectType(type) && type.getInterfaces().map(({ name }) => name)).toContain('Node');
  });

  it('pages tell where they are', () => {
    expect(fieldsOf(schema.getType('PageInfo') as GraphQLObjectType)).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    });
  });

  it('every field that gives a connection pages forwards, and no other does', () => {
    const fields = objectTypes.flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, field })),
    );
    const paging = fields.filter(({ field }) => field.args.some(({ name }) => name === 'after'));
    const giving = fields.filter(({ field }) => String(field.type).includes('Connection'));
    expect(paging).toEqual(giving);
    expect(giving.map(({ place }) => place)).toEqual([
      'Query.searchProducts',
      'Query.synonyms',
      'Query.imports',
      'Query.imageFailures',
      'Query.evaluations',
      'Product.similar',
      'Import.failures',
    ]);
    for (const { field } of giving) {
      const types = Object.fromEntries(field.args.map(({ name, type }) => [name, String(type)]));
      expect(types).toMatchObject({ first: 'Int!', after: 'String' });
      expect(field.args.find(({ name }) => name === 'first')?.defaultValue).toBeGreaterThan(0);
    }
  });

  it('whatever has an id is a Node, and can be asked for by it', () => {
    const identified = objectTypes.filter((type) => type.getFields().id !== undefined);
    const nodes = objectTypes.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));
    expect(identified).toEqual(nodes);
    expect(nodes.map(({ name }) => name)).toEqual([
      'Product',
      'ProductVariant',
      'Category',
      'ProductImage',
      'Synonym',
      'EmbeddingModel',
      'Import',
      'Evaluation',
    ]);
    expect(parts.get('Node.id')?.signature).toBe('ID!');
    expect(parts.get('Query.node')?.signature).toBe('Node');
    expect(parts.get('Query.node(id)')?.signature).toBe('ID! = undefined');
    expect(parts.get('Query.nodes')?.signature).toBe('[Node]!');
  });
});

describe.skipIf(!existsSync(CONTRACT))('beside the agreed contract, schema.graphql', () => {
  const contract = existsSync(CONTRACT) ? buildSchema(readFileSync(CONTRACT, 'utf8')) : schema;
  const agreed = partsOf(contract);

  it('breaks nothing for whoever was built on it', () => {
    expect(findBreakingChanges(contract, schema)).toEqual([]);
    // A way to find the nearest that is neither of the agreed ones (docs/decisions/0011-sketches.md): whoever lists all strategies must know it.
    expect(findDangerousChanges(contract, schema).map(({ description }) => description)).toEqual([
      expect.stringMatching(/SKETCH.* enum type SearchStrategy/),
    ]);
  });

  it('says everything the same way: types, nullability, defaults', () => {
    const signatures = (from: typeof parts) =>
      Object.fromEntries([...agreed.keys()].map((place) => [place, from.get(place)?.signature]));
    expect(signatures(parts)).toEqual(signatures(agreed));
  });

  it('adds no more than this', () => {
    const added = [...parts.keys()].filter((place) => !agreed.has(place));
    // What the page tells of a shop has types of its own; told here are their names, and what known types have more.
    const isNewType = (place: string) => !agreed.has(place.replace(/\..*/, ''));
    expect(added.filter((place) => !isNewType(place))).toEqual([
      'Query.imports',
      'Query.imports(first)',
      'Query.imports(after)',
      'Query.evaluations',
      'Query.evaluations(first)',
      'Query.evaluations(after)',
      'MatchReason.vectorScore',
      'MatchReason.wordScore',
      'MatchReason.named',
      'Facet.exact',
      'FacetValue.category',
      'SearchPlan.ways',
      'SearchPlan.stages',
      'SearchPlan.statements',
      'SearchPlan.searchId',
      'SearchStrategy.SKETCH',
      'EmbeddingModel.version',
      'EmbeddingModel.coverage',
    ]);
    expect(added.filter((place) => isNewType(place) && !place.includes('.'))).toEqual([
      'SearchStage',
      'SearchStageName',
      'SearchStatement',
      'ScanWay',
      'ScanKind',
      'EmbeddingCoverage',
      'EmbeddingKind',
      'ImportConnection',
      'ImportEdge',
      'Import',
      'FeedFormat',
      'ImportState',
      'ImportProgress',
      'ImportPhase',
      'ImportFailureConnection',
      'ImportFailureEdge',
      'ImportFailure',
      'EvaluationConnection',
      'EvaluationEdge',
      'Evaluation',
      'EvaluationQuerySource',
      'EvaluationConfiguration',
      'EvaluationGroup',
      'EvaluationMeasure',
      'EvaluationDifference',
      'EvaluationMetric',
      'EvaluationTarget',
    ]);
  });
});
