import { join } from 'node:path';
import type { AllowedPictures } from '../allowed-pictures.ts';
import { builtIndex } from '../built-index.ts';
import { loadPackage, packageLabel } from '../load-package.ts';
import type { OpenPeer, Peer } from '../peer.ts';
import { type Pictures, productsOf, vectorsOf } from '../pictures.ts';
import { allowedOf, FETCHED } from './over-fetched.ts';

/** What is used of usearch 2. */
interface Usearch {
  readonly Index: new (options: {
    dimensions: number;
    metric: 'ip';
    quantization: 'f16';
    connectivity: number;
    expansion_add: number;
    expansion_search: number;
    multi: boolean;
  }) => UsearchIndex;
}

interface UsearchIndex {
  add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
  save(file: string): void;
  load(file: string): void;
  search(vector: Float32Array, wanted: number, threads: number): { keys: BigUint64Array };
}

const PACKAGE = 'usearch';
/** As the index in PostgreSQL: neighbours and halves. */
const CONNECTIVITY = 16;
const EXPANSION_ADD = 128;
/** The least it takes; what is fetched is the length of its candidate list where that is more. */
const EXPANSION_SEARCH = 20;
const ALL_THREADS = 0;
const BATCH = 10_000;

/** USearch in the process. Its JavaScript has no filters: more is fetched, and what may not be found left out. */
export function usearchPeer(pictures: Pictures): Peer {
  const { Index } = loadPackage<Usearch>(PACKAGE);
  const label = packageLabel(PACKAGE);
  const { count, dimensions } = pictures;
  const create = () =>
    new Index({
      dimensions,
      metric: 'ip',
      quantization: 'f16',
      connectivity: CONNECTIVITY,
      expansion_add: EXPANSION_ADD,
      expansion_search: EXPANSION_SEARCH,
      multi: false,
    });
  return {
    name: 'usearch',
    label,
    about: `HNSW, connectivity ${CONNECTIVITY}, expansion ${EXPANSION_ADD}, halves; no filters in JavaScript: up to ${FETCHED.at(-1)} are fetched and looked up in a set of allowed pictures`,
    usesSet: true,
    async open(): Promise<OpenPeer> {
      const made = `${label} ${CONNECTIVITY}-${EXPANSION_ADD}`;
      const { folder, size } = await builtIndex(pictures, made, async (into) => {
        const index = create();
        for (let from = 0; from < count; from += BATCH) {
          const vectors = vectorsOf(pictures, from, BATCH);
          const keys = BigUint64Array.from({ length: vectors.length / dimensions }, (_, each) => BigInt(from + each));
          index.add(keys, vectors, ALL_THREADS);
        }
        index.save(join(into, 'index'));
      });
      const index = create();
      index.load(join(folder, 'index'));
      let allowed: AllowedPictures | undefined;
      return {
        size,
        settings: FETCHED.map((fetched) => ({
          name: `fetch ${fetched}`,
          async search({ query }) {
            if (allowed === undefined) throw new Error('expected a prepared filter, found none');
            const { keys } = index.search(query.vector, Math.min(fetched, count), 1);
            return productsOf(pictures, allowedOf(Array.from(keys, Number), allowed));
          },
        })),
        async prepare(_, set) {
          allowed = set;
        },
        async close() {},
      };
    },
  };
}
