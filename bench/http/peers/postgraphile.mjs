import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

/*
 * PostGraphile over the shop's tables, in a process of its own, for http.bench.ts. It prints its address and ends when its standard input does.
 */

// It asks for Node.js 22, which has this; beside it, 20 does.
Promise.withResolvers ??= function withResolvers() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
};

// It says of each type of pgvector that it knows none such, with all it knows of the type.
const { warn } = console;
console.warn = (...parts) => {
  if (!String(parts[0]).startsWith('Could not build PgCodec')) warn(...parts);
};

// As many connections as ours, and neither a page to try queries on nor a second look at the tables.
const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['public'], max: 10 })],
  grafserv: { graphiql: false, watch: false },
});
const server = createServer();
await pgl.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume();
process.stdin.on('end', async () => {
  server.close();
  server.closeAllConnections();
  await pgl.release();
  process.exit(0);
});
