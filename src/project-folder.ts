import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where package.json is, and beside it migrations/, models/, schema.graphql and the built page. Looked for upwards, since compiled files lie one folder deeper than their source. */
const PROJECT_FOLDER = findProjectFolder(new URL('./', import.meta.url));

function findProjectFolder(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder;
  const above = new URL('../', folder);
  if (above.href === folder.href) throw new Error(`no package.json above ${fileURLToPath(import.meta.url)}`);
  return findProjectFolder(above);
}

/**
 * The absolute path of a file or folder that comes with the program.
 *
 * @param name - below the project's folder: `migrations/`, `schema.graphql`
 */
export function projectPath(name: string): string {
  return fileURLToPath(new URL(name, PROJECT_FOLDER));
}
