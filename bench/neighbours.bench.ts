import type { Kysely } from 'kysely';
import { openKysely } from '../src/database/connection-pool.ts';
import type { ActiveModel } from '../src/database/embedding-models.ts';
import type { Database } from '../src/database/tables.ts';
import { withDatabaseName } from '../test/support/database-server.ts';
import { type Benchmark, type BenchmarkOptions, type BenchmarkResult, rounded } from './benchmark.ts';
import { createAllowedPictures } from './neighbours/allowed-pictures.ts';
import { faissPeer } from './neighbours/engines/faiss.ts';
import { hnswlibPeer } from './neighbours/engines/hnswlib.ts';
import { lancePeer } from './neighbours/engines/lancedb.ts';
import { postgresPeers } from './neighbours/engines/postgres.ts';
import { sqlitePeer } from './neighbours/engines/sqlite-vec.ts';
import { usearchPeer } from './neighbours/engines/usearch.ts';
import { PeerMissing } from './neighbours/load-package.ts';
import { type Band, type BandResult, judgeBands, measurePeer, type PeerResult } from './neighbours/measure-peer.ts';
import type { Peer } from './neighbours/peer.ts';
import { type Pictures, readPictures } from './neighbours/pictures.ts';
import { ourSearch } from './workload/contenders.ts';
import { filteredSearches, type SearchGroup } from './workload/filtered-searches.ts';
import { openWorkload, workloadName } from './workload/open-workload.ts';
import { modelOf } from './workload/workload.ts';

const NATIVE_PRODUCTS = 50_000;
/** As many as the fashion catalogue has, which is as much as the embedded database is for. */
const EMBEDDED_PRODUCTS = 44_072;
/** Of each kind, for each band. */
const QUERIES = 10;

const DATABASE_ENGINES = ['exact', 'pgvector', 'iterative'];
const ENGINES: Readonly<Record<string, (pictures: Pictures) => Peer>> = {
  hnswlib: hnswlibPeer,
  usearch: usearchPeer,
  faiss: faissPeer,
  lancedb: lancePeer,
  'sqlite-vec': sqlitePeer,
};

export const benchmark: Benchmark = {
  question:
    'How long do the ten nearest products take beside what else one could pick, at equal recall, on the same vectors, unfiltered and filtered?',
  async run(options) {
    const { databaseUrl, queries = QUERIES, say } = options;
    const { products = databaseUrl ? NATIVE_PRODUCTS : EMBEDDED_PRODUCTS } = options;
    const chosen = chosenEngines(options);
    if (databaseUrl === undefined && products > EMBEDDED_PRODUCTS)
      throw new Error(`expected at most ${EMBEDDED_PRODUCTS} products on the embedded database, found ${products}`);
    const workload = await openWorkload({ products, serverUrl: databaseUrl, say });
    const { db, version } = workload;
    // The server's own settings, as by hand; the embedded database has no second connection, and none of our settings for a session.
    const plain =
      databaseUrl === undefined
        ? undefined
        : openKysely({ connectionString: withDatabaseName(databaseUrl, workloadName(products)), max: 1 });
    try {
      const model = await modelOf(db);
      const bands = bandsOf(await filteredSearches(db, { model, queries, say }));
      const pictures = await phase(say, 'reading pictures', () => readPictures(db, model));
      const { peers, missing } = availablePeers(chosen, pictures, { db, plain: plain ?? db, model, version });
      for (const [name, why] of Object.entries(missing)) say(`left out: ${name}, since ${why}`);
      const deps = {
        ours: ourSearch(db, model),
        allowed: createAllowedPictures(db, pictures),
        isAlone: peers.length === 1,
        say,
      };
      const judged = await judgeBands(deps.ours, bands);
      const rows: BenchmarkResult['rows'][number][] = [];
      for (const peer of peers) rows.push(...rowsOf(peer, await measurePeer(deps, peer, judged)));
      return {
        setting: { database: version, kind: workload.kind, queries, ...about(products, pictures, peers, missing) },
        rows,
      };
    } finally {
      await plain?.destroy();
      await workload.close();
    }
  },
};

function chosenEngines({ engines }: BenchmarkOptions): readonly string[] {
  const known = [...DATABASE_ENGINES, ...Object.keys(ENGINES)];
  const unknown = engines?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`expected engines out of ${known.join(', ')}, found ${unknown.join(', ')}`);
  return engines ?? known;
}

/** Queries by text and by picture together. */
function bandsOf(groups: readonly SearchGroup[]): Band[] {
  return [...new Set(groups.map(({ band }) => band.name))].map((name) => ({
    name,
    searches: groups.filter(({ band }) => band.name === name).flatMap(({ searches }) => searches),
  }));
}

interface AvailablePeers {
  readonly peers: readonly Peer[];
  /** Why the others are not, by name. */
  readonly missing: Readonly<Record<string, string>>;
}

function availablePeers(
  chosen: readonly string[],
  pictures: Pictures,
  deps: { db: Kysely<Database>; plain: Kysely<Database>; model: ActiveModel; version: string },
): AvailablePeers {
  const peers = postgresPeers(deps).filter(({ name }) => chosen.includes(name));
  const missing: Record<string, string> = {};
  for (const [name, create] of Object.entries(ENGINES)) {
    if (!chosen.includes(name)) continue;
    try {
      peers.push(create(pictures));
    } catch (error) {
      if (!(error instanceof PeerMissing)) throw error;
      missing[name] = error.message;
    }
  }
  return { peers, missing };
}

function about(
  products: number,
  { count, dimensions }: Pictures,
  peers: readonly Peer[],
  missing: AvailablePeers['missing'],
): Record<string, string | number> {
  return {
    products,
    pictures: count,
    dimensions,
    mind: 'ours and the ways to ask PostgreSQL send statements to a server; the other engines answer within this process, to one user, without a connection. Ours ranks 50 products, the others look for ten',
    ...Object.fromEntries(peers.map((peer) => [peer.label, peer.about])),
    ...Object.fromEntries(Object.entries(missing).map(([name, why]) => [`left out: ${name}`, why])),
  };
}

/** First what the engine's index took, then its bands. */
function rowsOf({ label, usesSet }: Peer, { bands, size, memoryMiB }: PeerResult): BenchmarkResult['rows'] {
  const reached = bands.filter(({ reaches }) => reaches);
  const quicker = reached.filter(({ p50, oursP50 }) => p50 < oursP50);
  return [
    {
      engine: label,
      filter: 'all',
      setting: `as right as ours in ${reached.length} of ${bands.length}, and quicker in ${quicker.length} of those`,
      'recall of 10': thousandths(bands.reduce((sum, { recall }) => sum + recall, 0) / bands.length),
      'p50 ms': '',
      'p95 ms': '',
      'times ours': '',
      'as right': '',
      'recall ours': thousandths(bands.reduce((sum, { band }) => sum + band.oursRecall, 0) / bands.length),
      'ours p50 ms': '',
      'ours p95 ms': '',
      'set ms': '',
      'build s': size === undefined ? '' : rounded(size.buildSeconds),
      'disk MiB': size === undefined ? '' : rounded(size.diskMiB),
      'memory MiB': memoryMiB === undefined ? '' : rounded(memoryMiB),
    },
    ...bands.map((result) => ({
      ...bandRow(label, result),
      'set ms': usesSet ? rounded(result.setMilliseconds) : '',
    })),
  ];
}

function bandRow(engine: string, result: BandResult): BenchmarkResult['rows'][number] {
  const { band, setting, recall, p50, p95, oursP50, oursP95, reaches } = result;
  return {
    engine,
    filter: band.name,
    setting,
    'recall of 10': thousandths(recall),
    'p50 ms': rounded(p50),
    'p95 ms': rounded(p95),
    'times ours': Math.round((100 * p50) / oursP50) / 100,
    'as right': reaches ? 'yes' : 'no, at most this',
    'recall ours': thousandths(band.oursRecall),
    'ours p50 ms': rounded(oursP50),
    'ours p95 ms': rounded(oursP95),
  };
}

/** Three decimals, downwards: 1 is said of nothing less. */
function thousandths(value: number): number {
  return Math.floor(value * 1000 + 1e-6) / 1000;
}

async function phase<T>(say: (line: string) => void, name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  say(`${name}: ${rounded((performance.now() - started) / 1000)} s`);
  return result;
}
