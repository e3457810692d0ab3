import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { readSynonymRules } from '../catalog/synonyms/read-synonyms.ts';
import { clearSynonyms, importSynonyms, type SynonymImport } from '../catalog/synonyms/write-synonyms.ts';
import { AppError, badInput, show } from '../errors.ts';
import { writeSynonym } from '../words/query/synonym-file.ts';
import { printJson, printLine, printTable } from './print.ts';
import { runCommand } from './run-command.ts';
import { withDatabase } from './with-database.ts';

/** Finished, but some lines were left out. */
const EXIT_PARTLY = 3;
const PROBLEMS_SHOWN = 10;
/** Some 10,000 rules of a kilobyte each. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Of `lookgraph synonyms import`. */
export interface SynonymImportOptions {
  readonly deleteMissing?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `lookgraph synonyms import FILE` */
export async function runImportSynonyms(file: string, options: SynonymImportOptions): Promise<void> {
  const { deleteMissing = false, dryRun = false } = options;
  await runCommand(async ({ config }) => {
    const text = file === '-' ? await readAll(process.stdin) : await readText(file);
    if (text.length > MOST_BYTES) throw badInput('FILE', `at most ${MOST_BYTES} bytes`, text.length);
    return withDatabase(config, async ({ db }) => {
      const report = await importSynonyms(db, text, { deleteMissing, dryRun });
      if (options.json) printJson(report);
      else printReport(report);
      return report.problems.length > 0 ? EXIT_PARTLY : 0;
    });
  }, options);
}

/** `lookgraph synonyms list` */
export async function runListSynonyms(options: { json?: boolean }): Promise<void> {
  await runCommand(
    ({ config }) =>
      withDatabase(config, async ({ db }) => {
        const rules = await readSynonymRules(db);
        if (options.json) {
          printJson(rules.map(({ left, right, isTwoWay }) => ({ words: left, meanings: isTwoWay ? null : right })));
        } else {
          printTable(
            [{ title: 'a query with' }, { title: 'is also found as' }],
            rules.map(({ left, right, isTwoWay }) => [left.join(', '), isTwoWay ? 'each other' : right.join(', ')]),
          );
        }
        return 0;
      }),
    options,
  );
}

/** `lookgraph synonyms export` */
export async function runExportSynonyms(): Promise<void> {
  await runCommand(({ config }) =>
    withDatabase(config, async ({ db }) => {
      for (const rule of await readSynonymRules(db)) printLine(writeSynonym(rule));
      return 0;
    }),
  );
}

/** `lookgraph synonyms clear` */
export async function runClearSynonyms(options: { json?: boolean }): Promise<void> {
  await runCommand(
    ({ config }) =>
      withDatabase(config, async ({ db }) => {
        const deleted = await clearSynonyms(db);
        if (options.json) printJson({ deleted });
        else printLine(`Deleted ${deleted.toLocaleString('en')} synonyms.`);
        return 0;
      }),
    options,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch (cause) {
    throw new AppError('NOT_FOUND', `expected a file of synonyms, found no file ${show(file)} that can be read`, {
      cause,
    });
  }
}

function printReport({ created, unchanged, missing, deleted, problems, dryRun }: SynonymImport): void {
  const count = (number: number): string => number.toLocaleString('en');
  const what = dryRun ? 'Nothing was changed. Synonyms' : 'Synonyms';
  const others =
    missing === 0 ? '' : `; ${count(missing)} that the file does not have, ${count(deleted)} of them deleted`;
  printLine(
    `${what}: ${count(created)} new, ${count(unchanged)} unchanged, ${count(problems.length)} bad lines${others}.`,
  );
  for (const { line, expected, found } of problems.slice(0, PROBLEMS_SHOWN))
    printLine(`  line ${line}: expected ${expected}, found ${found}`);
  if (problems.length > PROBLEMS_SHOWN)
    printLine(`  and ${count(problems.length - PROBLEMS_SHOWN)} more: --json has all`);
}
