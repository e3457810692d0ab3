import * as schema from '../src/database/applied-schema.ts';
import * as leisure from '../src/database/at-leisure.ts';
import * as counts from '../src/database/catalog-count-statements.ts';
import * as scatter from '../src/database/cluster-scatter.ts';
import * as cursors from '../src/database/cursor-key.ts';
import * as versions from '../src/database/database-version.ts';
import * as models from '../src/database/embedding-model-statements.ts';
import type { EmbeddingModelRow } from '../src/database/embedding-models.ts';
import * as statistics from '../src/database/embedding-statistics.ts';
import { COSTS_ELSEWHERE, SCATTER_ELSEWHERE } from '../src/database/measurements.ts';
import * as skus from '../src/database/product-skus.ts';
import * as role from '../src/database/reader-role.ts';
import * as costs from '../src/database/scan-cost-statements.ts';
import { SCAN_OPTIONS, SESSION_SETTINGS } from '../src/database/session-settings.ts';
import * as sessions from '../src/database/settle-session.ts';
import * as sketches from '../src/database/sketches.ts';
import * as clusters from '../src/database/vector-clusters.ts';
import * as indexes from '../src/database/vector-indexes.ts';
import * as vectors from '../src/database/vector-sql.ts';
import { embeddingModelId, imageId, productId } from '../src/identifiers.ts';
import type { SampleStatements } from './statement-docs.ts';

/** The bundled model. */
export const MODEL: EmbeddingModelRow = {
  id: embeddingModelId('0'.repeat(64)),
  name: 'lookgraph-mini',
  version: '1.0.0',
  manifestHash: '0'.repeat(64),
  dimensions: 256,
  state: 'ACTIVE',
  imageTable: 'image_embedding_lookgraph_mini',
  textTable: 'text_embedding_lookgraph_mini',
};

const ROW: models.ModelColumns = {
  id: MODEL.id,
  name: MODEL.name,
  version: MODEL.version,
  manifest_hash: MODEL.manifestHash,
  dimensions: MODEL.dimensions,
  state: MODEL.state,
  image_table: MODEL.imageTable,
  text_table: MODEL.textTable,
};

const TABLES: costs.MeasuredTables = { imageTable: MODEL.imageTable, sketchTable: sketches.sketchTableOf(MODEL) };
const PRODUCT = productId('SKU-1');
const PROBE: costs.Probe = { product_id: PRODUCT, image_id: imageId(PRODUCT, 'https://shop.example/1.jpg') };
const CLUSTERS = { clusters: [1, 2, 3], limit: 400 };

/** Each statement of src/database, by the name of its builder. */
export const databaseStatements: SampleStatements = {
  databaseVersions: () => versions.databaseVersions(),
  schemaRecords: () => schema.schemaRecords(),
  appliedMigrations: () => schema.appliedMigrations(),
  appliedScripts: () => schema.appliedScripts(),
  lockSchema: () => schema.lockSchema(),
  createMigrationTable: () => schema.createMigrationTable(),
  recordMigration: () => schema.recordMigration('0001_products', new Date(0)),
  forgetMigrations: () => schema.forgetMigrations(),
  recordScript: () => schema.recordScript({ name: '20_words', hash: '0'.repeat(64) }, '0.1.0'),

  settleSession: () => sessions.settleSession({ settings: SESSION_SETTINGS, processId: 4711 }),
  liftTimeLimit: () => leisure.liftTimeLimit(),
  setScanOptions: () => vectors.setScanOptions(SCAN_OPTIONS),
  insertCursorKey: (db) => cursors.insertCursorKey(db, Buffer.alloc(32)),
  cursorKey: (db) => cursors.cursorKey(db),
  readerRole: () => role.readerRole(),

  lockModels: () => models.lockModels(),
  variantsOfSkus: (db) => skus.variantsOfSkus(db, ['SKU-1', 'SKU-2']),
  registeredModels: (db) => models.registeredModels(db),
  activeModelId: (db) => models.activeModelId(db),
  insertModel: (db) => models.insertModel(db, ROW),
  createEmbeddingTables: () => models.createEmbeddingTables(ROW),
  searchableModel_active: (db) => models.searchableModel(db, 'ACTIVE'),
  searchableModel_compared: (db) => models.searchableModel(db, MODEL),
  anyPictureless: () => models.anyPictureless(MODEL.textTable),
  countEmbeddablePictures: () => models.countEmbeddablePictures(),
  countEmbeddedPictures: () => models.countEmbeddedPictures(MODEL.imageTable),
  retireOtherModels: (db) => models.retireOtherModels(db, MODEL.id),
  activateModel: (db) => models.activateModel(db, MODEL.id),

  storeStatistic_text: () => statistics.storeStatistic(MODEL, 'TEXT_IMAGE'),
  storeStatistic_picture: () => statistics.storeStatistic(MODEL, 'IMAGE_IMAGE'),
  storeStatistic_texts: () => statistics.storeStatistic(MODEL, 'TEXT_TEXT'),
  storeStatistic_composed: () => statistics.storeStatistic(MODEL, 'COMPOSED'),
  measuredStatistic: (db) => statistics.measuredStatistic(db, MODEL),

  currencyCounts: () => counts.currencyCounts(),
  attributeCounts: () => counts.attributeCounts(10_000),
  keptCount: (db) => counts.keptCount(db, 'CURRENCIES'),
  keepCount: (db) =>
    counts.keepCount(db, { name: 'CURRENCIES', counts: [{ currency: 'USD', products: 12 }], milliseconds: 4 }),

  lockIndexes: () => indexes.lockIndexes(),
  indexState: () => indexes.indexState(MODEL.imageTable),
  embeddingColumn: () => indexes.embeddingColumn(MODEL.imageTable),
  indexBuildSettings: () => indexes.indexBuildSettings({ memory: 2 ** 28, embedded: false }),
  createHnswIndex: () => vectors.createHnswIndex(MODEL.imageTable, 'halfvec', undefined),
  dropHnswIndex: () => vectors.dropHnswIndex(MODEL.imageTable),
  analyzeTable: () => indexes.analyzeTable(MODEL.imageTable),

  sketchState: () => sketches.sketchState(MODEL),
  lockSketches: () => sketches.lockSketches('256MB'),
  makeSketches: () => sketches.makeSketches(MODEL),
  countClusterValues: () => sketches.countClusterValues(MODEL),
  giveUpSketches: () => sketches.giveUpSketches(MODEL),
  dropSketchTable: () => sketches.dropSketchTable(MODEL),
  clustersAfter: (db) => clusters.clustersAfter(db, MODEL.id, 200),
  valuesAfter: (db) => clusters.valuesAfter(db, MODEL.id, { field: 'ATTRIBUTE', name: 'color', value: 'Red' }),

  picturesToProbe: () => costs.picturesToProbe(MODEL.imageTable, 5),
  clustersToProbe: () => costs.clustersToProbe(MODEL.id, 20_000),
  pricesToGather: () => costs.pricesToGather(MODEL.id, 10_000),
  probeClusters: () => costs.probeClusters(TABLES, PROBE, CLUSTERS),
  gatherPrices: () => costs.gatherPrices(TABLES, PROBE, { range: { lowest: '10', highest: '20' }, limit: 400 }),
  compareVectors: () => costs.compareVectors(TABLES, PROBE, CLUSTERS),
  forbidSequentialScans: () => costs.forbidSequentialScans(),
  walkIndex: () => costs.walkIndex(TABLES, PROBE, 250),
  commonestAttribute: () => costs.commonestAttribute(MODEL.id),
  onlyBitmaps: () => costs.onlyBitmaps(true),
  explainLookup_prices: () => costs.explainLookup(TABLES.sketchTable, { lowest: '10', highest: '20' }),
  explainLookup_attribute: () => costs.explainLookup(TABLES.sketchTable, { name: 'color', value: 'Red' }),
  storeScanCosts: (db) => costs.storeScanCosts(db, MODEL.id, COSTS_ELSEWHERE),
  clusterScatter: () => scatter.clusterScatter(MODEL, TABLES.sketchTable),
  storeClusterScatter: (db) => scatter.storeClusterScatter(db, MODEL.id, SCATTER_ELSEWHERE),
};
