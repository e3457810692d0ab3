/** A piece of folded text without blanks: a word, or words joined by signs. */
export interface Chunk {
  readonly text: string;
  readonly start: number;
  readonly isPlain: boolean;
}

/**
 * Words joined by one sign each (t-shirt, d'or, red/black, s.oliver, h&m, 16:9), with a dot in front (.net) or signs behind (c++, c#) that are part of a name; or a
 * lone "&".
 */
const CHUNK =
  /(?:(?<![\p{L}\p{M}\p{N}.])\.(?=\p{L}))?[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:['&+\-/._]|(?<=\d)[,:](?=\d))[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*(?:(?:\+\+?|#)(?![\p{L}\p{N}]))?|(?<=\s)[&+](?=\s)/gu;
/** The same where all is ASCII, at twice the speed. */
const ASCII_CHUNK =
  /(?:(?<![a-z0-9.])\.(?=[a-z]))?[a-z0-9]+(?:(?:['&+\-/._]|(?<=\d)[,:](?=\d))[a-z0-9]+)*(?:(?:\+\+?|#)(?![a-z0-9]))?|(?<=\s)[&+](?=\s)/g;
const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORD = /^[a-z]+$/;

/** A stretch of the text that was recognised beforehand and is not to be cut. */
export interface Recognised {
  readonly start: number;
  readonly end: number;
}

/**
 * @param recognised - in order, without overlaps
 * @returns chunks and what was recognised, in the text's order
 */
export function* cutText<Known extends Recognised>(
  folded: string,
  recognised: readonly Known[],
): Generator<Chunk | Known> {
  const pattern = new RegExp(ASCII.test(folded) ? ASCII_CHUNK : CHUNK);
  let next = 0;
  for (;;) {
    const known = recognised[next];
    const match = pattern.exec(folded);
    if (known !== undefined && (match === null || match.index + match[0].length > known.start)) {
      // What stands joined in front of it ("usb/16gb") is still a chunk.
      if (match !== null && match.index < known.start) {
        const text = folded.slice(match.index, known.start).replace(/[^\p{L}\p{M}\p{N}]+$/u, '');
        if (text !== '') yield chunkOf(text, match.index);
      }
      yield known;
      next += 1;
      pattern.lastIndex = known.end;
      continue;
    }
    if (match === null) return;
    yield chunkOf(match[0], match.index);
  }
}

function chunkOf(text: string, start: number): Chunk {
  return { text, start, isPlain: ASCII_WORD.test(text) };
}
