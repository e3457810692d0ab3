import type { Kysely } from 'kysely';
import { liftTimeLimit } from './at-leisure.ts';
import type { EmbeddingModelRow } from './embedding-models.ts';
import { measureListCosts } from './list-costs.ts';
import { COSTS_ELSEWHERE } from './measurements.ts';
import {
  clustersToProbe,
  compareVectors,
  forbidSequentialScans,
  gatherPrices,
  type MeasuredTables,
  type Probe,
  picturesToProbe,
  pricesToGather,
  probeClusters,
  storeScanCosts,
  walkIndex,
} from './scan-cost-statements.ts';
import type { Database } from './tables.ts';
import { withScanOptions } from './vector-sql.ts';

/** Pictures that each way is measured with; the median counts. */
const RUNS = 5;
/** Rows that a way is measured with: about as many as a search looks at. */
const ROWS = { probed: 20_000, gathered: 10_000, compared: 400, hnsw: 250 };

/**
 * Measures what ways to compare cost for each row on this database, and keeps it in embedding_model.scan_costs: what a search's plan is chosen by. Takes a
 * second or so, and says most on a database that does little else meanwhile.
 *
 * @param sketchTable - embedding_model.sketch_table, of sketches that stand
 */
export async function measureScanCosts(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  sketchTable: string,
): Promise<void> {
  const tables: MeasuredTables = { imageTable: model.imageTable, sketchTable };
  const costs = await withScanOptions(db, { efSearch: ROWS.hnsw, maxScanTuples: 20_000 }, async (transaction) => {
    await liftTimeLimit().execute(transaction);
    const { rows: probes } = await picturesToProbe(model.imageTable, RUNS).execute(transaction);
    const time = (rowsOf: (probe: Probe) => Promise<{ rows: MeasuredRow[] }>) => microsecondsPerRow(probes, rowsOf);
    const { rows: numbers } = await clustersToProbe(model.id, ROWS.probed).execute(transaction);
    const clusters = numbers.map(({ number }) => number);
    const { rows: ranges } = await pricesToGather(model.id, ROWS.gathered).execute(transaction);
    const [range] = ranges;
    const limit = ROWS.compared;
    const lists = await measureListCosts(transaction, { modelId: model.id, sketchTable, range });
    const costs = {
      probed: await time((probe) => probeClusters(tables, probe, { clusters, limit }).execute(transaction)),
      gathered:
        range === undefined
          ? undefined
          : await time((probe) => gatherPrices(tables, probe, { range, limit }).execute(transaction)),
      compared: await time((probe) => compareVectors(tables, probe, { clusters, limit }).execute(transaction)),
    };
    // Of few rows all are compared rather than by the index; what that costs is not asked here.
    await forbidSequentialScans().execute(transaction);
    return {
      ...costs,
      ...lists,
      hnsw: await time((probe) => walkIndex(tables, probe, ROWS.hnsw).execute(transaction)),
    };
  });
  const measured = Object.fromEntries(Object.entries(costs).filter(([, cost]) => cost !== undefined));
  await storeScanCosts(db, model.id, { ...COSTS_ELSEWHERE, ...measured }).execute();
}

type MeasuredRow = { readonly rows: number };

/** Each twice, and the second time counts: what was not in memory yet says nothing of a database that is in use. */
async function microsecondsPerRow(
  probes: readonly Probe[],
  rowsOf: (probe: Probe) => Promise<{ rows: MeasuredRow[] }>,
): Promise<number | undefined> {
  const times: number[] = [];
  for (const probe of probes) {
    await rowsOf(probe);
    const started = performance.now();
    const { rows } = await rowsOf(probe);
    const counted = rows[0]?.rows ?? 0;
    if (counted > 0) times.push((1000 * (performance.now() - started)) / counted);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
