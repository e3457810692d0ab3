import { join } from 'node:path';
import type { AllowedPictures } from '../allowed-pictures.ts';
import { builtIndex } from '../built-index.ts';
import { loadPackage, packageLabel } from '../load-package.ts';
import type { OpenPeer, Peer } from '../peer.ts';
import { type Pictures, productsOf, vectorsOf } from '../pictures.ts';
import { allowedOf, FETCHED } from './over-fetched.ts';

/** What is used of faiss-node 0.5. */
interface Faiss {
  readonly Index: {
    fromFactory(dimensions: number, descriptor: string, metric: number): FaissIndex;
    read(file: string): FaissIndex;
  };
}

interface FaissIndex {
  add(vectors: number[]): void;
  write(file: string): void;
  /** @param wanted - at most as many as it holds */
  search(vector: number[], wanted: number): { labels: number[] };
}

const PACKAGE = 'faiss-node';
/**
 * Compares all. Its JavaScript sets neither efSearch nor nprobe, so that of its graphs and clusters one gets what their defaults find: of 55,405 pictures, HNSW16 gave at
 * most some 170, however many were asked for.
 */
const DESCRIPTOR = 'Flat';
const INNER_PRODUCT = 0;
const BATCH = 1_000;
/** What a search gives where it has found no more. */
const NONE = -1;

/** FAISS in the process. Its JavaScript has no filters: more is fetched, and what may not be found left out. */
export function faissPeer(pictures: Pictures): Peer {
  const { Index } = loadPackage<Faiss>(PACKAGE);
  const label = packageLabel(PACKAGE);
  const { count, dimensions } = pictures;
  return {
    name: 'faiss',
    label,
    about: `${DESCRIPTOR}: compares all, singles (efSearch and nprobe are not to be set in JavaScript); no filters in JavaScript: up to ${FETCHED.at(-1)} are fetched and looked up in a set of allowed pictures`,
    usesSet: true,
    async open(): Promise<OpenPeer> {
      const { folder, size } = await builtIndex(pictures, `${label} ${DESCRIPTOR}`, async (into) => {
        const index = Index.fromFactory(dimensions, DESCRIPTOR, INNER_PRODUCT);
        for (let from = 0; from < count; from += BATCH) index.add(Array.from(vectorsOf(pictures, from, BATCH)));
        index.write(join(into, 'index'));
      });
      const index = Index.read(join(folder, 'index'));
      let allowed: AllowedPictures | undefined;
      return {
        size,
        settings: FETCHED.map((fetched) => ({
          name: `fetch ${fetched}`,
          async search({ query }) {
            if (allowed === undefined) throw new Error('expected a prepared filter, found none');
            const { labels } = index.search(Array.from(query.vector), Math.min(fetched, count));
            const found = labels.filter((picture) => picture !== NONE);
            return productsOf(pictures, allowedOf(found, allowed));
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
