import { cp } from 'node:fs/promises';
import path from 'node:path';
import { compileProgram } from './compiled-program.ts';
import { drawnPictures } from './demo-setup.ts';
import { hashOf, keptFolder } from './kept.ts';

/** All that the demo shop's data folder is made of. */
const MADE_OF = [
  ...['demo', 'src/catalog', 'src/database', 'src/embedding', 'src/words'],
  ...['migrations', 'sql', 'models/lookgraph-mini'],
];

/** A data folder with the closed demo shop, embedded; made if it is not there. */
export function demoShop(): Promise<string> {
  return keptFolder('demo', hashOf(MADE_OF), makeDemoShop);
}

/** As a first start makes it, from pictures that are drawn already. */
async function makeDemoShop(folder: string): Promise<void> {
  await cp(await drawnPictures(), path.join(folder, 'demo'), { recursive: true });
  const program = await compileProgram();
  try {
    const server = program.startMain({ LOOKGRAPH_DATA: folder, LOOKGRAPH_DEMO: 'on' });
    await server.printed('The demo shop is ready');
    server.kill('SIGTERM');
    await server.ended;
  } finally {
    await program.remove();
  }
}
