import { nameKeyOfFolded } from '../name-key.ts';
import { nameLexeme } from '../stored-lexemes.ts';
import type { Draft } from './draft.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Alternative, ReadingKind, ValueReading } from './word-query.ts';

/** "Off White", "Grey Melange", "3/4 sleeve length". */
const LONGEST_VALUE = 4;
const ITSELF: ReadonlySet<ReadingKind> = new Set(['WRITTEN', 'STEM', 'IRREGULAR', 'MENDED']);

/** What of a query are values of the catalogue's attributes: of "navy blue" both the whole and "blue", so that a word more takes nothing away. Words of asking and stop words are none by themselves. */
export async function readValues(
  vocabulary: Vocabulary,
  draft: Draft,
  found: readonly Alternative[],
): Promise<ValueReading[]> {
  const words = draft.slots.map((_, slot) => readWord(slot, found));
  const runs = draft.slots.flatMap((_, slot) =>
    Array.from({ length: Math.min(LONGEST_VALUE, words.length - slot) }, (__, more) => {
      const run = words.slice(slot, slot + more + 1);
      const isWhole = run.every((word) => word !== undefined);
      const isSmall = draft.slots.slice(slot, slot + run.length).every(({ isStop, isAsking }) => isStop || isAsking);
      return { slot, span: run.length, key: isWhole && !isSmall ? nameKeyOfFolded(run.join(' ')) : '' };
    }),
  );
  const keys = [...new Set(runs.map(({ key }) => key))].filter((key) => key !== '');
  if (keys.length === 0) return [];
  const known = await vocabulary.attributesOf(keys);
  return runs.flatMap(({ slot, span, key }) => {
    const lexemes = (known.get(key) ?? []).flatMap((attribute) => nameLexeme(key, attribute) ?? []);
    return lexemes.length === 0 ? [] : [{ slot, span, lexemes }];
  });
}

/** The surest reading of a slot as one word, without signs. */
function readWord(slot: number, found: readonly Alternative[]): string | undefined {
  const [best] = found
    .filter((one) => one.slot === slot && one.span === 1 && one.parts.length === 1 && ITSELF.has(one.kind))
    .toSorted((a, b) => b.factor - a.factor);
  return best?.word;
}
