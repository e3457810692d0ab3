/** Imports the fashion catalogue before the tests, where it is there and was not imported yet: files that run at the same time would each do it. */
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import { FASHION_MODEL, fashionIsHere, importedFashion } from './fashion.ts';

export async function setup(): Promise<void> {
  if (!fashionIsHere) return;
  const embedder = await openEmbedder({ folder: FASHION_MODEL });
  try {
    await importedFashion(embedder, process.env.LOOKGRAPH_TEST_DATABASE_URL);
  } finally {
    await embedder.close();
  }
}
