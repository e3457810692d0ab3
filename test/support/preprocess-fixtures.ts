import { readFileSync } from 'node:fs';

/** One picture of test/fixtures/preprocess with what Pillow makes of it. */
export interface PreprocessCase {
  readonly name: string;
  readonly note: string;
  readonly bytes: Buffer;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  /** uint8 [224, 224, 3], the crop rule. */
  readonly clip224: Buffer;
  /** uint8 [96, 96, 3], the squash rule. */
  readonly square96: Buffer;
}

const FOLDER = new URL('../fixtures/preprocess/', import.meta.url);

const index = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as {
  cases: { input: string; note: string; upright_size: [number, number]; clip224: string; square96: string }[];
};

const read = (path: string) => readFileSync(new URL(path, FOLDER));

export const PREPROCESS_CASES: readonly PreprocessCase[] = index.cases.map((found) => ({
  name: found.input.replace('inputs/', ''),
  note: found.note,
  bytes: read(found.input),
  width: found.upright_size[0],
  height: found.upright_size[1],
  clip224: read(found.clip224),
  square96: read(found.square96),
}));

/** @param name - of a file in test/fixtures/preprocess/inputs */
export function fixturePicture(name: string): Buffer {
  return read(`inputs/${name}`);
}
