import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** Everything that the tables and functions of a database are made of: under this name one is kept between runs. */
export function schemaHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['../../migrations/', '../../sql/functions/']) {
    const url = new URL(folder, import.meta.url);
    const names = readdirSync(url).filter((name) => name.endsWith('.sql'));
    for (const name of names.sort()) hash.update(name).update(readFileSync(new URL(name, url)));
  }
  return hash.digest('hex');
}
