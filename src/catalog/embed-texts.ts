import { atLeisure } from '../database/at-leisure.ts';
import { formatVector } from '../database/vector-sql.ts';
import { inBatches, mapStream } from './async-steps.ts';
import type { EmbedDeps } from './embed-deps.ts';
import { ENCODES_AT_ONCE, VECTORS_A_WRITE, WORK_A_PAGE, WRITES_AT_ONCE, whenNotOverloaded } from './embedding-pace.ts';
import {
  FIRST_KEY,
  type TextToEmbed,
  type TextVector,
  textsWithoutVector,
  writeTextVectors,
} from './embedding-statements.ts';

/**
 * Embeds the texts of products that lack a vector of this model, or have one of another text. Returns early when the signal is aborted;
 * what was encoded by then is written.
 */
export async function embedTexts(
  { db, model, embedder }: EmbedDeps,
  options: { signal: AbortSignal | undefined; report: (done: { textsEmbedded: number }) => Promise<void> },
): Promise<void> {
  const { signal } = options;

  async function* find(): AsyncGenerator<TextToEmbed> {
    for (let afterProductId = FIRST_KEY.productId; ; ) {
      const page = await textsWithoutVector(db, model, { afterProductId, limit: WORK_A_PAGE }).execute();
      const last = page.at(-1);
      if (last === undefined) return;
      afterProductId = last.productId;
      for (const text of page) {
        if (signal?.aborted) return;
        yield text;
      }
    }
  }

  async function encode({ productId, text, textHash }: TextToEmbed): Promise<TextVector | undefined> {
    try {
      const embedText = () => embedder.embedText(text, { priority: 'import', ...(signal && { signal }) });
      return { productId, textHash, vector: formatVector(await whenNotOverloaded(embedText, signal)) };
    } catch (error) {
      if (signal?.aborted) return undefined;
      throw error;
    }
  }

  async function write(batch: readonly (TextVector | undefined)[]): Promise<void> {
    const encoded = batch.filter((text) => text !== undefined);
    // While another process builds the index, rows wait for it.
    await atLeisure(db, (transaction) => writeTextVectors(model, encoded).execute(transaction));
    await options.report({ textsEmbedded: encoded.length });
  }

  const encoded = mapStream(find(), ENCODES_AT_ONCE, encode);
  for await (const _ of mapStream(inBatches(encoded, VECTORS_A_WRITE), WRITES_AT_ONCE, write));
}
