/** Up to so many tokens a character a text encoder of this kind reads words; from the second on it spells them out. */
const READ = 0.5;
const SPELT = 0.9;

/**
 * How well a text encoder can judge a text, by how finely its own tokenizer had to cut it. A tokenizer made for a language takes a word in one to three pieces (0.17
 * to 0.45 tokens a character for English and German, measured with lookgraph-mini's) and spells letter by letter what it was not made for (0.7 for nonsense, 1 for
 * digits, 2 for Greek, Cyrillic, Hebrew and Arabic, 3 for Chinese, Korean and Hindi, of UTF-8).
 *
 * @param tokens - of the folded text, without those at its beginning and end
 * @param characters - of the folded text, without blanks
 * @returns 1: it can; 0: it cannot, and words alone tell; between them in part
 */
export function readability(tokens: number, characters: number): number {
  if (characters === 0) return 0;
  const perCharacter = tokens / characters;
  return Math.min(1, Math.max(0, (SPELT - perCharacter) / (SPELT - READ)));
}
