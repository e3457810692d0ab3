import { AsyncLocalStorage } from 'node:async_hooks';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AppError, invariant } from '../errors.ts';
import { type OperationReport, startApolloServer } from '../graphql/apollo-server.ts';
import { createContext } from '../graphql/context.ts';
import type { CurrentRequest } from '../graphql/format-error.ts';
import type { GraphqlDeps } from '../graphql/graphql-deps.ts';
import { requestSignal } from './request-signal.ts';
import { checkHost, serverAddress } from './server-address.ts';

export interface GraphqlRouteOptions {
  readonly logger: Logger;
  readonly publicUrl: string | undefined;
  readonly requestTimeoutMs: number;
  readonly onOperation: (report: OperationReport) => void;
}

/** A picture of 4 MiB in base64, and words around it. */
const BODY_LIMIT = 6 * 1024 * 1024;

/** Far more than a filter needs. graphql-js reads nested values recursively, so that much deeper ones would end its stack. */
const MAX_NESTING = 50;

/** `GET` and `POST /graphql`. */
export async function addGraphqlRoute(
  app: FastifyInstance,
  deps: GraphqlDeps,
  options: GraphqlRouteOptions,
): Promise<void> {
  const requests = new AsyncLocalStorage<CurrentRequest>();
  const currentRequest = () => {
    const current = requests.getStore();
    invariant(current !== undefined, 'GraphQL runs within a request');
    return current;
  };
  const apollo = await startApolloServer({
    logger: options.logger,
    currentRequest,
    onOperation: options.onOperation,
  });
  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const address = serverAddress(request, options.publicUrl);
      return createContext(deps, { signal: currentRequest().signal, addressOf: (path) => `${address}${path}` });
    },
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: BODY_LIMIT,
    onRequest: checkHost,
    preHandler: async (request) => {
      if (isNestedDeeperThan(request.body, MAX_NESTING)) {
        throw new AppError(
          'BAD_USER_INPUT',
          `body: expected values nested at most ${MAX_NESTING} deep, found deeper ones`,
        );
      }
    },
    handler(request, reply) {
      // What is in stock and what it costs is asked again each time.
      reply.header('cache-control', 'no-store');
      const signal = requestSignal(reply, options.requestTimeoutMs);
      return requests.run({ requestId: request.id, signal }, () => handler.call(app, request, reply));
    },
  });
  app.addHook('onClose', () => apollo.stop());
}

function isNestedDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((each) => isNestedDeeperThan(each, levels - 1));
}
