import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { OperationReport } from '../graphql/apollo-server.ts';
import type { SearchPage } from '../search/request/search-request.ts';

/** What is measured while the server runs; `/metrics` shows it in Prometheus' format. */
export interface Metrics {
  readonly onOperation: (report: OperationReport) => void;
  readonly onSearch: (page: Pick<SearchPage, 'strategy' | 'milliseconds'>) => void;
}

/** Seconds; from a health check to a search that is given up. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Clients choose the names of operations; each new one costs memory here and in Prometheus, so past this many they are one. */
const MAX_OPERATION_NAMES = 100;

/** Registers `/metrics`, counts all requests, and gives the hooks for the rest. */
export function addMetrics(app: FastifyInstance): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'lookgraph_http_request_duration_seconds',
    help: 'HTTP requests, from the first byte to the last, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [register],
  });
  const operations = new Histogram({
    name: 'lookgraph_graphql_operation_duration_seconds',
    help: 'GraphQL operations, by name and outcome (ok, or failed: the answer holds errors).',
    labelNames: ['operation', 'outcome'],
    buckets: BUCKETS,
    registers: [register],
  });
  const searches = new Histogram({
    name: 'lookgraph_search_duration_seconds',
    help: 'Searches that gave a page, by the strategy that found the nearest vectors (EXACT, HNSW, NONE).',
    labelNames: ['strategy'],
    buckets: BUCKETS,
    registers: [register],
  });

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get('/metrics', async (_request, reply) =>
    reply
      .header('content-type', register.contentType)
      .header('cache-control', 'no-store')
      .send(await register.metrics()),
  );

  const nameOf = createNames(MAX_OPERATION_NAMES);
  return {
    onOperation: ({ name, failed, seconds }) =>
      operations.observe({ operation: nameOf(name), outcome: failed ? 'failed' : 'ok' }, seconds),
    onSearch: ({ strategy, milliseconds }) => searches.observe({ strategy }, milliseconds / 1000),
  };
}

/** Keeps the first names and calls all later ones `other`. */
function createNames(most: number): (name: string | null) => string {
  const names = new Set<string>();
  return (name) => {
    if (name === null) return 'anonymous';
    if (names.size < most) names.add(name);
    return names.has(name) ? name : 'other';
  };
}
