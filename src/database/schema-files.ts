import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { projectPath } from '../project-folder.ts';

/** One file of SQL statements. */
export interface SchemaFile {
  /** Of the file, without `.sql`. */
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly hash: string;
}

/** What a program makes of a database. */
export interface SchemaSource {
  /** The folder of migrations, applied once each in the order of their names; `upgrade/` in it leads from older ones. */
  readonly migrations: URL;
  /** The folder of scripts that define functions, triggers and views, applied after migrations, in the order of their names, each when its text has changed. */
  readonly functions: URL;
  /** The program's version, as in package.json. */
  readonly version: string;
}

/** This program's. */
export const PROGRAM_SCHEMA: SchemaSource = {
  migrations: pathToFileURL(projectPath('migrations/')),
  functions: pathToFileURL(projectPath('sql/functions/')),
  version: (JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string }).version,
};

/** The `.sql` files of a folder, those of folders in it left out, in the order of their names. */
export async function readSchemaFiles(folder: URL): Promise<SchemaFile[]> {
  const names = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map((name) => readSchemaFile(new URL(name, folder), name.slice(0, -'.sql'.length))));
}

async function readSchemaFile(file: URL, name: string): Promise<SchemaFile> {
  const text = await readFile(file, 'utf8');
  return { name, text, hash: createHash('sha256').update(text).digest('hex') };
}
