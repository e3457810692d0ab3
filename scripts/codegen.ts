/**
 * Writes src/graphql/generated/resolver-types.ts from schema.graphql: the types of arguments, inputs and resolvers.
 * `npm run codegen` writes; `npm run codegen -- --check` fails if the file is not what it would write.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

const SCHEMA = fileURLToPath(new URL('../schema.graphql', import.meta.url));
const OUTPUT = fileURLToPath(new URL('../src/graphql/generated/resolver-types.ts', import.meta.url));
const HEADER = '// Generated from schema.graphql by `npm run codegen`; do not edit.';

const config = {
  // Types that vanish when compiled, no enum objects: the source must run with its types merely erased.
  enumsAsTypes: true,
  useTypeImports: true,
  immutableTypes: true,
  inputMaybeValue: 'T | null | undefined',
  contextType: '../context.ts#GraphqlContext',
  scalars: { DateTime: 'Date', Decimal: 'string', URL: 'string' },
  // What resolvers of a type get as their parent: our own types, not GraphQL's.
  mappers: {
    Product: '../../catalog/read-products.ts#Product as CatalogProduct',
    ProductImage: '../../catalog/read-products.ts#ProductImage as CatalogImage',
    Category: '../../catalog/read-products.ts#Category as CatalogCategory',
    EmbeddingModel: '../context.ts#EmbeddingModel as ShopModel',
    ProductSearchConnection: '../../search/search-request.ts#SearchPage',
    ProductSearchEdge: '../search-resolvers.ts#FoundProduct',
    MatchReason: '../search-resolvers.ts#ExplainedMatch',
    Facet: '../../search/search-request.ts#Facet as CountedFacet',
    FacetValue: '../../search/search-request.ts#FacetValue as CountedValue',
    Suggestion: '../../search/suggest.ts#Suggestion as FoundSuggestion',
  },
};

async function generate(): Promise<string> {
  const code = await codegen({
    filename: OUTPUT,
    schema: parse(await readFile(SCHEMA, 'utf8')),
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript: typescriptPlugin, resolvers: resolversPlugin },
    config,
  });
  return `${HEADER}\n${code.trimEnd()}\n`;
}

const expected = await generate();
if (process.argv.includes('--check')) {
  const found = await readFile(OUTPUT, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found !== expected) {
    console.error('src/graphql/generated/resolver-types.ts is not in step with schema.graphql: run npm run codegen');
    process.exitCode = 1;
  }
} else {
  await mkdir(new URL('.', `file://${OUTPUT}`), { recursive: true });
  await writeFile(OUTPUT, expected);
}
