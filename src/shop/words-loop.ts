import type { Logger } from 'pino';
import { analyzeWaiting, foldWords, isWaiting, settleWordIndexes } from '../catalog/words/analyze-words.ts';
import type { OpenDatabase } from '../database/database.ts';
import type { ShopWords } from '../words/shop-words.ts';
import { type BackgroundLoop, createBackgroundLoop } from './background-loop.ts';

/** How soon a change made in SQL is noticed: two looks at an index. */
const POLL_MS = 5_000;

/**
 * Keeps the words of products right in the background: analyses at once what an older program or other settings have left, and from then on what SQL changes. The first run alone looks for other
 * versions: two servers of different settings would otherwise undo each other's work for ever.
 */
export function createWordsLoop(deps: {
  db: OpenDatabase['db'];
  words: ShopWords;
  logger: Logger;
}): Pick<BackgroundLoop, 'wake' | 'close'> {
  const { db, logger } = deps;
  let changesOnly = false;
  const loop = createBackgroundLoop({
    what: 'analysing words',
    logger,
    async run(signal) {
      const products = await analyzeWaiting(deps, { signal, changesOnly });
      if (products > 0) logger.info({ products }, 'analysed the words of products that waited for it');
      if (!signal.aborted) changesOnly = true;
      await foldWords(db);
      await settleWordIndexes(db);
    },
  });
  let looking = false;
  const timer = setInterval(() => void look(), POLL_MS).unref();

  /** One look at a time. A database that does not answer is told by the next run. */
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      if (await isWaiting(db)) loop.wake();
    } catch {
      loop.wake();
    } finally {
      looking = false;
    }
  }

  return {
    wake: loop.wake,
    async close() {
      clearInterval(timer);
      await loop.close();
    },
  };
}
