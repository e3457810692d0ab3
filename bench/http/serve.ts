import { createServer } from '../../src/server.ts';
import { openBenchShop } from './open-bench-shop.ts';

/*
 * The server of http.bench.ts, in a process of its own, so that the clients' work is not counted for its. It prints its address and ends when its standard
 * input does. It asks nothing of the environment but what start-helper.ts sets.
 */

const { shop, logger } = await openBenchShop();
const server = await createServer({ ...shop, logger });
console.log(await server.listen({ host: '127.0.0.1', port: 0 }));
process.stdin.resume();
process.stdin.on('end', async () => {
  await server.close();
  await shop.close();
  process.exit(0);
});
