import { isOneSlip, SHORTEST_MENDED, slipCost } from './edit-cost.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Two neighbours of the catalogue that were typed as one word, one of them with a slip: "runinshoes". */
export interface JoinedReading {
  readonly parts: readonly [string, string];
  /** Of the slip. */
  readonly cost: number;
  /** Products that have the two side by side. */
  readonly count: number;
}

interface Cut {
  readonly typed: string;
  readonly first: string;
  readonly second: string;
}

/** The piece that is right: "men", "bag". */
const SHORTEST_PIECE = 3;
const LONGEST_CUT = 30;

/**
 * @param typed - words that the catalogue does not know
 * @param keyOf - a word's stem, by which pairs are counted
 * @returns by word; those left out that are no such two
 */
export async function joinedReadings(
  vocabulary: Vocabulary,
  typed: readonly string[],
  keyOf: (word: string) => string,
): Promise<ReadonlyMap<string, readonly JoinedReading[]>> {
  const cuts = typed.flatMap(cutsOf);
  if (cuts.length === 0) return new Map();
  const forms = (piece: string): string[] => [piece, `~${keyOf(piece)}`];
  const counts = await vocabulary.counts([
    ...new Set(cuts.flatMap(({ first, second }) => [...forms(first), ...forms(second)])),
  ]);
  const isKnown = (piece: string): boolean =>
    piece.length >= SHORTEST_PIECE && forms(piece).some((form) => counts.has(form));
  const slipped = cuts.flatMap((cut) => [
    ...(isKnown(cut.first) ? [{ ...cut, slip: 'second' as const }] : []),
    ...(isKnown(cut.second) ? [{ ...cut, slip: 'first' as const }] : []),
  ]);
  const near = await vocabulary.near([...new Set(slipped.flatMap((cut) => spellingsOf(cut[cut.slip])))]);
  const readings = slipped.flatMap((cut) =>
    spellingsOf(cut[cut.slip]).flatMap((spelling) =>
      (near.get(spelling) ?? []).flatMap(({ word }) => {
        const cost = slipCost(spelling, word);
        const parts = cut.slip === 'second' ? ([cut.first, word] as const) : ([word, cut.second] as const);
        const isWritten = counts.has(cut.slip === 'second' ? cut.first : cut.second);
        return cost > 0 && isOneSlip(cost) ? [{ typed: cut.typed, parts, cost, isWritten }] : [];
      }),
    ),
  );
  const pairOf = ([first, second]: readonly [string, string]) => [keyOf(first), keyOf(second)] as const;
  const pairs =
    readings.length === 0
      ? new Map<string, number>()
      : await vocabulary.pairCounts(readings.map((one) => pairOf(one.parts)));
  const found = new Map<string, Map<string, JoinedReading>>();
  for (const { typed: word, parts, cost, isWritten } of readings) {
    const pair = pairOf(parts).join(' ');
    const count = pairs.get(pair) ?? 0;
    if (count === 0) continue;
    const own = found.get(word) ?? new Map<string, JoinedReading>();
    // Of the forms of one pair the nearest, and of equally near ones that of the catalogue.
    const other = own.get(pair);
    if (other === undefined || cost < other.cost || (cost === other.cost && isWritten))
      own.set(pair, { parts, cost, count });
    found.set(word, own);
  }
  return new Map([...found].map(([word, own]) => [word, [...own.values()]]));
}

/** The piece as it stands and, where it may be several, as one of them: a slip in "purpples" is one in "purpple". */
export function spellingsOf(piece: string): string[] {
  const spellings = piece.endsWith('s') ? [piece, piece.slice(0, -1)] : [piece];
  return spellings.filter((spelling) => spelling.length >= SHORTEST_MENDED);
}

function cutsOf(typed: string): Cut[] {
  if (typed.length > LONGEST_CUT) return [];
  const places = Math.max(0, typed.length - 2 * SHORTEST_PIECE + 1);
  return Array.from({ length: places }, (_, index) => ({
    typed,
    first: typed.slice(0, index + SHORTEST_PIECE),
    second: typed.slice(index + SHORTEST_PIECE),
  }));
}
