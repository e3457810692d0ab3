import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import { withDatabaseName } from '../../test/support/database-server.ts';
import { FASHION_MODEL, type FashionPlace, importedFashion } from '../../test/support/fashion.ts';
import { openWorkload, workloadName } from '../workload/open-workload.ts';

/** A shop to be opened by another process. */
export interface BenchPlace extends FashionPlace {
  /** Whether its vectors are the bundled model's, turned into the workload's space. */
  readonly lifted: boolean;
  /** Of the model that made its vectors; undefined for the one that the shop knows by its name. */
  readonly modelFolder?: string;
}

export interface PlaceOptions {
  readonly databaseUrl: string | undefined;
  /** Undefined: the fashion catalogue as it is. */
  readonly products: number | undefined;
  readonly say: (line: string) => void;
}

/** The fashion catalogue, imported if need be; or the workload of so many products, made if need be. */
export async function benchPlace({ databaseUrl, products, say }: PlaceOptions): Promise<BenchPlace> {
  if (products === undefined) return { ...(await fashion(databaseUrl)), lifted: false };
  if (databaseUrl === undefined)
    throw new Error('expected --native with --products: programs of their own open the workload');
  const workload = await openWorkload({ products, serverUrl: databaseUrl, say });
  await workload.close();
  const name = workloadName(products);
  return { url: withDatabaseName(databaseUrl, name), dataFolder: join(tmpdir(), `${name}_data`), lifted: true };
}

async function fashion(databaseUrl: string | undefined): Promise<FashionPlace> {
  const embedder = await openEmbedder({ folder: FASHION_MODEL });
  try {
    return await importedFashion(embedder, databaseUrl);
  } finally {
    await embedder.close();
  }
}
