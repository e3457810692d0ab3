import { createHash } from 'node:crypto';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { type Embedding, normalise } from '../../src/embedding-vector.ts';
import { lookAtNothing } from './plain-look.ts';

/** An embedder without a model: the same bytes or text always give the same vector, others another. Remembers what it was asked. */
export interface FakeEmbedder extends Embedder {
  /** Texts, and SHA-256 of pictures, in the order of asking. */
  readonly texts: string[];
  readonly pictures: string[];
}

export interface FakeEmbedderOptions {
  readonly name?: string;
  readonly dimensions?: number;
  /** Runs before a picture or text is encoded; what it throws is thrown. */
  /** (nothing is blank, and nothing is to be trimmed) */
  readonly lookAt?: Embedder['lookAtImage'];
  readonly before?: (asked: { bytes?: Uint8Array; text?: string }) => Promise<void> | void;
}

export function createFakeEmbedder(options: FakeEmbedderOptions = {}): FakeEmbedder {
  const { name = 'fake', dimensions = 8, before = () => {} } = options;
  const texts: string[] = [];
  const pictures: string[] = [];
  return {
    model: { name, version: '1', dimensions, manifestHash: sha256(`${name} ${dimensions}`) },
    texts,
    pictures,
    async embedText(text) {
      texts.push(text);
      await before({ text });
      return fakeVector(text, dimensions);
    },
    async embedImage(bytes) {
      pictures.push(sha256(bytes));
      await before({ bytes });
      return fakeVector(bytes, dimensions);
    },
    countTokens: (text) => Math.ceil(text.length / 4),
    lookAtImage: options.lookAt ?? lookAtNothing,
    async close() {},
  };
}

/** What the fake embedder gives for this. */
export function fakeVector(content: string | Uint8Array, dimensions = 8): Embedding {
  const digest = createHash('sha512').update(content).digest();
  return normalise(Array.from({ length: dimensions }, (_, i) => (digest[i % 64] as number) - 127.5));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
