import { join } from 'node:path';
import type { BandFilter } from '../../workload/filter-bands.ts';
import type { AllowedPictures } from '../allowed-pictures.ts';
import { builtIndex } from '../built-index.ts';
import { createCountCheck } from '../count-check.ts';
import { conditionSql, flatCondition, plainComparisons, TEXT_COLUMNS } from '../flat-filter.ts';
import { loadPackage, packageLabel } from '../load-package.ts';
import { type OpenPeer, type Peer, PICTURES } from '../peer.ts';
import { columnsOf, type Pictures, productsOf, vectorOf } from '../pictures.ts';

/** What is used of better-sqlite3. */
type OpenSqlite = new (file: string, options?: { readonly: boolean }) => Sqlite;

interface Sqlite {
  exec(statement: string): void;
  pragma(setting: string): unknown;
  loadExtension(file: string): void;
  prepare(statement: string): Statement;
  close(): void;
}

interface Statement {
  run(...values: (bigint | number | string | Uint8Array)[]): void;
  all(...values: Uint8Array[]): { picture: number }[];
  get(): { count: number } | undefined;
}

interface SqliteVec {
  load(db: Sqlite): void;
}

const PACKAGE = 'sqlite-vec';
const DRIVER = 'better-sqlite3';

/**
 * sqlite-vec in the process: compares all. Filters of plain comparisons, all of which must hold, are answered on columns of the vector table; it answers no others there,
 * so these choose pictures from an ordinary table with indexes.
 */
export function sqlitePeer(pictures: Pictures): Peer {
  const Sqlite = loadPackage<OpenSqlite>(DRIVER);
  const vec = loadPackage<SqliteVec>(PACKAGE);
  const label = `${packageLabel(PACKAGE)}, ${packageLabel(DRIVER)}`;
  const open = (file: string, readonly: boolean) => {
    const db = new Sqlite(file, { readonly });
    vec.load(db);
    return db;
  };
  return {
    name: 'sqlite-vec',
    label,
    about:
      'compares all, singles; filtered by metadata columns where each condition is a plain comparison, else by a subquery on an ordinary table with indexes',
    usesSet: false,
    async open(): Promise<OpenPeer> {
      const { folder, size } = await builtIndex(pictures, label, async (into) => {
        const db = open(join(into, 'pictures.sqlite'), false);
        fill(db, pictures);
        db.close();
      });
      const db = open(join(folder, 'pictures.sqlite'), true);
      const check = createCountCheck('SQLite', async (where) => {
        return db.prepare(`select count(*) as count from picture where ${where}`).get()?.count;
      });
      let nearest: Statement | undefined;
      return {
        size,
        settings: [
          {
            name: 'all',
            async search({ query }) {
              if (nearest === undefined) throw new Error('expected a prepared filter, found none');
              const found = nearest.all(bytesOf(query.vector));
              return productsOf(
                pictures,
                found.map(({ picture }) => picture),
              );
            },
          },
        ],
        async prepare({ filter }: BandFilter, allowed: AllowedPictures) {
          const condition = flatCondition(filter);
          const where = conditionSql(condition) ?? 'true';
          await check(where, allowed.count);
          const metadata = plainComparisons(condition);
          const conditions = metadata ?? [`picture in (select picture from picture where ${where})`];
          nearest = db.prepare(
            `select picture from vector where ${['vector match ?', `k = ${PICTURES}`, ...conditions].join(' and ')} order by distance`,
          );
        },
        async close() {
          db.close();
        },
      };
    },
  };
}

function fill(db: Sqlite, pictures: Pictures): void {
  db.pragma('journal_mode = off');
  const texts = TEXT_COLUMNS.map((column) => `${column} text`).join(', ');
  db.exec(`
    create virtual table vector using vec0(
      picture integer primary key, vector float[${pictures.dimensions}] distance_metric=cosine, ${texts}, price float);
    create table picture (picture integer primary key, ${texts}, price real);
    begin`);
  const places = ['price', ...TEXT_COLUMNS].map(() => '?').join(', ');
  const names = `${TEXT_COLUMNS.join(', ')}, price`;
  const intoVector = db.prepare(`insert into vector (picture, vector, ${names}) values (?, ?, ${places})`);
  const intoPicture = db.prepare(`insert into picture (picture, ${names}) values (?, ${places})`);
  for (let picture = 0; picture < pictures.count; picture++) {
    const product = columnsOf(pictures, picture);
    const values = [...TEXT_COLUMNS.map((column) => product[column]), product.price];
    // sqlite-vec takes its key as an integer only, and a number of JavaScript is bound as a float.
    intoVector.run(BigInt(picture), bytesOf(vectorOf(pictures, picture)), ...values);
    intoPicture.run(BigInt(picture), ...values);
  }
  db.exec('commit');
  for (const column of [...TEXT_COLUMNS, 'price']) db.exec(`create index picture_${column} on picture (${column})`);
  db.exec('analyze');
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
