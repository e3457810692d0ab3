import { existsSync, readFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModelFolder } from '../../../src/embedding/model-manifest.ts';
import { openTokenizer, tidyText } from '../../../src/embedding/tokenizer.ts';
import { MINI_FOLDER, manifestOnly, SHARED_FOLDER } from '../../support/model-folders.ts';

interface Case {
  readonly text: string;
  readonly ids: number[];
}

const casesIn = (path: string | URL): Case[] => JSON.parse(readFileSync(path, 'utf8')).cases;

const MINI_CASES = casesIn(new URL('../../fixtures/tokenizer-mini.json', import.meta.url));
const CLIP_CASES = join(SHARED_FOLDER, 'fixtures/tokenizer-clip.json');

const openMini = async () => openTokenizer(await readModelFolder(MINI_FOLDER));

/** The bundled tokenizer under another manifest. */
async function openWith(text: object) {
  const folder = await manifestOnly((manifest) => Object.assign(manifest.text, text));
  for (const file of ['tokenizer.json', 'tokenizer_config.json']) await cp(join(MINI_FOLDER, file), join(folder, file));
  return openTokenizer(await readModelFolder(folder));
}

describe('tokenizer of lookgraph-mini', () => {
  it.each(MINI_CASES)('gives the ids of the reference for $text', async ({ text, ids }) => {
    expect((await openMini()).tokenize(text)).toEqual({ ids, length: ids.length });
  });

  it('cuts long text at the context, keeping the end token', async () => {
    const { ids } = (await openMini()).tokenize('red dress '.repeat(100));
    const [start, end] = [7133, 7134];
    expect(ids).toHaveLength(32);
    expect([ids[0], ids[31]]).toEqual([start, end]);
    expect(ids.slice(1, 31)).not.toContain(end);
  });

  it('takes text of any kind: emoji, lone surrogates, invisible characters', async () => {
    const tokenizer = await openMini();
    for (const text of ['👗', '\ud800', '\u200b', '\u0000', 'a'.repeat(2_000), '👗'.repeat(1_000)]) {
      const { ids } = tokenizer.tokenize(text);
      expect(ids.length).toBeGreaterThan(2);
      expect(ids.length).toBeLessThanOrEqual(32);
    }
  });
});

describe('tokenizer by manifest', () => {
  it('fills up to the context where the manifest asks for it, and says how many ids are the text', async () => {
    const { ids, length } = (await openWith({ padding: 'max', contextLength: 8 })).tokenize('red dress');
    expect(ids).toEqual([7133, 591, 804, 7134, 7134, 7134, 7134, 7134]);
    expect(length).toBe(4);
  });

  it('refuses a tokenizer that is none', async () => {
    const folder = await manifestOnly();
    const open = async () => openTokenizer(await readModelFolder(folder));
    const path = join(folder, 'tokenizer.json');
    await expect(open()).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    await writeFile(path, '{"model": "of cars"}');
    await writeFile(join(folder, 'tokenizer_config.json'), '{}');
    await expect(open()).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: `${path}: expected a tokenizer in Hugging Face's format, found another JSON`,
    });
    await writeFile(path, 'cut off {');
    await expect(open()).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: `${path}: expected a JSON file, found none that can be read`,
    });
  });
});

describe.skipIf(!existsSync(CLIP_CASES))('tokenizer of CLIP (needs ../shared)', () => {
  it('gives the ids of the reference', async () => {
    const folder = await manifestOnly((manifest) => Object.assign(manifest.text, { contextLength: 77 }));
    await cp(join(SHARED_FOLDER, 'fixtures/clip-tokenizer'), folder, { recursive: true });
    const tokenizer = await openTokenizer(await readModelFolder(folder));
    const cases = casesIn(CLIP_CASES);
    expect(cases.length).toBeGreaterThan(20);
    expect(cases.map(({ text }) => tokenizer.tokenize(text).ids)).toEqual(cases.map(({ ids }) => ids));
  });
});

describe('tidyText', () => {
  it('makes one space of white space and cuts what lies beyond any context', () => {
    expect(tidyText('  red \n\t dress ')).toBe('red dress');
    expect(tidyText(' \n ')).toBe('');
    expect(tidyText('word '.repeat(10_000))).toHaveLength(2_000);
  });
});
