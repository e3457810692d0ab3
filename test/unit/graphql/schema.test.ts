import { existsSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLNamedType,
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

const parts = partsOf(buildSchema(typeDefs));

describe('schema.graphql', () => {
  it('is written as graphql-js prints it', () => {
    expect(`${print(parse(typeDefs))}\n`).toBe(typeDefs);
  });

  it('describes every type, field, argument and value', () => {
    expect(parts.size).toBeGreaterThan(150);
    expect([...parts].filter(([, { description }]) => !description?.trim()).map(([place]) => place)).toEqual([]);
  });

  it('has a resolver for every root field', () => {
    const rootFields = (root: 'Query' | 'Mutation') =>
      [...parts.keys()]
        .filter((place) => new RegExp(`^${root}\\.\\w+$`).test(place))
        .map((place) => place.split('.')[1]);
    expect(Object.keys(resolvers.Query ?? {}).sort()).toEqual(rootFields('Query').sort());
    expect(Object.keys(resolvers.Mutation ?? {}).sort()).toEqual(rootFields('Mutation').sort());
  });

  it.skipIf(!existsSync(CONTRACT))('says nothing that the agreed contract does not say the same way', () => {
    const agreed = partsOf(buildSchema(readFileSync(CONTRACT, 'utf8')));
    const signatures = (from: typeof parts) =>
      Object.fromEntries([...parts.keys()].map((place) => [place, from.get(place)?.signature]));
    expect(signatures(parts)).toEqual(signatures(agreed));
  });
});
