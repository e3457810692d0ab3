import { existsSync } from 'node:fs';
import path from 'node:path';
import { countWaiting } from '../catalog/words/analyze-words.ts';
import type { Config } from '../config.ts';
import { type OpenDatabase, openDatabase } from '../database/database.ts';
import { type ActiveModel, findActiveModel, listEmbeddingModels } from '../database/embedding-models.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { READER_ROLE, type ReaderRoleState, readerRoleState } from '../database/reader-role.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { folderOfShopModel } from '../shop/shop-model.ts';
import { openShopWords } from '../words/shop-words.ts';
import type { Finding } from './finding.ts';

/** Comparing all vectors stays fast up to about here: 13 ms for 44,072 of 256 dimensions. */
const EXACT_IS_FAST_UP_TO = 50_000;

const REMEDIES: Partial<Record<ErrorCode, string>> = {
  DATABASE_UNAVAILABLE: 'start PostgreSQL, or correct DATABASE_URL',
  DATABASE_UNSUITABLE: 'update what the line above names, or type what it says',
  DATABASE_LOCKED: 'stop that process to look at the database, or ask the running server: GET /readyz',
};

/** The database, its migrations, and the model and indexes in it. What cannot be looked at after a failure is left out. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  const check = 'database';
  if (config.databaseUrl === undefined && !existsSync(path.join(config.dataFolder, 'postgres'))) {
    return [{ check, status: 'ok', found: 'none yet: the first start makes the embedded one' }];
  }
  let database: OpenDatabase;
  try {
    database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
  } catch (error) {
    return [failure(check, error)];
  }
  try {
    const warnings = database.warnings.map(
      (warning): Finding => ({ check, status: 'warn', found: warning, remedy: 'update pgvector' }),
    );
    const opened: Finding = { check, status: 'ok', found: `${database.version}, ${database.kind}` };
    return [opened, ...warnings, ...(await checkContents(database.db, config))];
  } finally {
    await database.close();
  }
}

async function checkContents(db: OpenDatabase['db'], config: Config): Promise<Finding[]> {
  const check = 'migrations';
  try {
    const pending = await pendingMigrations(db);
    if (pending.length > 0) {
      return [
        {
          check,
          status: 'warn',
          found: `to be applied: ${pending.join(', ')}`,
          remedy: 'lookgraph migrate (start does it too)',
        },
      ];
    }
  } catch (error) {
    return [failure(check, error)];
  }
  const model = await findActiveModel(db);
  const migrated: Finding = { check, status: 'ok', found: 'all applied' };
  const role = describeReaderRole(await readerRoleState(db));
  const words = await checkWords(db, config);
  if (!model)
    return [
      migrated,
      role,
      words,
      { check: 'active model', status: 'ok', found: 'none yet: the first start chooses it' },
    ];
  return [migrated, role, words, await checkModelOfShop(model), ...(await checkVectors(db, model))];
}

/** Whether products are found by the words of this program and these settings. */
async function checkWords(db: OpenDatabase['db'], config: Config): Promise<Finding> {
  const check = 'words';
  const waiting = await countWaiting({ db, words: await openShopWords(config) });
  if (waiting === 0) return { check, status: 'ok', found: `of all products, in ${config.languages.join(', ')}` };
  return {
    check,
    status: 'warn',
    found: `of ${waiting.toLocaleString('en')} products wait to be analysed, after a change in SQL, of the program or of its settings`,
    remedy: 'start the server: it analyses them in the background; or lookgraph maintain',
  };
}

/** Whether analysts can be let in; without it the shop works all the same. */
function describeReaderRole(state: ReaderRoleState): Finding {
  const check = 'reader role';
  switch (state) {
    case 'READY':
      return { check, status: 'ok', found: `${READER_ROLE} may read the schema analytics` };
    case 'UNGRANTED':
      return { check, status: 'warn', found: `${READER_ROLE} may not read the schema analytics`, remedy: GRANT };
    case 'MISSING':
      return {
        check,
        status: 'warn',
        found: `there is no role ${READER_ROLE}: whoever migrated the database may not make roles`,
        remedy: `as a superuser: create role ${READER_ROLE} nologin; then ${GRANT}`,
      };
  }
}

const GRANT = 'select grant_analytics(); as the owner of the tables';

/** Whether models/ holds the model that made the shop's vectors. */
async function checkModelOfShop(model: ActiveModel): Promise<Finding> {
  const check = 'active model';
  try {
    await folderOfShopModel(model);
    return { check, status: 'ok', found: `${model.name} ${model.version}, ${model.dimensions} dimensions` };
  } catch (error) {
    return failure(check, error);
  }
}

async function checkVectors(db: OpenDatabase['db'], model: ActiveModel): Promise<Finding[]> {
  const { embedded = 0, total = 0 } = (await listEmbeddingModels(db)).find(({ id }) => id === model.id) ?? {};
  const count = `${embedded.toLocaleString('en')} of ${total.toLocaleString('en')} pictures`;
  const vectors: Finding =
    embedded >= total
      ? { check: 'vectors', status: 'ok', found: count }
      : {
          check: 'vectors',
          status: 'warn',
          found: count,
          remedy: 'start the server: it embeds the others in the background',
        };
  const index: Finding =
    model.indexed || embedded <= EXACT_IS_FAST_UP_TO
      ? {
          check: 'vector index',
          status: 'ok',
          found: model.indexed ? 'stands' : 'none yet; so few vectors are fast without',
        }
      : {
          check: 'vector index',
          status: 'warn',
          found: 'missing: every search compares all vectors',
          remedy: `lookgraph models build ${model.name} makes it`,
        };
  return [vectors, index];
}

/** @throws what is no AppError: a defect of ours is not a finding */
function failure(check: string, error: unknown): Finding {
  if (!(error instanceof AppError)) throw error;
  const status = error.code === 'DATABASE_LOCKED' ? 'warn' : 'fail';
  const remedy = REMEDIES[error.code];
  return { check, status, found: error.message, ...(remedy !== undefined && { remedy }) };
}
