import { openEmbedder } from './src/embedding/open-embedder.ts';
import { FASHION_MODEL, importedFashion } from './test/support/fashion.ts';
const embedder = await openEmbedder({ folder: FASHION_MODEL });
console.log(new Date().toISOString());
console.log(await importedFashion(embedder, process.env.LOOKGRAPH_TEST_DATABASE_URL));
console.log(new Date().toISOString());
await embedder.close();
