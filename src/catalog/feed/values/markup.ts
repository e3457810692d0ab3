import { decodeHTMLStrict } from 'entities';

/** Longer texts are no shop's and are refused later; they are not worth the time of cleaning. */
const MAX_CLEANED = 200_000;

/** Tags that begin a line of their own in a browser. */
const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** All other elements, of today's HTML (https://html.spec.whatwg.org/multipage/indices.html) and of pages from before it. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr acronym applet area audio b base basefont bdi bdo bgsound big blink body button canvas caption cite code col colgroup data datalist del details dfn dialog dir em embed fieldset font frame frameset hgroup html i iframe img input ins kbd label legend link map mark marquee menu meta meter nobr noembed noframes object optgroup output param picture plaintext progress q rb rp rt rtc ruby s samp search select selectedcontent slot small source span strike strong sub summary sup textarea time title track tt u var video wbr xmp'.split(
    ' ',
  ),
);

/** What is between these and their ends is no text. */
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'head', 'template', 'noscript', 'svg', 'math']);

/** A tag at one place; a `<` before a space or a digit is none. Quoted values may hold a `>`. */
const TAG = /<\/?([a-z][a-z0-9:-]*)(?:[\s/](?:"[^"]*"|'[^']*'|[^"'<>])*)?>/iy;

/**
 * The text of what may be HTML: tags, comments, scripts and styles go, entities become their characters, ends of blocks become line ends.
 * What is still markup once its entities are read was escaped twice and is read once more. Runs of blanks become one space.
 */
export function plainText(written: string): string {
  if (written.length > MAX_CLEANED) return written;
  let text = written;
  for (let pass = 0; pass < 2 && /[<&]/.test(text); pass++) text = decodeHTMLStrict(withoutTags(text));
  return withoutTags(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** `plainText` on one line: of titles, names and values. */
export function plainLine(written: string): string {
  // Nearly all values are plain already.
  if (!/[<&\n\r\t\u00a0]| {2}/.test(written)) return written.trim();
  return plainText(written).replace(/\s+/g, ' ');
}

/** The end of an element, and its name. */
const CLOSING = /<\/([a-z][a-z0-9:-]*)\s*>/gi;

function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  const closed = new Set(Array.from(text.matchAll(CLOSING), ([, name = '']) => name.toLowerCase()));
  let lower: string | undefined;
  let kept = '';
  let at = 0;
  for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', at)) {
    kept += text.slice(at, open);
    if (text.startsWith('<!--', open)) {
      at = endOf(text, '-->', open);
      continue;
    }
    if (/^<[!?][a-z[]/i.test(text.slice(open, open + 3))) {
      at = endOf(text, '>', open);
      continue;
    }
    TAG.lastIndex = open;
    const tag = TAG.exec(text);
    if (!tag || !isMarkup(tag[0], tag[1]?.toLowerCase() ?? '', closed)) {
      kept += '<';
      at = open + 1;
      continue;
    }
    const name = tag[1]?.toLowerCase() ?? '';
    at = open + tag[0].length;
    if (BLOCKS.has(name)) kept += '\n';
    if (HIDDEN.has(name) && !tag[0].startsWith('</') && !tag[0].endsWith('/>')) {
      lower ??= text.toLowerCase();
      const closing = lower.indexOf(`</${name}`, at);
      at = closing === -1 ? text.length : endOf(text, '>', closing);
    }
  }
  return kept + text.slice(at);
}

/**
 * Whether it is an element: HTML's, one with a prefix as word processors write (`<o:p>`), or one of another name that has an attribute or an end.
 * Anything else is the shop's own writing, such as "plug <type c>", and stays.
 */
function isMarkup(tag: string, name: string, closed: ReadonlySet<string>): boolean {
  const isKnown = BLOCKS.has(name) || INLINE.has(name) || HIDDEN.has(name) || name.includes(':');
  return isKnown || closed.has(name) || /\s[\w:-]+=/.test(tag);
}

/** The place after `sign`; the end of the text where it does not come. */
function endOf(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found === -1 ? text.length : found + sign.length;
}
