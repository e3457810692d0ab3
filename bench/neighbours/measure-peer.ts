import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { quantile } from '../benchmark.ts';
import { type Contender, recallOf } from '../workload/contenders.ts';
import type { BandFilter } from '../workload/filter-bands.ts';
import type { FilteredSearch } from '../workload/filtered-searches.ts';
import type { AllowedPictures } from './allowed-pictures.ts';
import { atEqualRecall, type Choice, goesOn, type Measured, recallOfPictures } from './equal-recall.ts';
import { type IndexSize, type OpenPeer, type Peer, type Setting, WANTED } from './peer.ts';

/** Searches by text and by picture within filters of one kind. */
export interface Band {
  readonly name: string;
  readonly searches: readonly FilteredSearch[];
}

/** A band, and how much of what is right ours finds in it. */
export interface JudgedBand extends Band {
  readonly oursRecall: number;
}

export interface BandResult extends Choice {
  readonly band: JudgedBand;
  readonly oursP95: number;
  /** Median of what making the sets of allowed pictures took. */
  readonly setMilliseconds: number;
}

export interface PeerResult {
  readonly bands: readonly BandResult[];
  readonly size: IndexSize | undefined;
  /** By how much the process grew with the opened index and its first searches; undefined after building and beside other engines, which leave memory behind. */
  readonly memoryMiB: number | undefined;
}

interface Deps {
  readonly ours: Contender;
  readonly allowed: (filter: BandFilter) => Promise<AllowedPictures>;
  readonly say: (line: string) => void;
}

/** What ours finds, once for each search: which also warms the database. */
export async function judgeBands(ours: Contender, bands: readonly Band[]): Promise<JudgedBand[]> {
  const judged: JudgedBand[] = [];
  for (const band of bands) {
    const recalls: number[] = [];
    for (const search of band.searches) recalls.push(recallOf(await ours(search, WANTED), search, WANTED));
    judged.push({ ...band, oursRecall: mean(recalls) });
  }
  return judged;
}

/** Measures one engine in every band, with settings from the quickest on until it finds as much as ours. */
export async function measurePeer(
  deps: Deps & { readonly isAlone: boolean },
  peer: Peer,
  bands: readonly JudgedBand[],
): Promise<PeerResult> {
  const before = residentMiB();
  const opened = await peer.open();
  try {
    await warmUp(deps, opened, bands);
    const memoryMiB = deps.isAlone && opened.size?.isNew === false ? residentMiB() - before : undefined;
    const results: BandResult[] = [];
    for (const band of bands) {
      deps.say(`${peer.label}: ${band.name}`);
      results.push(await measureBand(deps, opened, band));
    }
    return { bands: results, size: opened.size, memoryMiB };
  } finally {
    await opened.close();
  }
}

/** Gets ready for every filter, and searches once in each band. */
async function warmUp({ allowed }: Deps, { settings, prepare }: OpenPeer, bands: readonly JudgedBand[]): Promise<void> {
  for (const { searches } of bands) {
    for (const [index, search] of searches.entries()) {
      await prepare(search.filter, await allowed(search.filter));
      if (index === 0) await settings[0]?.search(search);
    }
  }
}

interface Round extends Measured {
  readonly oursP95: number;
}

async function measureBand(deps: Deps, opened: OpenPeer, band: JudgedBand): Promise<BandResult> {
  const rounds: Round[] = [];
  for (const setting of opened.settings) {
    if (!goesOn(rounds, band.oursRecall)) break;
    rounds.push(await measureRound(deps, opened, setting, band));
  }
  const chosen = atEqualRecall(rounds, band.oursRecall);
  const sets = await Promise.all(band.searches.map(({ filter }) => deps.allowed(filter)));
  return {
    ...chosen,
    band,
    oursP95: rounds.find(({ setting }) => setting === chosen.setting)?.oursP95 ?? Number.NaN,
    setMilliseconds: quantile(
      sets.map(({ milliseconds }) => milliseconds),
      0.5,
    ),
  };
}

/** All searches of a band with one setting; the engine and ours take turns, each first for every other search. */
async function measureRound(deps: Deps, opened: OpenPeer, setting: Setting, band: Band): Promise<Round> {
  const times: number[] = [];
  const oursTimes: number[] = [];
  const recalls: number[] = [];
  for (const [turn, search] of band.searches.entries()) {
    const allowed = await deps.allowed(search.filter);
    await opened.prepare(search.filter, allowed);
    const askOurs = async () => void oursTimes.push((await deps.ours(search, WANTED)).milliseconds);
    if (turn % 2 === 1) await askOurs();
    const started = performance.now();
    const found = await setting.search(search);
    times.push(performance.now() - started);
    if (turn % 2 === 0) await askOurs();
    const wrong = found.find((id) => !allowed.hasProduct(id));
    if (wrong !== undefined)
      throw new Error(`expected products within ${band.name}, found ${wrong} by ${setting.name}`);
    recalls.push(recallOfPictures(found, search.truth, WANTED));
  }
  return {
    setting: setting.name,
    recall: mean(recalls),
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    oursP50: quantile(oursTimes, 0.5),
    oursP95: quantile(oursTimes, 0.95),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the process, after what nothing refers to has been let go. */
function residentMiB(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().rss / 2 ** 20;
}
