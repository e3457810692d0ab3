import type { Kysely, RawBuilder } from 'kysely';
import { atLeisure } from '../database/at-leisure.ts';
import {
  type AttributeCount,
  attributeCounts,
  type CurrencyCount,
  currencyCounts,
  keepCount,
  keptCount,
} from '../database/catalog-count-statements.ts';
import type { CatalogCountName, Database } from '../database/tables.ts';

/** What is counted over all products. Nobody waits for it in a large shop: there it may be some minutes old. */
export interface CatalogCounts {
  /** The currencies of prices, that of most products first. */
  readonly currencies: () => Promise<readonly CurrencyCount[]>;
  /** The same as they are kept: for searches, which wait for nothing once a price is known. */
  readonly keptCurrencies: () => Promise<readonly CurrencyCount[]>;
  /** Attributes, those of most products first; at most 10,000. */
  readonly attributes: () => Promise<readonly AttributeCount[]>;
  /** Products were written by this process: what is asked next is counted anew, where that takes no time. */
  readonly changed: () => void;
  /** Waits for what is being counted. */
  close(): Promise<void>;
}

/** Names of attributes that are kept: no shop has so many that mean anything. */
const MAX_ATTRIBUTES = 10_000;

/** Counting takes no longer: whoever asks for counts may wait for it. */
const SOON_MS = 250;
/** Longer than this statements may not take but where that is said. A judgement: far below their limit. */
const LONG_MS = 2_000;
/** Of a process's time counting takes at most a thousandth where it does not know of a change, and a hundredth where it does. */
const PART_UNCHANGED = 1_000;
const PART_CHANGED = 100;
/** What others change, by SQL, is looked for after so long at the earliest, and known after so long at the latest. */
const SHORTEST_MS = 60_000;
const LONGEST_MS = 10 * 60_000;
/** Whether another process has counted is looked at so often. */
const LOOK_MS = 10_000;

/** @param options.onFailure - told why counting in the background failed; what was counted before goes on to be told */
export function createCatalogCounts(
  db: Kysely<Database>,
  options: { readonly onFailure: (error: unknown) => void },
): CatalogCounts {
  const currencies = keepCounts<CurrencyCount>(db, 'CURRENCIES', currencyCounts(), options.onFailure);
  const attributes = keepCounts<AttributeCount>(db, 'ATTRIBUTES', attributeCounts(MAX_ATTRIBUTES), options.onFailure);
  return {
    currencies: currencies.fresh,
    keptCurrencies: currencies.kept,
    attributes: attributes.fresh,
    changed() {
      currencies.changed();
      attributes.changed();
    },
    async close() {
      await Promise.all([currencies.close(), attributes.close()]);
    },
  };
}

interface Kept<Count> {
  readonly counts: readonly Count[];
  /** That counting took. */
  readonly milliseconds: number;
  /** By the database's clock, which may be another. */
  readonly stamp: Date;
  /** By this process's clock. */
  readonly countedAt: number;
}

function keepCounts<Count>(
  db: Kysely<Database>,
  name: CatalogCountName,
  statement: RawBuilder<Count>,
  onFailure: (error: unknown) => void,
) {
  let kept: Kept<Count> | undefined;
  let changes = 0;
  /** Of `changes`, those that are in what is kept. */
  let countedChanges = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let counting: Promise<void> | undefined;
  /** Of what nobody waits for: the last one. */
  let behind: Promise<void> = Promise.resolve();
  let closed = false;

  /** What another process, or this one before it was started, has counted. */
  async function look(): Promise<void> {
    lookedAt = Date.now();
    const row = await keptCount(db, name).executeTakeFirst();
    if (row === undefined || (kept !== undefined && row.counted_at <= kept.stamp)) return;
    const { milliseconds, counted_at: stamp, age } = row;
    kept = { counts: row.counts as readonly Count[], milliseconds, stamp, countedAt: Date.now() - age };
  }

  async function count(): Promise<void> {
    const known = changes;
    const started = performance.now();
    const takesLong = kept === undefined || kept.milliseconds > LONG_MS;
    const { rows: counts } = takesLong
      ? await atLeisure(db, (transaction) => statement.execute(transaction))
      : await statement.execute(db);
    const milliseconds = performance.now() - started;
    const row = await keepCount(db, { name, counts, milliseconds }).executeTakeFirstOrThrow();
    kept = { counts, milliseconds, stamp: row.counted_at, countedAt: Date.now() };
    countedChanges = known;
  }

  /** One at a time: what several ask for is counted once. */
  function counted(): Promise<void> {
    counting ??= count().finally(() => {
      counting = undefined;
    });
    return counting;
  }

  function isDue({ milliseconds, countedAt }: Kept<Count>): boolean {
    const age = Date.now() - countedAt;
    return changes > countedChanges
      ? age > milliseconds * PART_CHANGED
      : age > Math.max(SHORTEST_MS, Math.min(LONGEST_MS, milliseconds * PART_UNCHANGED));
  }

  async function lookAndCount(): Promise<void> {
    if (Date.now() - lookedAt > LOOK_MS) await look();
    if (kept !== undefined && isDue(kept) && !closed) await counted();
  }

  async function fresh(): Promise<readonly Count[]> {
    if (kept === undefined) await look();
    while (kept === undefined || (changes > countedChanges && kept.milliseconds <= SOON_MS)) {
      // Once more where the one under way was begun before a change.
      await counted();
    }
    behind = lookAndCount().catch(onFailure);
    return kept.counts;
  }

  return {
    fresh,
    async kept(): Promise<readonly Count[]> {
      if (kept === undefined || kept.counts.length === 0) return fresh();
      behind = lookAndCount().catch(onFailure);
      return kept.counts;
    },
    changed: () => void changes++,
    async close() {
      closed = true;
      await behind;
      await counting?.catch(() => {});
    },
  };
}
