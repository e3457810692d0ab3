import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Embedder } from '../../src/embedding/embedder.ts';
import type { Embedding } from '../../src/embedding-vector.ts';

/** SHA-256 of what was encoded, in front of its vector. */
const KEY_BYTES = 32;

/**
 * An embedder that encodes nothing a second time, over all runs: encoding is nine tenths of an import, and a change to anything else than the encoder leaves its
 * vectors as they are. They lie in the system's temporary folder and may be deleted at any time while no test runs.
 *
 * @param hash - of model and encoder: others share no vectors
 * @returns `save` writes down what was encoded; pictures of which a region or a view was asked for are not kept
 */
export async function keepVectors(
  { model, embedText, embedImage, lookAtImage, countTokens, close }: Embedder,
  hash: string,
): Promise<{ embedder: Embedder; save(): Promise<void> }> {
  const file = path.join(tmpdir(), `lookgraph-test-vectors-${hash}`);
  const kept = existsSync(file) ? unpack(await readFile(file), model.dimensions) : new Map<string, Embedding>();
  const before = kept.size;
  const once = async (content: string | Uint8Array, encode: () => Promise<Embedding>) => {
    const key = createHash('sha256').update(content).digest('hex');
    const vector = kept.get(key) ?? (await encode());
    kept.set(key, vector);
    return vector;
  };
  return {
    embedder: {
      model,
      embedText: (text, options) => once(`text ${text}`, () => embedText(text, options)),
      embedImage: (bytes, options) =>
        options?.region === undefined && options?.view === undefined
          ? once(bytes, () => embedImage(bytes, options))
          : embedImage(bytes, options),
      lookAtImage,
      countTokens,
      close,
    },
    async save() {
      if (kept.size === before) return;
      const unfinished = `${file}.${randomUUID()}`;
      await writeFile(unfinished, pack(kept));
      await rename(unfinished, file);
    },
  };
}

function pack(vectors: ReadonlyMap<string, Embedding>): Buffer {
  return Buffer.concat(
    [...vectors].flatMap(([key, vector]) => [
      Buffer.from(key, 'hex'),
      Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
    ]),
  );
}

/** They are of length 1 already, and are given back to the bit. */
function unpack(bytes: Buffer, dimensions: number): Map<string, Embedding> {
  const recordBytes = KEY_BYTES + dimensions * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.length % recordBytes !== 0) throw new Error(`expected vectors of ${dimensions} dimensions, found others`);
  const vectors = new Map<string, Embedding>();
  for (let at = 0; at < bytes.length; at += recordBytes) {
    const vector = new Uint8Array(bytes.subarray(at + KEY_BYTES, at + recordBytes));
    vectors.set(bytes.toString('hex', at, at + KEY_BYTES), new Float32Array(vector.buffer) as Embedding);
  }
  return vectors;
}
