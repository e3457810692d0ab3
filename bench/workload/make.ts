import { parseArgs } from 'node:util';
import { openWorkload } from './open-workload.ts';

/*
 * npm run workload -- --products 1000000 --native postgres://... [--from postgres://.../fashion] [--fresh]
 * Makes the database lookgraph_workload_1000000 on the server, unless it stands; without --native an embedded one in the temporary folder.
 */

const { products, native, from, fresh } = readArguments();

const started = performance.now();
const database = await openWorkload({
  products,
  serverUrl: native,
  from,
  changed: fresh ? 'MAKE_ANEW' : 'REFUSE',
  say: (line) => console.error(line),
});
await database.close();
console.error(`it stands; ${((performance.now() - started) / 1000).toFixed(1)} s`);

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        products: { type: 'string', default: '' },
        native: { type: 'string' },
        from: { type: 'string' },
        fresh: { type: 'boolean', default: false },
      },
    });
    // Skus have seven digits.
    if (!/^[1-9]\d{0,6}$/.test(values.products))
      throw new Error(`expected --products with 1 to 9999999, found ${values.products || 'nothing'}`);
    return { ...values, products: Number(values.products) };
  } catch (error) {
    console.error(
      `${(error as Error).message}\nusage: npm run workload -- --products N [--native postgres://...] [--from postgres://...] [--fresh]`,
    );
    return process.exit(2);
  }
}
