import { readModelFolder } from '../src/embedding/model-manifest.ts';
import { openEmbedder } from '../src/embedding/open-embedder.ts';
import { preprocessPicture } from '../src/embedding/preprocess-picture.ts';
import { type Benchmark, rounded } from './benchmark.ts';
import { benchModels } from './encoder/models.ts';
import { photo } from './encoder/photo.ts';
import { timeTurns } from './encoder/turns.ts';

/** Of each, at least, unless --queries says otherwise. */
const TURNS = 10;
const PICTURES = [
  { name: '60 x 80 JPEG', width: 60, height: 80, format: 'jpeg' },
  { name: '348 x 348 JPEG', width: 348, height: 348, format: 'jpeg' },
  { name: '1 megapixel JPEG', width: 1152, height: 868, format: 'jpeg' },
  { name: '1 megapixel PNG', width: 1152, height: 868, format: 'png' },
  { name: '1 megapixel WebP', width: 1152, height: 868, format: 'webp' },
  { name: '12 megapixels JPEG', width: 4032, height: 3024, format: 'jpeg' },
] as const;

export const benchmark: Benchmark = {
  question:
    "How long does a picture take until a model can encode it (decoding, scaling, to the model's pixels), beside the whole way to its vector?",
  async run({ queries: turns = TURNS, say }) {
    const { models, remove } = await benchModels(say);
    const rows = [];
    try {
      for (const model of models) {
        const { manifest } = await readModelFolder(model.folder);
        const embedder = await openEmbedder({ folder: model.folder });
        for (const picture of PICTURES) {
          say(`${model.name}, ${picture.name}`);
          const bytes = await photo(picture);
          const preparing = await timeTurns(turns, () => preprocessPicture(bytes, manifest.vision));
          // As an import: what a query embeds is kept, and answered from memory the second time.
          const embedding = await timeTurns(turns, () => embedder.embedImage(bytes, { priority: 'import' }));
          rows.push({
            model: model.name,
            picture: picture.name,
            KiB: rounded(bytes.length / 1024),
            'prepared ms': rounded(preparing.fastestMs),
            'prepared ms, median': rounded(preparing.medianMs),
            'prepared, processor ms': rounded(preparing.processorMs),
            'to its vector ms': rounded(embedding.fastestMs),
            'to its vector ms, median': rounded(embedding.medianMs),
            'to its vector, processor ms': rounded(embedding.processorMs),
          });
        }
        await embedder.close();
      }
    } finally {
      await remove();
    }
    return { setting: { turns }, rows };
  },
};
