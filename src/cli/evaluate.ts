import { statSync } from 'node:fs';
import { access, constants, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError, show } from '../errors.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { evaluationAsJson } from '../evaluation/evaluation-json.ts';
import { reportPage } from '../evaluation/report/report-page.ts';
import { openShop, type Shop } from '../shop.ts';
import { type EvaluateOptions, evaluateRequest } from './evaluate-options.ts';
import { printJson, printLine, printNote } from './print.ts';
import { createProgress } from './progress.ts';
import { reportThumbnails } from './report-thumbnails.ts';
import { runCommand } from './run-command.ts';

/** `lookgraph evaluate` */
export async function runEvaluate(options: EvaluateOptions): Promise<void> {
  await runCommand(async ({ config, logger, signal }) => {
    // Before anything is opened: a typing error should not wait for the model to load.
    const request = evaluateRequest(options);
    if (options.report !== undefined) await checkReport(options.report);
    const shop = await openShop(config, { logger });
    try {
      const progress = createProgress();
      const evaluation = await shop.evaluate({
        ...request,
        signal,
        onProgress: (step, done, total) => progress.update(step, done, total, 'queries'),
      });
      progress.finish();
      if (options.report !== undefined) await writeReport(options.report, await page(shop, evaluation));
      print(evaluation, options);
      return 0;
    } finally {
      await shop.close();
    }
  }, options);
}

async function page(shop: Shop, evaluation: Evaluation): Promise<string> {
  return reportPage(evaluation, await reportThumbnails(shop, evaluation));
}

/** Found out before the queries are asked, not after. */
async function checkReport(file: string): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw notWritable(file, undefined);
  await access(path.dirname(path.resolve(file)), constants.W_OK).catch((cause: unknown) => {
    throw notWritable(file, cause);
  });
}

async function writeReport(file: string, content: string): Promise<void> {
  await writeFile(file, content).catch((cause: unknown) => {
    throw notWritable(file, cause);
  });
}

function notWritable(file: string, cause: unknown): AppError {
  return new AppError('BAD_USER_INPUT', `--report: expected a file that can be written, found ${show(file)}`, {
    cause,
  });
}

function print(evaluation: Evaluation, { json, report }: EvaluateOptions): void {
  if (json) printJson(evaluationAsJson(evaluation));
  else for (const finding of evaluation.findings) printLine(finding);
  printNote(
    `All figures: select * from analytics.evaluation where evaluation_id = '${evaluation.id}'${report === undefined ? '' : `; report: ${report}`}`,
  );
}
