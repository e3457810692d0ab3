import type { FastifyInstance } from 'fastify';

/** What keeps the shop from answering now; empty when it is ready. */
export interface Readiness {
  readonly ready: boolean;
  readonly problems: readonly string[];
  /** Products whose words wait to be made, after a change in SQL or of the languages: until then they are found by those that they had. Left out where nobody can tell. */
  readonly waitingForWords?: number;
}

/**
 * `/livez`: the process answers; an orchestrator restarts it otherwise. `/readyz`: requests would be answered as well; a load
 * balancer sends them elsewhere otherwise (503, with the problems).
 */
export function addHealthRoutes(app: FastifyInstance, isReady: () => Promise<Readiness>): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url === '/livez' || request.routeOptions.url === '/readyz')
      reply.header('cache-control', 'no-store');
  });
  app.get('/livez', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = await isReady();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
}
