import { openEmbedder } from '../../src/embedding/open-embedder.ts';

/** Run as a program of its own: exits with code 3 as soon as the first of many texts is encoded, the others still waiting. */
const [, , folder = ''] = process.argv;
const embedder = await openEmbedder({ folder });
const texts = Array.from({ length: 200 }, (_, at) => embedder.embedText(`dress ${at}`));
await Promise.race(texts);
process.exit(3);
