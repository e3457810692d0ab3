import { readFileSync } from 'node:fs';

/** A block of code in a document. */
export interface Example {
  /** Where it is: `README.md, line 31`. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a document of the project. */
export function examplesOf(document: string): Example[] {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((match) => ({
    place: `${document}, line ${text.slice(0, match.index).split('\n').length}`,
    language: match[1] ?? '',
    code: match[2] ?? '',
  }));
}
