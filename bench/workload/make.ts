import { parseArgs } from 'node:util';
import { openWorkload } from './open-workload.ts';

/*
 * npm run workload -- --products 1000000 --native postgres://... [--from postgres://.../fashion] [--fresh]
 * Makes the database lookgraph_workload_1000000 on the server, unless it stands; without --native an embedded one in the temporary folder.
 */

const { values } = parseArgs({
  options: {
    products: { type: 'string' },
    native: { type: 'string' },
    from: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  },
});
const products = Number(values.products);
if (!Number.isInteger(products) || products < 1 || products > 9_999_999) {
  console.error(
    'usage: npm run workload -- --products 1...9999999 [--native postgres://...] [--from postgres://...] [--fresh]',
  );
  process.exit(2);
}

const started = performance.now();
const database = await openWorkload({
  products,
  serverUrl: values.native,
  from: values.from,
  changed: values.fresh ? 'MAKE_ANEW' : 'REFUSE',
  say: (line) => console.error(line),
});
await database.close();
console.error(`it stands; ${((performance.now() - started) / 1000).toFixed(1)} s`);
