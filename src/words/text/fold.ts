/**
 * Letters become what a shopper might type for them: one width, one case, no ornaments. What is a letter of its own (Devanagari and Thai vowels,
 * Japanese voicing marks, й) stays. The same for stored and asked text; folding twice changes nothing.
 */

/** Carry no letter: soft hyphen, zero-width and direction marks, tatweel, variation selectors; and ™ ® ©, of which NFKC would make letters. */
const INVISIBLE = /\u034f|[\u00ad\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff™®©℠]|[\ufe00-\ufe0f]/g;
/** "1½" is one and a half, and not eleven halves. */
const FRACTION_AFTER_DIGIT = /(\p{Nd})(?=[¼-¾⅐-⅞])/gu;

const APOSTROPHES = /[‘’‛ʼʹ′`´՚׳ꞌ]/g;
const QUOTES = /[“”„‟″«»]/g;
const DASHES = /[‐-―−﹘]/g;
const LATIN_GREEK_MARKS = /([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f\u1dc0-\u1dff]+/gu;
/** Stress marks in dictionaries and titles; й, ї and ў are letters and stay. */
const CYRILLIC_STRESS = /([аеиоуыэюяіє])\u0301/g;
const ARABIC_HEBREW_POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0656-\u065f\u0670]/g;
/** Hebrew abbreviations: ס"מ is one word. */
const GERSHAYIM = /(?<=[א-ת])["״](?=[א-ת])/g;
const FOREIGN_DIGITS = /[\p{Nd}]/gu;

/** Letters that Unicode does not take apart, and spellings of one letter. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ſ: 's',
  ς: 'σ',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  œ: 'oe',
  æ: 'ae',
  þ: 'th',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ƒ: 'f',
  ё: 'е',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
  '٫': '.',
  '٬': ',',
  '×': 'x',
  '⁄': '/',
  '∕': '/',
}; // prettier-ignore
const LETTERS_PATTERN = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
const ASCII = /^[\0-\x7f]*$/;

/** @returns the text in the form that words are compared in; other lengths than before are usual */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replaceAll('`', "'");
  let folded = text
    .replace(INVISIBLE, '')
    .replace(FRACTION_AFTER_DIGIT, '$1 ')
    // Before NFKC, which makes a blank and a mark of ´ and two ′ of ″.
    .replace(APOSTROPHES, "'")
    .replace(QUOTES, '"')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    // toLowerCase makes two code points of İ.
    .replaceAll('İ', 'i')
    .toLowerCase()
    .replace(APOSTROPHES, "'")
    .replace(QUOTES, '"')
    .replace(DASHES, '-')
    .normalize('NFD')
    .replace(ARABIC_HEBREW_POINTS, '')
    .replace(LATIN_GREEK_MARKS, '$1')
    .replace(CYRILLIC_STRESS, '$1')
    .normalize('NFC')
    .replace(GERSHAYIM, '')
    .replace(LETTERS_PATTERN, (letter) => LETTERS[letter] ?? letter);
  if (/[^\0-\x7f]/.test(folded)) folded = folded.replace(FOREIGN_DIGITS, asciiDigit);
  return folded;
}

const asciiDigits = new Map<string, string>();

/** Unicode keeps the ten digits of a script together, zero first. */
function asciiDigit(digit: string): string {
  if (digit <= '9') return digit;
  let known = asciiDigits.get(digit);
  if (known === undefined) {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    known = String(code - zero);
    asciiDigits.set(digit, known);
  }
  return known;
}

/** A letter with what is written over, under or behind it and belongs to it: marks, half-width voicing marks, the vowels and finals of a Hangul syllable. */
const CLUSTER = /\p{L}[\p{M}\uff9e\uff9f\u1160-\u11ff]+|\p{Nd}[¼-¾⅐-⅞]|[א-ת]["״](?=[א-ת])|[\s\S]/gu;

export interface FoldedText {
  readonly text: string;
  /** Where each UTF-16 unit of the folded text, and its end, comes from in the text as it was. */
  readonly origins: readonly number[];
}

/** As `foldText`, and where each letter comes from: for queries, whose answers quote what was typed. */
export function foldWithOrigins(text: string): FoldedText {
  if (ASCII.test(text)) return { text: foldText(text), origins: Array.from({ length: text.length + 1 }, (_, i) => i) };
  const { visible, places } = withoutInvisible(text);
  let folded = '';
  const origins: number[] = [];
  for (const { 0: cluster, index } of visible.matchAll(CLUSTER)) {
    // Whether " stands between Hebrew letters is seen from the letter before it.
    const part = foldText(cluster.replace(/^([א-ת])["״]$/, '$1'));
    folded += part;
    for (let unit = 0; unit < part.length; unit += 1) origins.push(places[index] ?? text.length);
  }
  origins.push(text.length);
  return { text: folded, origins };
}

/** @returns the text without what is not seen, and where each of its UTF-16 units stood */
function withoutInvisible(text: string): { visible: string; places: number[] } {
  const places: number[] = [];
  let from = 0;
  let visible = '';
  for (const match of [...text.matchAll(INVISIBLE), undefined]) {
    const to = match?.index ?? text.length;
    for (let place = from; place < to; place += 1) places.push(place);
    visible += text.slice(from, to);
    from = to + (match?.[0].length ?? 0);
  }
  return { visible, places };
}
