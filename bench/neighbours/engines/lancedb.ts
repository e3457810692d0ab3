import type { BandFilter } from '../../workload/filter-bands.ts';
import type { AllowedPictures } from '../allowed-pictures.ts';
import { builtIndex } from '../built-index.ts';
import { createCountCheck } from '../count-check.ts';
import { conditionSql, flatCondition, TEXT_COLUMNS } from '../flat-filter.ts';
import { loadPackage, packageLabel } from '../load-package.ts';
import { type OpenPeer, type Peer, PICTURES } from '../peer.ts';
import { columnsOf, type Pictures, productsOf, vectorsOf } from '../pictures.ts';

/** What is used of @lancedb/lancedb. */
interface Lance {
  connect(folder: string): Promise<LanceConnection>;
  readonly Index: Record<'btree' | 'bitmap', () => LanceIndex> & {
    ivfPq(options: { distanceType: 'cosine'; numSubVectors: number; maxIterations: number }): LanceIndex;
  };
}
type LanceIndex = object;

interface LanceConnection {
  createTable(name: string, data: ArrowTable): Promise<LanceTable>;
  openTable(name: string): Promise<LanceTable>;
  close(): void;
}

interface LanceTable {
  add(data: ArrowTable): Promise<unknown>;
  countRows(where?: string): Promise<number>;
  createIndex(column: string, options: { config: LanceIndex }): Promise<void>;
  optimize(): Promise<unknown>;
  vectorSearch(vector: Float32Array): LanceQuery;
  close(): void;
}

interface LanceQuery {
  where(condition: string): this;
  select(columns: string[]): this;
  limit(rows: number): this;
  /** Not below minimumNprobes, which is 20 unless it is set: set first. */
  maximumNprobes(partitions: number): this;
  minimumNprobes(partitions: number): this;
  refineFactor(factor: number): this;
  toArrow(): Promise<{ getChild(column: string): Iterable<number> | null }>;
}

/** What is used of apache-arrow, which LanceDB reads. */
interface Arrow {
  readonly Float32: new () => object;
  readonly Field: new (name: string, type: object, nullable: boolean) => object;
  readonly FixedSizeList: new (length: number, item: object) => object;
  readonly Table: new (columns: Record<string, object>) => ArrowTable;
  makeData(options: { type: object; length: number; data?: Float32Array; child?: object }): object;
  makeVector(data: object): object;
  readonly Utf8: new () => object;
  vectorFromArray(values: readonly string[], type: object): object;
}
type ArrowTable = object;

const PACKAGE = '@lancedb/lancedb';
const TABLE = 'pictures';
/** Dimensions in a byte of the compressed vector: of the two that LanceDB's documentation prefers, the more exact. */
const DIMENSIONS_A_BYTE = 8;
/** Of training, a fifth of the default: it took eight minutes with that, on two busy cores. */
const ITERATIONS = 10;
const BATCH = 20_000;
/** More than there are: the engine makes one of each 8,192 rows or so. A narrow filter may search them all. */
const ALL_PARTITIONS = 100_000;
/** Partitions that are searched at least, and how many times as many pictures as wanted are compared by their whole vectors. */
const CARE = [
  { probes: 1, refine: 2 },
  { probes: 5, refine: 2 },
  { probes: 10, refine: 5 },
  { probes: 20, refine: 10 },
  { probes: 40, refine: 20 },
  { probes: 80, refine: 40 },
  { probes: 160, refine: 80 },
];

/** LanceDB in the process: a table on disk, IVF_PQ over vectors, indexes over the columns that filters ask, which narrow the search before it starts. */
export function lancePeer(pictures: Pictures): Peer {
  const lance = loadPackage<Lance>(PACKAGE);
  const arrow = loadPackage<Arrow>('apache-arrow');
  const label = packageLabel(PACKAGE);
  return {
    name: 'lancedb',
    label,
    about: `IVF_PQ, ${DIMENSIONS_A_BYTE} dimensions a byte, trained in ${ITERATIONS} iterations, refined by whole vectors; filtered by where before the search, with scalar indexes`,
    usesSet: false,
    async open(): Promise<OpenPeer> {
      const { folder, size } = await builtIndex(pictures, `${label} pq-${DIMENSIONS_A_BYTE}-${ITERATIONS}`, (into) =>
        build(lance, arrow, pictures, into),
      );
      const connection = await lance.connect(folder);
      const table = await connection.openTable(TABLE);
      const check = createCountCheck('LanceDB', (condition) => table.countRows(condition));
      let where: string | undefined;
      return {
        size,
        settings: CARE.map(({ probes, refine }) => ({
          name: `probes ${probes}, refine ${refine}`,
          async search({ query }) {
            const all = table.vectorSearch(query.vector).select(['picture', '_distance']).limit(PICTURES);
            const some = where === undefined ? all : all.where(where);
            const found = await some
              .maximumNprobes(ALL_PARTITIONS)
              .minimumNprobes(probes)
              .refineFactor(refine)
              .toArrow();
            return productsOf(pictures, found.getChild('picture') ?? []);
          },
        })),
        async prepare({ filter }: BandFilter, allowed: AllowedPictures) {
          where = conditionSql(flatCondition(filter));
          await check(where ?? 'true', allowed.count);
        },
        async close() {
          table.close();
          connection.close();
        },
      };
    },
  };
}

async function build(lance: Lance, arrow: Arrow, pictures: Pictures, folder: string): Promise<void> {
  const connection = await lance.connect(folder);
  const table = await connection.createTable(TABLE, arrowTable(arrow, pictures, 0));
  for (let from = BATCH; from < pictures.count; from += BATCH) await table.add(arrowTable(arrow, pictures, from));
  // Puts the batches together, before indexes refer to rows.
  await table.optimize();
  await table.createIndex('vector', {
    config: lance.Index.ivfPq({
      distanceType: 'cosine',
      numSubVectors: pictures.dimensions / DIMENSIONS_A_BYTE,
      maxIterations: ITERATIONS,
    }),
  });
  for (const column of TEXT_COLUMNS) await table.createIndex(column, { config: lance.Index.bitmap() });
  await table.createIndex('price', { config: lance.Index.btree() });
  table.close();
  connection.close();
}

function arrowTable(arrow: Arrow, pictures: Pictures, from: number): ArrowTable {
  const values = vectorsOf(pictures, from, BATCH);
  const length = values.length / pictures.dimensions;
  const single = new arrow.Float32();
  // Said, since otherwise it makes dictionaries, which LanceDB has no bitmap index for.
  const text = new arrow.Utf8();
  const vectors = arrow.makeData({
    type: new arrow.FixedSizeList(pictures.dimensions, new arrow.Field('item', single, true)),
    length,
    child: arrow.makeData({ type: single, length: values.length, data: values }),
  });
  const rows = Array.from({ length }, (_, row) => columnsOf(pictures, from + row));
  const texts = TEXT_COLUMNS.map(
    (column) =>
      [
        column,
        arrow.vectorFromArray(
          rows.map((row) => row[column]),
          text,
        ),
      ] as const,
  );
  return new arrow.Table({
    picture: arrow.makeVector(Uint32Array.from({ length }, (_, row) => from + row)),
    vector: arrow.makeVector(vectors),
    price: arrow.makeVector(Float64Array.from(rows, ({ price }) => price)),
    ...Object.fromEntries(texts),
  });
}
