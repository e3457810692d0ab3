/** And, the, by, as, for, in front of a word: و ال بال كال فال لل ب ل */
const ARABIC_PREFIX = /^و?(?:ال|بال|كال|فال|لل)(?=\p{Script=Arabic}{3})/u;
/** The, and, in, to, as, that, from: ה ו ב ל כ ש מ, one or two of them. */
const HEBREW_PREFIX = /^(?:ו?[הבלכשמ]|ו)(?=\p{Script=Hebrew}{3})/u;
const MAY_HAVE_PREFIX = /^[\u05d0-\u05ea\u0627-\u064a]/;

/**
 * Arabic and Hebrew write articles and prepositions together with the word. The word without them is a stem of it whatever the shop's languages are, since the
 * script tells that it may have some.
 */
export function lightStems(word: string): readonly string[] {
  if (!MAY_HAVE_PREFIX.test(word)) return [];
  const bare = word.replace(ARABIC_PREFIX, '').replace(HEBREW_PREFIX, '');
  return bare === word ? [] : [bare];
}
