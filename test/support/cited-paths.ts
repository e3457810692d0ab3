/** A path of the repository that a comment or a document names. */
export interface CitedPath {
  /** From 1. */
  readonly line: number;
  /** As it is written, without what stands around it: `src/errors.ts`, `decisions/0006-relevance.md`, `errors.ts`, `test/large`. */
  readonly path: string;
}

/** Kinds of files that only the project has: whoever names one means a file of the repository. */
const OWN_FILE = /^(?:[\w@.-]+\/)*\w[\w.-]*\.(?:tsx?|mjs|md|sql)$/;
const WORD = /[\w.][\w./-]*/g;
const WEB_ADDRESS = /\b[a-z]+:\/\/\S+/g;

/**
 * Finds the paths of the repository that a text names: whatever begins with one of its folders, and every name of a file of its own kinds (TypeScript,
 * Markdown, SQL). Addresses of the web are none.
 *
 * @param text - a document, or what `commentsOf` left of a program
 * @param folders - the folders at the repository's root, such as `src`
 */
export function citedPaths(text: string, folders: ReadonlySet<string>): CitedPath[] {
  return text.split('\n').flatMap((row, index) =>
    Array.from(row.replace(WEB_ADDRESS, '').matchAll(WORD), ([word]) => word.replace(/[./-]+$/, ''))
      .filter((word) => OWN_FILE.test(word) || (word.includes('/') && folders.has(word.split('/')[0] ?? '')))
      .map((path) => ({ line: index + 1, path })),
  );
}

/**
 * Blanks what is not a comment. A string that contains what begins a comment after a space is taken for one.
 *
 * @param name - a file's name; its ending says how comments begin. Markdown and GraphQL (whose descriptions are documents) stay as they are.
 * @returns as many lines as the source has
 */
export function commentsOf(name: string, source: string): string {
  if (/\.(?:md|graphql)$/.test(name)) return source;
  if (name.endsWith('.sql')) return lineComments(source, /(?:^|\s)--(.*)$/);
  if (/\.(?:tsx?|mjs|css)$/.test(name)) return blockAndLineComments(source);
  return lineComments(source, /(?:^|\s)#(.*)$/);
}

function lineComments(source: string, comment: RegExp): string {
  return source
    .split('\n')
    .map((row) => comment.exec(row)?.[1] ?? '')
    .join('\n');
}

function blockAndLineComments(source: string): string {
  let inBlock = false;
  return source
    .split('\n')
    .map((row) => {
      const from = inBlock ? 0 : row.search(/(?:^|[\s{(])\/\*/);
      if (from < 0) return /(?:^|\s)\/\/(.*)$/.exec(row)?.[1] ?? '';
      const end = row.indexOf('*/', from);
      inBlock = end < 0;
      return end < 0 ? row.slice(from) : row.slice(from, end);
    })
    .join('\n');
}
