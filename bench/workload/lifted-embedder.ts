import type { Embedder } from '../../src/embedding/embedder.ts';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import type { Embedding } from '../../src/embedding-vector.ts';
import { FASHION_MODEL } from '../../test/support/fashion.ts';
import { RECIPE } from './recipe.ts';
import { randomLift } from './rotation.ts';

/**
 * The bundled model, its vectors turned into the workload's space by the rotation that the parents' went through: so any text and any picture can be asked, as in a shop, and what encoding
 * takes is counted. Turning takes some 0.4 ms more, once for each text that is remembered.
 */
export async function openLiftedEmbedder(): Promise<Embedder> {
  const embedder = await openEmbedder({ folder: FASHION_MODEL });
  const lift = randomLift(embedder.model.dimensions, RECIPE.dimensions, RECIPE.seed);
  /** The embedder gives the same vector again for a text that it remembers. */
  const known = new WeakMap<Embedding, Embedding>();
  const lifted = (vector: Embedding): Embedding => {
    const before = known.get(vector);
    if (before !== undefined) return before;
    const made = lift(vector) as Embedding;
    known.set(vector, made);
    return made;
  };
  return {
    model: { ...embedder.model, dimensions: RECIPE.dimensions },
    embedText: async (text, options) => lifted(await embedder.embedText(text, options)),
    embedImage: async (bytes, options) => lifted(await embedder.embedImage(bytes, options)),
    countTokens: (text) => embedder.countTokens(text),
    lookAtImage: (bytes, options) => embedder.lookAtImage(bytes, options),
    close: () => embedder.close(),
  };
}
