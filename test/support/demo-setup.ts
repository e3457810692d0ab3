/** Draws the demo shop before the tests that need its pictures: two minutes of a core, once for all of them, and kept between runs. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { writeDemoShop } from '../../demo/demo-shop.ts';
import { hashOf, keptFolder } from './kept.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with `pictures/` and `customer-photos/` as writeDemoShop draws them; no feed, which it still has to write. */
    drawnPictures: string;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('drawnPictures', await drawnPictures());
}

/** The folder of drawn pictures; made if it is not there. */
export function drawnPictures(): Promise<string> {
  return keptFolder('pictures', hashOf(['demo'], ['sharp']), async (folder) => {
    const { feed } = await writeDemoShop({ folder });
    await rm(feed);
    await rm(path.join(folder, 'customer-photos', 'queries.tsv'));
  });
}
