/**
 * Writes from schema.graphql: src/graphql/generated/resolver-types.ts, the types of arguments, inputs and resolvers; and, with
 * web/operations.graphql and web/catalogue/operations.graphql, web/generated/operations.ts, what the page asks, as texts that know the types of their variables and answers.
 * `npm run codegen` writes; `npm run codegen -- --check` fails if a file is not what it would write.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentPlugin from '@graphql-codegen/typed-document-node';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SCHEMA = 'schema.graphql';
const RESOLVER_TYPES = 'src/graphql/generated/resolver-types.ts';
const PAGE_SOURCES = ['web/operations.graphql', 'web/catalogue/operations.graphql'];
const PAGE_OPERATIONS = 'web/generated/operations.ts';

const resolverConfig = {
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
    ProductOption: '../variant-of-product.ts#OfferedOption',
    ProductVariant: '../variant-of-product.ts#VariantOfProduct',
    Category: '../../catalog/read-products.ts#Category as CatalogCategory',
    EmbeddingModel: '../graphql-deps.ts#EmbeddingModel as ShopModel',
    AttributeDefinition: '../../catalog/read-attributes.ts#AttributeDefinition as CountedAttribute',
    ImageFailure: '../../catalog/read-image-failures.ts#ImageFailure as FailedImage',
    ProductResult: '../saved-product.ts#SavedProduct',
    VariantResult: '../saved-product.ts#SavedVariant',
    UpdateVariantsPayload: '../saved-product.ts#SavedVariants',
    Import: '../../catalog/read-imports.ts#ImportRun',
    ImportFailure: '../../catalog/read-imports.ts#ImportFailure as FailedItem',
    Evaluation: '../../evaluation/read-evaluations.ts#KeptEvaluation',
    EvaluationConfiguration: '../../evaluation/read-evaluations.ts#KeptConfiguration',
    EvaluationMeasure: '../../evaluation/read-evaluations.ts#KeptMeasure',
    ProductSearchConnection: '../../search/request/search-request.ts#SearchPage',
    ProductSearchEdge: '../found-product.ts#FoundProduct',
    MatchReason: '../found-product.ts#ExplainedMatch',
    Facet: '../../search/request/search-request.ts#Facet as CountedFacet',
    FacetValue: '../../search/request/search-request.ts#FacetValue as CountedValue',
    Synonym: '../../catalog/synonyms/read-synonyms.ts#Synonym as StoredSynonym',
    QueryInterpretation: '../../search/interpret-text.ts#QueryInterpretation as ReadQuery',
    InterpretedPart: '../../search/interpret-text.ts#InterpretedPart as ReadPart',
    InterpretedFilter: '../../search/interpret-text.ts#InterpretedFilter as OfferedFilter',
    Suggestion: '../../search/suggest/suggest.ts#Suggestion as FoundSuggestion',
  },
};

const pageConfig = {
  documentMode: 'string',
  enumsAsTypes: true,
  useTypeImports: true,
  immutableTypes: true,
  // Fragments are read where they are spread: no masking.
  skipTypename: true,
  scalars: { DateTime: 'string', Decimal: 'string', URL: 'string' },
};

const read = (name: string) => readFile(path.join(ROOT, name), 'utf8');

async function resolverTypes(): Promise<string> {
  return codegen({
    filename: RESOLVER_TYPES,
    schema: parse(await read(SCHEMA)),
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript: typescriptPlugin, resolvers: resolversPlugin },
    config: resolverConfig,
  });
}

async function pageOperations(): Promise<string> {
  return codegen({
    filename: PAGE_OPERATIONS,
    schema: parse(await read(SCHEMA)),
    documents: await Promise.all(
      PAGE_SOURCES.map(async (location) => ({ location, document: parse(await read(location)) })),
    ),
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations: operationsPlugin, documents: typedDocumentPlugin },
    config: pageConfig,
  });
}

/** Writes a generated file, or, with --check, sets the exit code if it is not what would be written. */
async function emit(output: string, source: string, code: string): Promise<void> {
  const expected = `// Generated from ${source} by \`npm run codegen\`; do not edit.\n${code.trimEnd()}\n`;
  const place = path.join(ROOT, output);
  if (!process.argv.includes('--check')) {
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, expected);
    return;
  }
  const found = await readFile(place, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === expected) return;
  console.error(`${output} is not in step with ${source}: run npm run codegen`);
  process.exitCode = 1;
}

await emit(RESOLVER_TYPES, SCHEMA, await resolverTypes());
await emit(PAGE_OPERATIONS, PAGE_SOURCES.join(' and '), await pageOperations());
