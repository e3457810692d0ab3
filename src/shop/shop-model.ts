import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { OpenDatabase } from '../database/database.ts';
import {
  type EmbeddingModelRow,
  hasActiveModel,
  listEmbeddingModels,
  registerEmbeddingModel,
} from '../database/embedding-models.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { filesOf, type ModelFolder, readModelFolder } from '../embedding/model-manifest.ts';
import { openEmbedder } from '../embedding/open-embedder.ts';
import { verifyModelFiles } from '../embedding/verify-model.ts';
import { AppError, show } from '../errors.ts';
import { projectPath } from '../project-folder.ts';

/** Where models lie. */
export const MODELS_FOLDER = projectPath('models/');

/** @param name - of a folder under models/ */
export function modelFolder(name: string): string {
  return path.join(MODELS_FOLDER, name);
}

/** The names of all folders under models/, whether or not their files are whole. */
export async function listModelFolders(): Promise<string[]> {
  const entries = await readdir(MODELS_FOLDER, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Whether its files are there; whether they are the right ones, opening it tells. */
export function isDownloaded({ folder, manifest }: ModelFolder): boolean {
  return filesOf(manifest).every(({ file }) => existsSync(path.join(folder, file)));
}

/**
 * The folder of a model that the shop has vectors of, as long as it holds the very model that made them.
 *
 * @throws AppError MODEL_INVALID when the folder is missing or holds another model
 */
export async function folderOfShopModel(row: EmbeddingModelRow): Promise<ModelFolder> {
  const found = await readModelFolder(modelFolder(row.name));
  if (found.model.manifestHash === row.manifestHash) return found;
  throw new AppError(
    'MODEL_INVALID',
    `the shop's vectors were made by ${row.name} ${row.version} (manifest ${row.manifestHash.slice(0, 12)}), but ` +
      `${found.folder} holds ${found.model.name} ${found.model.version} (manifest ${found.model.manifestHash.slice(0, 12)}). ` +
      `Restore that folder, or embed the shop anew: lookgraph models build ${row.name}, then lookgraph models activate ${row.name}`,
  );
}

/** @throws AppError MODEL_INVALID when the folder is missing, broken, or holds another model */
export async function openEmbedderOfShop(row: EmbeddingModelRow): Promise<Embedder> {
  const { folder } = await folderOfShopModel(row);
  return openEmbedder({ folder });
}

/**
 * Registers a model under models/ with the shop, after its files were found whole: ACTIVE if the shop had none, else BUILDING.
 *
 * @throws AppError MODEL_INVALID
 */
export async function registerModelFolder(db: OpenDatabase['db'], name: string): Promise<EmbeddingModelRow> {
  const found = await readModelFolder(modelFolder(name));
  await verifyModelFiles(found);
  return registerEmbeddingModel(db, found.model);
}

/** Gives a new shop its model; an existing one keeps its own, whatever `name` says. */
export async function ensureActiveModel(db: OpenDatabase['db'], name: string): Promise<void> {
  if (!(await hasActiveModel(db))) await registerModelFolder(db, name);
}

/**
 * The model of this name that the shop has vectors of; of several versions the one whose manifest lies under models/.
 *
 * @throws AppError NOT_FOUND
 */
export async function findShopModel(
  db: OpenDatabase['db'],
  name: string,
): Promise<EmbeddingModelRow & { embedded: number; total: number }> {
  const models = await listEmbeddingModels(db);
  const named = models.filter((model) => model.name === name);
  const [only] = named;
  if (only === undefined) {
    const known = models.map((model) => model.name).join(', ') || 'none';
    throw new AppError(
      'NOT_FOUND',
      `the shop has no vectors of a model ${show(name)}; it has ${known}. lookgraph models build makes them`,
    );
  }
  if (named.length === 1) return only;
  const { model } = await readModelFolder(modelFolder(name));
  return named.find((row) => row.manifestHash === model.manifestHash) ?? only;
}
