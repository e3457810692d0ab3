import type { Kysely } from 'kysely';
import type { ActiveModel } from '../../../src/database/embedding-models.ts';
import type { Database } from '../../../src/database/tables.ts';
import { withScanOptions } from '../../../src/database/vector-sql.ts';
import { type Contender, exactSearch, handWritten } from '../../workload/contenders.ts';
import { type Peer, PICTURES, type Setting } from '../peer.ts';

/** pgvector's defaults. */
const EF_SEARCH = 40;
const MAX_SCAN_TUPLES = 20_000;

/** Ways to ask the database that ours asks, without ours. They use the index that is there: `m` 16, `ef_construction` 128. */
export function postgresPeers(p: {
  db: Kysely<Database>;
  /** With the server's own settings. */
  plain: Kysely<Database>;
  model: ActiveModel;
  /** Of the database, for people. */
  version: string;
}): Peer[] {
  const { db, plain, model, version } = p;
  const database = version.split(', ').at(-1) ?? version;
  return [
    {
      name: 'exact',
      label: `exact scan in SQL, ${database}`,
      about: 'every picture that satisfies the filter is compared',
      usesSet: false,
      open: async () => asked([setting('all', exactSearch(db, model))]),
    },
    {
      name: 'pgvector',
      label: `by hand, ${database}`,
      about: `filter, order by distance, limit, default settings: hnsw.ef_search ${EF_SEARCH}, no iterative scan`,
      usesSet: false,
      open: async () => asked([setting(`ef ${EF_SEARCH}`, handWritten(plain, model))]),
    },
    {
      name: 'iterative',
      label: `iterative scan, ${database}`,
      about: `the same with hnsw.iterative_scan = relaxed_order, hnsw.max_scan_tuples ${MAX_SCAN_TUPLES} (the default), settings local to a transaction, JIT off`,
      usesSet: false,
      open: async () => asked([EF_SEARCH, 80, 160, 320, 640].map((ef) => iterative(db, model, ef))),
    },
  ];
}

function asked(settings: readonly Setting[]) {
  return { settings, size: undefined, prepare: async () => {}, close: async () => {} };
}

function setting(name: string, contender: Contender): Setting {
  return { name, search: async (search) => (await contender(search, PICTURES)).productIds };
}

function iterative(db: Kysely<Database>, model: ActiveModel, efSearch: number): Setting {
  return {
    name: `ef ${efSearch}`,
    search: (search) =>
      withScanOptions(db, { efSearch, maxScanTuples: MAX_SCAN_TUPLES }, async (transaction) => {
        const answer = await handWritten(transaction, model)(search, PICTURES);
        return answer.productIds;
      }),
  };
}
