import path from 'node:path';
import type { ImportProgress } from '../catalog/import-feed.ts';
import type { ImportReport } from '../catalog/import-report.ts';
import { openShop } from '../shop.ts';
import { printJson, printLine, printNote } from './print.ts';
import { createProgress, type Progress } from './progress.ts';
import { EXIT_INTERRUPTED, runCommand } from './run-command.ts';

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
  readonly refetch?: boolean;
}

/** `lookgraph import FILE` */
export async function runImport(file: string, options: ImportOptions): Promise<void> {
  await runCommand(async ({ config, logger, signal }) => {
    const shop = await openShop(config, { logger });
    try {
      const progress = createProgress();
      const report = await shop.importFeed({
        path: path.resolve(file),
        options: { currency: options.currency, locale: options.locale },
        missing: options.deleteMissing ? 'DELETE' : options.expireMissing ? 'EXPIRE' : 'KEEP',
        confirmed: options.yes ?? false,
        refetch: options.refetch ?? false,
        signal,
        onProgress: showImport(progress),
      });
      progress.finish();
      if (options.json) printJson(report);
      else printReport(report, commandOf(file, options));
      return exitCodeOf(report);
    } finally {
      await shop.close();
    }
  }, options);
}

/** Shows an import on a progress display. */
export function showImport(progress: Progress): (state: ImportProgress) => void {
  return (state) => {
    switch (state.phase) {
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
function commandOf(file: string, options: ImportOptions): string {
  const { currency, locale, deleteMissing, expireMissing, yes, refetch } = options;
  const flags = [
    currency !== undefined && `--currency ${currency}`,
    locale !== undefined && `--locale ${locale}`,
    deleteMissing && '--delete-missing',
    expireMissing && '--expire-missing',
    yes && '--yes',
    refetch && '--refetch',
  ];
  return ['lookgraph import', file, ...flags.filter((flag) => typeof flag === 'string')].join(' ');
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
