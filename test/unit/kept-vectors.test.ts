import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createFakeEmbedder } from '../support/fake-embedder.ts';
import { keepVectors } from '../support/kept-vectors.ts';

const hash = `unit-${randomUUID()}`;
afterEach(() => rm(join(tmpdir(), `lookgraph-test-vectors-${hash}`), { force: true }));

// The large suite's claims rest on these vectors.
it('gives back to the bit what an earlier run encoded, and encodes only what is new', async () => {
  const first = createFakeEmbedder();
  const kept = await keepVectors(first, hash);
  const dress = await kept.embedder.embedText('red dress');
  const picture = await kept.embedder.embedImage(Buffer.from('red dress'));
  await kept.save();

  const second = createFakeEmbedder();
  const again = await keepVectors(second, hash);
  expect(await again.embedder.embedText('red dress')).toEqual(dress);
  expect(await again.embedder.embedImage(Buffer.from('red dress'))).toEqual(picture);
  expect([second.texts, second.pictures]).toEqual([[], []]);
  await again.embedder.embedText('blue dress');
  expect(second.texts).toEqual(['blue dress']);
});

it('does not take a part of a picture for the whole', async () => {
  const embedder = createFakeEmbedder();
  const kept = await keepVectors(embedder, hash);
  const bytes = Buffer.from('picture');
  await kept.embedder.embedImage(bytes);
  await kept.embedder.embedImage(bytes, { region: { x: 0, y: 0, width: 0.5, height: 1 } });
  await kept.embedder.embedImage(bytes);
  expect(embedder.pictures).toHaveLength(2);
});
