import { join } from 'node:path';
import type { AllowedPictures } from '../allowed-pictures.ts';
import { builtIndex } from '../built-index.ts';
import { loadPackage, packageLabel } from '../load-package.ts';
import { type OpenPeer, type Peer, PICTURES } from '../peer.ts';
import { type Pictures, productsOf, vectorOf } from '../pictures.ts';

/** What is used of hnswlib-node 3. */
interface Hnswlib {
  readonly HierarchicalNSW: new (space: 'ip', dimensions: number) => HnswIndex;
}

interface HnswIndex {
  initIndex(options: { maxElements: number; m: number; efConstruction: number; randomSeed: number }): void;
  addPoint(point: number[], label: number): void;
  writeIndexSync(file: string): void;
  readIndexSync(file: string): void;
  setEf(ef: number): void;
  searchKnn(point: number[], wanted: number, filter?: (label: number) => boolean): { neighbors: number[] };
}

const PACKAGE = 'hnswlib-node';
/** As the index in PostgreSQL. */
const BUILD = { m: 16, efConstruction: 128, randomSeed: 100 };
/** Length of the candidate list. */
const EFS = [20, 40, 80, 160, 320, 640, 1280];

/** hnswlib in the process; filtered by asking a function of ours about each picture that the search comes by. */
export function hnswlibPeer(pictures: Pictures): Peer {
  const { HierarchicalNSW } = loadPackage<Hnswlib>(PACKAGE);
  const label = packageLabel(PACKAGE);
  return {
    name: 'hnswlib',
    label,
    about: `HNSW, m ${BUILD.m}, efConstruction ${BUILD.efConstruction}, singles; built by one thread; filtered by a callback over a set of allowed pictures`,
    usesSet: true,
    async open(): Promise<OpenPeer> {
      const { folder, size } = await builtIndex(
        pictures,
        `${label} ${Object.values(BUILD).join('-')}`,
        async (into) => {
          const index = new HierarchicalNSW('ip', pictures.dimensions);
          index.initIndex({ maxElements: pictures.count, ...BUILD });
          for (let picture = 0; picture < pictures.count; picture++)
            index.addPoint(Array.from(vectorOf(pictures, picture)), picture);
          index.writeIndexSync(join(into, 'index'));
        },
      );
      const index = new HierarchicalNSW('ip', pictures.dimensions);
      index.readIndexSync(join(folder, 'index'));
      let allowed: AllowedPictures | undefined;
      const isAllowed = (picture: number) => allowed?.has[picture] === 1;
      return {
        size,
        settings: EFS.map((ef) => ({
          name: `ef ${ef}`,
          async search({ query }) {
            index.setEf(ef);
            const everything = allowed?.count === pictures.count;
            const { neighbors } = index.searchKnn(
              Array.from(query.vector),
              PICTURES,
              everything ? undefined : isAllowed,
            );
            return productsOf(pictures, neighbors);
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
