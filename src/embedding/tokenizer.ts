import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PreTrainedTokenizer } from '@xenova/transformers';
import { AppError } from '../errors.ts';
import { type ModelFolder, TOKENIZER_CONFIG } from './model-manifest.ts';

/**
 * Text past this many UTF-16 units is not looked at. It lies beyond any context (at 77 tokens, these are 26 units each),
 * and splitting 10,000 into tokens was measured to hold up the event loop for up to 60 ms.
 */
const MAX_TEXT_LENGTH = 2_000;

/** Token ids, of which only the first `length` are the text's; the rest is padding. */
export interface TokenIds {
  readonly ids: readonly number[];
  readonly length: number;
}

export interface Tokenizer {
  /** What fills the end of shorter texts in a batch. */
  readonly padId: number;
  /**
   * @param text - as `tidyText` leaves it
   * @returns at most `contextLength` ids, from the start token to the end token; cut text keeps the end token
   */
  tokenize(text: string): TokenIds;
  /** @returns pieces of the whole text, without special tokens */
  count(text: string): number;
}

/** Text without what no model looks at: white space around it, repeated white space, and what lies beyond any context. */
export function tidyText(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().slice(0, MAX_TEXT_LENGTH);
}

/**
 * Opens tokenizer.json with the reference implementation in JavaScript; nothing is fetched.
 *
 * @throws AppError MODEL_INVALID
 */
export async function openTokenizer({ folder, manifest }: ModelFolder): Promise<Tokenizer> {
  const { tokenizer: file, contextLength, padding, lowercase } = manifest.text;
  const path = join(folder, file);
  const [json, config] = await Promise.all([readJson(path), readJson(join(folder, TOKENIZER_CONFIG))]);
  const tokenizer = await createTokenizer(path, json, config);
  const encode = (text: string): number[] => tokenizer(text, { return_tensor: false }).input_ids;
  // Of no text at all, only the special tokens remain.
  const special = encode('');
  const endId = special.at(-1);
  const padId = tokenizer.pad_token_id ?? endId;
  if (padId === undefined) {
    throw new AppError('MODEL_INVALID', `${path}: expected a padding or an end token, found neither`);
  }
  const encodeText = (text: string): number[] => encode(lowercase ? text.toLowerCase() : text);
  return {
    padId,
    count: (text) => encodeText(text).length - special.length,
    tokenize(text) {
      const all = encodeText(text);
      const ids = all.length <= contextLength ? all : cut(all, contextLength, endId);
      const length = ids.length;
      if (padding === 'none') return { ids, length };
      return { ids: [...ids, ...Array<number>(contextLength - length).fill(padId)], length };
    },
  };
}

async function createTokenizer(path: string, json: unknown, config: unknown): Promise<PreTrainedTokenizer> {
  // Here and not above: it brings along more code than everything else that a start loads, and whoever opens a model can load it
  // while a tower is loaded in its thread.
  const library = await import('@xenova/transformers');
  try {
    return new library.PreTrainedTokenizer(json, config);
  } catch (cause) {
    throw new AppError('MODEL_INVALID', `${path}: expected a tokenizer in Hugging Face's format, found another JSON`, {
      cause,
    });
  }
}

/** The first tokens and the end token: where the text towers read the meaning off. */
function cut(ids: readonly number[], contextLength: number, endId: number | undefined): number[] {
  return endId === undefined ? ids.slice(0, contextLength) : [...ids.slice(0, contextLength - 1), endId];
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new AppError('MODEL_INVALID', `${path}: expected a JSON file, found none that can be read`, { cause });
  }
}
