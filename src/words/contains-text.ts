import { nameKeyOfFolded } from './name-key.ts';
import { foldText } from './text/fold.ts';

/**
 * Tells whether values contain a text, whatever the case, accents, hyphens and blanks of both: "t shirt" is in "Black T-Shirts".
 *
 * @param part - empty: every value does
 */
export function containsText(part: string): (value: string) => boolean {
  const folded = foldText(part.trim());
  const key = nameKeyOfFolded(folded);
  return (value) => {
    const other = foldText(value);
    return other.includes(folded) || (key !== '' && nameKeyOfFolded(other).includes(key));
  };
}
