import pino from 'pino';
import { loadConfig } from '../../src/config.ts';
import { openShop, type Shop } from '../../src/shop.ts';
import { openLiftedEmbedder } from '../workload/lifted-embedder.ts';
import { LIFTED } from './start-helper.ts';

/** The shop that environment and arguments name, as start-helper.ts sets them, for a program that is measured: it says nothing but errors. */
export async function openBenchShop(): Promise<{ shop: Shop; logger: pino.Logger }> {
  const logger = pino({ level: 'error' }, pino.destination(2));
  const isLifted = process.argv.includes(LIFTED);
  const shop = await openShop(loadConfig(process.env), {
    logger,
    ...(isLifted && { openEmbedder: openLiftedEmbedder }),
  });
  return { shop, logger };
}
