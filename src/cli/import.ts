import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { type FeedSource, inTemporaryFolder, nameOfSource, withLocalFeed } from '../catalog/feed/feed-source.ts';
import { createFeedFetcher } from '../catalog/feed/fetch-feed.ts';
import { type FeedMapping, parseMapping } from '../catalog/feed/mapping.ts';
import { previewFeed } from '../catalog/feed/preview-feed.ts';
import type { FeedOptions } from '../catalog/feed/read-prices.ts';
import { readGoogleTaxonomy } from '../catalog/feed/values/google-taxonomy.ts';
import { writeFeed } from '../catalog/feed/write-feed.ts';
import type { ImportProgress, ImportRequest } from '../catalog/import-feed.ts';
import type { ImportReport } from '../catalog/import-report.ts';
import type { Config } from '../config.ts';
import { findEmbeddedServer } from '../database/embedded-lock.ts';
import { AppError } from '../errors.ts';
import { importByServer } from './handed-import.ts';
import { printPreview } from './import-preview.ts';
import { printJson, printLine, printNote } from './print.ts';
import { createProgress, type Progress } from './progress.ts';
import { type CommandContext, EXIT_INTERRUPTED, runCommand } from './run-command.ts';

/** Finished, but some rows, fields or pictures failed. */
const EXIT_PARTLY = 3;
const PROBLEMS_SHOWN = 10;

/** Of `lookgraph import`. */
export interface ImportOptions {
  readonly json?: boolean;
  readonly currency?: string;
  readonly locale?: string;
  readonly deleteMissing?: boolean;
  readonly expireMissing?: boolean;
  readonly yes?: boolean;
  /** The file of a mapping. */
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly refetch?: boolean;
}

/** `lookgraph import FEED`: a file, `-` or an address. */
export async function runImport(feed: string, options: ImportOptions): Promise<void> {
  await runCommand(async (context) => {
    const mapping = options.map === undefined ? undefined : await readMapping(options.map);
    const feedOptions = { currency: options.currency, locale: options.locale, mapping };
    return withFeed(feed, (source) =>
      options.dryRun
        ? preview(source, feed, feedOptions, options, context)
        : importInto(source, { ...options, command: commandOf(feed, options), feedOptions }, context),
    );
  }, options);
}

/** Standard input is put into a file first: a feed is read more than once. */
async function withFeed<Result>(feed: string, work: (source: FeedSource) => Promise<Result>): Promise<Result> {
  if (/^https?:\/\//i.test(feed)) return work({ address: feed });
  if (feed !== '-') return work({ path: path.resolve(feed) });
  return inTemporaryFolder(async (folder) => {
    const file = path.join(folder, 'feed');
    await writeFeed(process.stdin, file);
    return work({ path: file, name: 'standard input', pictures: process.cwd() });
  });
}

/** @throws AppError BAD_USER_INPUT for a file that is not there or no mapping */
async function readMapping(file: string): Promise<FeedMapping> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError(
      'BAD_USER_INPUT',
      `${file}: expected a mapping, found ${cause.code === 'ENOENT' ? 'no such file' : cause.code}`,
      { cause },
    );
  });
  return parseMapping(text, file);
}

async function preview(
  source: FeedSource,
  typed: string,
  feedOptions: FeedOptions,
  { json }: ImportOptions,
  { config, signal }: CommandContext,
): Promise<number> {
  const fetchFeed = createFeedFetcher({ allowPrivateAddresses: config.allowPrivateImageAddresses });
  const googleTaxonomy =
    config.googleTaxonomy === undefined ? undefined : await readGoogleTaxonomy(config.googleTaxonomy);
  const found = await withLocalFeed(
    source,
    fetchFeed,
    (feed) => previewFeed(feed, { ...feedOptions, googleTaxonomy }),
    { signal },
  );
  if (json) printJson(found);
  else printPreview(typed === '-' || 'address' in source ? nameOfSource(source) : typed, found);
  return found.read.refused + found.read.fieldProblems > 0 ? EXIT_PARTLY : 0;
}

async function importInto(
  source: FeedSource,
  { command, feedOptions, ...options }: ImportOptions & { readonly command: string; readonly feedOptions: FeedOptions },
  { config, logger, signal }: CommandContext,
): Promise<number> {
  const progress = createProgress();
  const request: ImportRequest = {
    options: feedOptions,
    missing: options.deleteMissing ? 'DELETE' : options.expireMissing ? 'EXPIRE' : 'KEEP',
    confirmed: options.yes ?? false,
    refetch: options.refetch ?? false,
    signal,
    onProgress: showImport(progress),
  };
  const server = config.databaseUrl === undefined ? await findEmbeddedServer(config.dataFolder) : undefined;
  if (server) progress.note(`the server at ${server.address} has the shop open: it imports`);
  const report = await (server ? importByServer(server, source, request) : importHere(source, request, config, logger));
  progress.finish();
  if (report === 'interrupted') {
    printNote(`Interrupted. Nothing is lost; to go on: ${command}`);
    return EXIT_INTERRUPTED;
  }
  if (options.json) printJson(report);
  else printReport(report, command);
  return exitCodeOf(report);
}

async function importHere(
  source: FeedSource,
  request: ImportRequest,
  config: Config,
  logger: Logger,
): Promise<ImportReport> {
  // A dry run, and a server that imports, need no database and no model here: loading them takes longer than most of their work.
  const { openShop } = await import('../shop.ts');
  const shop = await openShop(config, { logger });
  try {
    return await shop.importFeed({ ...source, ...request });
  } finally {
    await shop.close();
  }
}

/** Shows an import on a progress display. */
export function showImport(progress: Progress): (state: ImportProgress) => void {
  return (state) => {
    switch (state.phase) {
      case 'fetching':
        return progress.update(
          'fetching',
          Math.floor(state.bytes / 1024),
          Math.ceil((state.bytesTotal ?? 0) / 1024),
          'kB',
        );
      case 'reading':
        return progress.update('reading', Math.floor(state.bytesRead / 1024), Math.ceil(state.bytesTotal / 1024), 'kB');
      case 'missing': {
        const doing = state.treatment === 'DELETE' ? 'deleting them' : 'they are out of stock from now on';
        return progress.note(
          `the feed lacks ${count(state.products)} of the shop's ${count(state.of)} products: ${doing}`,
        );
      }
      case 'embedding':
        // Nothing is missing.
        if (state.total === 0) return;
        return progress.update('embedding', state.done, state.total, 'pictures and texts');
      case 'indexing':
        return progress.note('making the vector indexes');
    }
  };
}

function exitCodeOf(report: ImportReport): number {
  if (report.state === 'INTERRUPTED') return EXIT_INTERRUPTED;
  const isPartly = report.failed > 0 || report.fieldProblems > 0 || report.imagesFailed > 0 || report.withheld !== null;
  return isPartly ? EXIT_PARTLY : 0;
}

/** What says the same again. */
function commandOf(feed: string, options: ImportOptions): string {
  const { currency, locale, map, deleteMissing, expireMissing, yes, refetch } = options;
  const flags = [
    currency !== undefined && `--currency ${currency}`,
    locale !== undefined && `--locale ${locale}`,
    map !== undefined && `--map ${map}`,
    deleteMissing && '--delete-missing',
    expireMissing && '--expire-missing',
    yes && '--yes',
    refetch && '--refetch',
  ];
  return ['lookgraph import', feed, ...flags.filter((flag) => typeof flag === 'string')].join(' ');
}

function count(number: number): string {
  return number.toLocaleString('en');
}

/** @param command - what goes on after an interruption */
function printReport(report: ImportReport, command: string): void {
  printLine(
    `Products: ${count(report.created)} new, ${count(report.updated)} changed, ${count(report.unchanged)} unchanged, ${count(report.failed)} failed. ` +
      `Pictures: ${count(report.imagesEmbedded)} embedded, ${count(report.imagesFailed)} failed.`,
  );
  if (report.leftOut > 0)
    printLine(`Left out: ${count(report.leftOut)} drafts, hidden products and parents of variants.`);
  if (report.imagesAsked > 0) {
    printLine(
      `Pictures asked for again: ${count(report.imagesAsked)} addresses, ${count(report.imagesChanged)} with another one.`,
    );
  }
  if (report.imagesIgnored > 0) {
    printLine(`Pictures that say nothing (blank, or placeholders of many products): ${count(report.imagesIgnored)}.`);
  }
  if (report.fieldProblems > 0) printLine(`Fields: ${count(report.fieldProblems)} left out or doubtful.`);
  if (report.missing !== null) printLine(describeMissing(report, report.missing));
  for (const problem of report.problems.slice(0, PROBLEMS_SHOWN)) {
    const place = [
      problem.line === null ? '' : `line ${problem.line}`,
      problem.sku === null ? '' : `product ${problem.sku}`,
      problem.imageSource ?? '',
    ];
    printLine(`  ${place.filter((part) => part !== '').join(', ')}: ${problem.reason}`);
  }
  const more =
    report.failed +
    report.fieldProblems +
    report.imagesFailed +
    report.imageNotes -
    Math.min(report.problems.length, PROBLEMS_SHOWN);
  if (more > 0) {
    printLine(
      `  and ${count(more)} more: select * from import_item where import_id = '${report.importId}' and outcome = 'FAILED'`,
    );
  }
  if (report.state === 'INTERRUPTED') {
    printNote(`Interrupted. Nothing is lost; to go on: ${command}`);
  }
}

function describeMissing({ deleted, expired, withheld }: ImportReport, missing: number): string {
  const settled = [
    deleted > 0 ? `, ${count(deleted)} deleted` : '',
    expired > 0 ? `, ${count(expired)} out of stock from now on` : '',
    withheld === null ? '' : `. They stay: ${withheld} (--yes)`,
  ];
  return `Not in the feed: ${count(missing)} of the shop's products${settled.join('')}.`;
}
