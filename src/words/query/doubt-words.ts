import { rarityOf } from '../score/rarity.ts';
import type { Draft } from './draft.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Alternative, ReadingKind } from './word-query.ts';

/** From here on a word is rare enough that a commoner one may have been meant. */
const DOUBTED_RARITY = 0.5;
/** As the word itself, and not as a synonym or by its neighbours. */
const ITSELF: ReadonlySet<ReadingKind> = new Set(['WRITTEN', 'STEM', 'IRREGULAR', 'COMPOUND']);

/**
 * Words that products have, and that may be slips all the same: rare ones of a query whose words no product has together. "back evening dress" is found nowhere; that some swimsuit is
 * "cross-back" tells nothing.
 *
 * @param mayBeSlip - whether a slot may be mended at all
 * @returns by slot, products that have the word; empty where a product has all words
 */
export async function doubtedWords(
  vocabulary: Vocabulary,
  draft: Draft,
  found: readonly Alternative[],
  mayBeSlip: (slot: number) => boolean,
): Promise<ReadonlyMap<number, number>> {
  const known = knownWords(draft, found);
  const rare = known.flatMap(({ slot, own }) => {
    const count = Math.max(...own.map((one) => one.count));
    const isItself = own.every(({ kind, span }) => ITSELF.has(kind) && span === 1);
    const isRare = rarityOf(vocabulary.productCount, count) >= DOUBTED_RARITY;
    return isItself && isRare && mayBeSlip(slot) ? [[slot, count] as const] : [];
  });
  if (rare.length === 0 || known.length < 2) return new Map();
  return (await vocabulary.isTogether(known.map(lexemesOf))) ? new Map() : new Map(rare);
}

/**
 * Whether no product has what a word may have been meant for with any of the others that the catalogue knows: "hammer and nails" are no Hummer. False where it knows no other.
 *
 * @param reading.lexemes - of each part any
 */
export async function isNowhereBeside(
  vocabulary: Vocabulary,
  draft: Draft,
  found: readonly Alternative[],
  reading: { readonly slot: number; readonly lexemes: readonly (readonly string[])[] },
): Promise<boolean> {
  const others = knownWords(draft, found).filter(({ slot }) => slot !== reading.slot);
  if (others.length === 0) return false;
  return !(await vocabulary.isTogether([...reading.lexemes, others.flatMap(lexemesOf)]));
}

interface KnownWord {
  readonly slot: number;
  readonly own: readonly Alternative[];
}

/** Slots that products are found by, without stop words and words of asking. */
function knownWords(draft: Draft, found: readonly Alternative[]): KnownWord[] {
  return draft.slots.flatMap(({ kind, isStop, isAsking }, slot) => {
    const own = found.filter((one) => one.slot <= slot && slot < one.slot + one.span);
    return own.length === 0 || isStop || isAsking || kind === 'SIGN' ? [] : [{ slot, own }];
  });
}

function lexemesOf({ own }: KnownWord): string[] {
  return [...new Set(own.flatMap(({ parts }) => parts.flat()))];
}
