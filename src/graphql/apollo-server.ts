import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from 'pino';
import type { GraphqlContext } from './context.ts';
import { type CurrentRequest, formatError } from './format-error.ts';
import { limitOperation, OPERATION_LIMITS } from './operation-limits.ts';
import { resolvers, typeDefs } from './schema.ts';

/** Errors in one answer. */
const MAX_ERRORS = 20;

/** One answered operation, for metrics. */
export interface OperationReport {
  /** As the client named it; null where it did not, or nothing could be run. */
  readonly name: string | null;
  readonly failed: boolean;
  readonly seconds: number;
}

export interface ApolloOptions {
  readonly logger: Logger;
  /** The request that is being answered. */
  readonly currentRequest: () => CurrentRequest;
  readonly onOperation: (report: OperationReport) => void;
}

/** A started Apollo Server: one operation to a request, introspection on, nothing loaded from outside, no stack traces. */
export async function startApolloServer(options: ApolloOptions): Promise<ApolloServer<GraphqlContext>> {
  const { logger, currentRequest, onOperation } = options;
  const apollo = new ApolloServer<GraphqlContext>({
    typeDefs,
    resolvers,
    logger,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: OPERATION_LIMITS.tokens },
    // A list of wrong variables is told of its first ten.
    executionOptions: { maxCoercionErrors: 10 },
    validationRules: [limitOperation],
    stringifyResult: (result) => JSON.stringify(result),
    formatError: (formatted, error) => formatError(formatted, error, { ...currentRequest(), logger }),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It watches every field of every answer for hints that our schema has none of (0.3 ms for 20 products of ten fields), to say "no-store" at the end.
      ApolloServerPluginCacheControlDisabled(),
      shortenErrors(),
      reportOperations(onOperation),
    ],
  });
  await apollo.start();
  return apollo;
}

/** One cause can fail every product of a page; a client needs to be told of it, not of each. */
function shortenErrors(): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body } }) => {
        if (body.kind === 'single' && body.singleResult.errors) {
          body.singleResult.errors = body.singleResult.errors.slice(0, MAX_ERRORS);
        }
      },
    }),
  };
}

function reportOperations(onOperation: (report: OperationReport) => void): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => {
      const startedAt = performance.now();
      return {
        willSendResponse: async ({ operationName, response }) => {
          const failed = response.body.kind === 'single' && response.body.singleResult.errors !== undefined;
          onOperation({ name: operationName ?? null, failed, seconds: (performance.now() - startedAt) / 1000 });
        },
      };
    },
  };
}
