import { readFileSync } from 'node:fs';
import { projectPath } from '../project-folder.ts';
import {
  Category,
  catalogQueries,
  EmbeddingModel,
  ImageFailure,
  Product,
  ProductImage,
  ProductVariant,
} from './catalog-resolvers.ts';
import { Evaluation, EvaluationConfiguration, EvaluationMeasure, evaluationQueries } from './evaluation-resolvers.ts';
import { importMutations } from './import-mutations.ts';
import { Import, importQueries } from './import-resolvers.ts';
import { locateErrors } from './locate-errors.ts';
import { ProductResult, productMutations, UpdateVariantsPayload, VariantResult } from './mutation-resolvers.ts';
import { Node, nodeQueries } from './node-resolvers.ts';
import { DateTime, Decimal, HttpUrl } from './scalars.ts';
import {
  FacetValue,
  MatchReason,
  ProductSearchConnection,
  ProductSearchEdge,
  Suggestion,
  searchQueries,
} from './search-resolvers.ts';
import { Synonym, synonymMutations, synonymQueries } from './synonym-resolvers.ts';

/** schema.graphql, as text: the contract with those who ask. */
export const typeDefs = readFileSync(projectPath('schema.graphql'), 'utf8');

export const resolvers = locateErrors({
  DateTime,
  Decimal,
  URL: HttpUrl,
  Node,
  Query: {
    ...nodeQueries,
    ...catalogQueries,
    ...searchQueries,
    ...importQueries,
    ...evaluationQueries,
    ...synonymQueries,
  },
  Mutation: { ...productMutations, ...synonymMutations, ...importMutations },
  Product,
  ProductImage,
  ProductVariant,
  ImageFailure,
  ProductResult,
  VariantResult,
  UpdateVariantsPayload,
  Category,
  EmbeddingModel,
  Import,
  Evaluation,
  EvaluationConfiguration,
  EvaluationMeasure,
  ProductSearchConnection,
  ProductSearchEdge,
  MatchReason,
  FacetValue,
  Suggestion,
  Synonym,
});
