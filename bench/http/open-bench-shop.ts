import pino from 'pino';
import { loadConfig } from '../../src/config.ts';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import { openShop, type Shop } from '../../src/shop.ts';
import { openLiftedEmbedder } from '../workload/lifted-embedder.ts';
import { LIFTED, MODEL_FOLDER } from './start-helper.ts';

/** The shop that environment and arguments name, as start-helper.ts sets them, for a program that is measured: it says nothing but errors. */
export async function openBenchShop(): Promise<{ shop: Shop; logger: pino.Logger }> {
  const logger = pino({ level: 'error' }, pino.destination(2));
  const folder = process.argv[process.argv.indexOf(MODEL_FOLDER) + 1];
  const shop = await openShop(loadConfig(process.env), {
    logger,
    ...(process.argv.includes(LIFTED) && { openEmbedder: openLiftedEmbedder }),
    ...(process.argv.includes(MODEL_FOLDER) && folder && { openEmbedder: () => openEmbedder({ folder }) }),
  });
  return { shop, logger };
}
