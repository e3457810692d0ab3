import type { BandFilter } from '../workload/filter-bands.ts';
import type { FilteredSearch } from '../workload/filtered-searches.ts';
import type { AllowedPictures } from './allowed-pictures.ts';

/** Something else that could find the nearest products: another engine, or another way to ask the same database. */
export interface Peer {
  /** As `--engines` has it. */
  readonly name: string;
  /** For people, with its version. */
  readonly label: string;
  /** What narrows its searches, and what else must be known to judge its figures. */
  readonly about: string;
  /** Whether it is narrowed by the set of allowed pictures, whose making is no part of its time. */
  readonly usesSet: boolean;
  /** Opens its index, building it first if it has not been built of these pictures before. */
  open(): Promise<OpenPeer>;
}

export interface OpenPeer {
  /** Its settings, from the quickest to the most careful. */
  readonly settings: readonly Setting[];
  /** Of its index; undefined where it has none of its own. */
  readonly size: IndexSize | undefined;
  /** What is made once for each filter, outside of what is timed; what it costs is in the set. */
  prepare(filter: BandFilter, allowed: AllowedPictures): Promise<void>;
  close(): Promise<void>;
}

export interface IndexSize {
  /** From vectors in memory to an index that answers, when it was built. */
  readonly buildSeconds: number;
  readonly diskMiB: number;
  /** Built just now, and not found from an earlier run. */
  readonly isNew: boolean;
}

export interface Setting {
  readonly name: string;
  /** Products by picture, nearest first; a product comes as often as pictures of it were found. The filter has been prepared. */
  search(search: FilteredSearch): Promise<readonly string[]>;
}

/** Products that are asked for. */
export const WANTED = 10;
/** Pictures that every peer is asked for, to have enough distinct products: one in nine has two or more. */
export const PICTURES = 20;
