#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { knownCurrency, knownLocale } from '../catalog/import-order.ts';
import { ERRORS } from '../errors.ts';
import { projectPath } from '../project-folder.ts';
import type { EmbedOptions } from './embed.ts';
import type { EvaluateOptions } from './evaluate-options.ts';
import type { ImportOptions } from './import.ts';
import type { SearchOptions } from './search-options.ts';
import type { SynonymImportOptions } from './synonyms.ts';

// Commands are imported when they run: the models' runtime and the database take longer to load than most of them to work.

const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as {
  version: string;
};

const program = new Command('lookgraph')
  .description("Search for a shop's products by words, by picture, by another product, and by exact filters.")
  .version(version)
  .showHelpAfterError('(lookgraph --help lists what there is)')
  .addHelpText('after', '\nEverything else is set through environment variables: docs/configuration.md lists them.')
  .exitOverride();

const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function currencyCode(text: string): string {
  const code = knownCurrency(text);
  if (code === undefined)
    throw new InvalidArgumentError('Expected the three letters of an ISO 4217 currency, like EUR.');
  return code;
}

function localeTag(text: string): string {
  const locale = knownLocale(text);
  if (locale === undefined)
    throw new InvalidArgumentError('Expected a language, with a country or without, like de or en-US.');
  return locale;
}

program
  .command('start')
  .description('serve GraphQL; fills an empty shop with the demo shop (LOOKGRAPH_DEMO=off: does not)')
  .action(async () => {
    const { runStart } = await import('./start.ts');
    await runStart();
  });

program
  .command('import')
  .description('read a product feed (docs/feeds.md) into the shop')
  .argument('<feed>', 'a file, an http(s) address, or - for standard input; also gzip or zip')
  .option('--currency <code>', 'of prices that name none, like EUR', currencyCode)
  .option('--locale <tag>', 'by which 1.299 in a price is read, like de', localeTag)
  .option('--map <file.json>', 'which of its columns are which of our fields (docs/feeds.md)')
  .option('--dry-run', 'say what would become of the feed, and import nothing')
  .addOption(
    new Option('--delete-missing', 'delete products of the shop that the feed does not have').conflicts(
      'expireMissing',
    ),
  )
  .option('--expire-missing', 'say that products of the shop that the feed does not have are out of stock')
  .option('--refetch', 'read and fetch all pictures again, also where nothing says that they have changed')
  .option('--yes', 'also where that is more than 30 % of the shop, or rows of the feed have no id that can be read')
  .option('--json', 'print the report as JSON')
  .addHelpText(
    'after',
    '\nExit code 0: everything is in. 3: finished, but some rows, fields or pictures failed, or what is missing was not deleted without --yes. 130: interrupted; run it again.',
  )
  .action(async (feed: string, options: ImportOptions) => {
    const { runImport } = await import('./import.ts');
    await runImport(feed, options);
  });

program
  .command('search')
  .description('search the shop and print a table')
  .argument('[words...]', 'what to look for')
  .option('--image <file>', 'a picture to look for')
  .option('--region <x,y,width,height>', 'the part of the picture that is meant, in fractions of it: 0.1,0.2,0.5,0.5')
  .option('--as-is', 'take the picture as it is: plain margins, bars and a wrong side up are not seen to')
  .option('--product <sku>', 'look for products like this one')
  .option('--category <path>', '"Apparel > Shirts"; with everything below it; may be repeated', collect)
  .option('--brand <name>', 'may be repeated', collect)
  .option('--min-price <amount>', 'at least')
  .option('--max-price <amount>', 'at most')
  .option('--currency <code>', 'what prices are compared in, like EUR; that of most products when left out')
  .option(
    '--attribute <name=value>',
    'color=Red; may be repeated: one name several times means any of the values',
    collect,
  )
  .option('--first <number>', 'results to show, 1 to 100', wholeNumber, 10)
  .option('--after <cursor>', 'continue behind the cursor that --json gave')
  .option('--words <auto|off|only>', 'whether matching words count beside the vectors', 'auto')
  .option('--as-written', 'search for exactly what was written, slips and all')
  .option(
    '--min-relevance <number>',
    'leave out what is less relevant, 0 to 1; 0.5 leaves what matches at least weakly',
  )
  .option('--sort <order>', 'relevance, price-asc, price-desc, newest or title (relevance)')
  .option('--unavailable <show|last|hide>', 'what becomes of products that are out of stock (last)')
  .option('--collapse <product|look|variant>', 'what one result is: looks are variants with the same picture (product)')
  .option('--explain', 'print how the search was carried out, with its SQL')
  .option('--json', 'print the page as JSON')
  .action(async (words: string[], options: SearchOptions) => {
    const { runSearch } = await import('./search.ts');
    await runSearch(words, options);
  });

program
  .command('embed')
  .description('store a query and print the SQL that asks it: docs/sql.md')
  .argument('[words...]', 'what to look for')
  .option('--image <file>', 'a picture to look for')
  .option('--region <x,y,width,height>', 'the part of the picture that is meant, in fractions of it: 0.1,0.2,0.5,0.5')
  .option('--as-is', 'take the picture as it is: plain margins, bars and a wrong side up are not seen to')
  .option('--product <sku>', 'look for products like this one')
  .option('--words <auto|off|only>', 'whether matching words count beside the vectors', 'auto')
  .option('--json', 'print JSON')
  .action(async (words: string[], options: EmbedOptions) => {
    const { runEmbed } = await import('./embed.ts');
    await runEmbed(words, options);
  });

program
  .command('evaluate')
  .description('measure how good the search is, in figures and in a report: docs/evaluation.md')
  .option('--queries <file>', 'a TSV of queries: image or text, and expected_sku or expected_category')
  .option('--self', "ask with the catalogue's own pictures, each left out of its own results")
  .option(
    '--distort <kinds>',
    'with --self: as customers take them: flip,rotate,blur,noise,brightness,crop,background,margin,screenshot,sideways',
  )
  .option('--sample <number>', 'ask so many of them, drawn at random', wholeNumber)
  .option(
    '--compare <settings>',
    'ask in another way, too: words=off,filter=category,model=NAME; may be repeated',
    collect,
  )
  .option('--seed <number>', 'of all that is random: the same seed, the same figures', wholeNumber, 1)
  .option('--report <file.html>', 'write a report with pictures, to be opened in a browser')
  .option('--json', 'print all figures as JSON')
  .action(async (options: EvaluateOptions) => {
    const { runEvaluate } = await import('./evaluate.ts');
    await runEvaluate(options);
  });

const models = program.command('models').description('the models that make vectors of texts and pictures');

models
  .command('list')
  .description('list the models of the shop and those under models/')
  .option('--json', 'print JSON')
  .action(async (options: { json?: boolean }) => {
    const { runListModels } = await import('./models.ts');
    await runListModels(options);
  });

models
  .command('pull')
  .description('download a model; goes on where an earlier download stopped')
  .argument('<name>', 'clip-vit-base-patch32')
  .action(async (name: string) => {
    const { runPullModel } = await import('./models-pull.ts');
    await runPullModel(name);
  });

models
  .command('build')
  .description('embed the whole shop with another model; searches go on with theirs')
  .argument('<name>', 'a folder under models/')
  .option('--json', 'print the outcome as JSON')
  .action(async (name: string, options: { json?: boolean }) => {
    const { runBuildModel } = await import('./models.ts');
    await runBuildModel(name, options);
  });

models
  .command('activate')
  .description('let searches use a model that was built; running servers follow within seconds')
  .argument('<name>', 'as models list shows it')
  .action(async (name: string) => {
    const { runActivateModel } = await import('./models.ts');
    await runActivateModel(name);
  });

const synonyms = program.command('synonyms').description('words that mean the same to customers: docs/synonyms.md');

synonyms
  .command('import')
  .description('read synonyms in the form of Apache Solr: "sofa, couch" both ways, "loo roll => toilet paper" one way')
  .argument('<file>', 'a text file with one rule a line; - for standard input')
  .option('--delete-missing', 'delete synonyms that the file does not have, unless a line of it cannot be read')
  .option('--dry-run', 'say what would become of it, and change nothing')
  .option('--json', 'print the report as JSON')
  .addHelpText(
    'after',
    '\nExit code 0: everything is in. 3: some lines were left out. Running servers follow within seconds.',
  )
  .action(async (file: string, options: SynonymImportOptions) => {
    const { runImportSynonyms } = await import('./synonyms.ts');
    await runImportSynonyms(file, options);
  });

synonyms
  .command('list')
  .description('list the synonyms of the shop')
  .option('--json', 'print JSON')
  .action(async (options: { json?: boolean }) => {
    const { runListSynonyms } = await import('./synonyms.ts');
    await runListSynonyms(options);
  });

synonyms
  .command('export')
  .description('print the synonyms in the form that import reads')
  .action(async () => {
    const { runExportSynonyms } = await import('./synonyms.ts');
    await runExportSynonyms();
  });

synonyms
  .command('clear')
  .description('delete all synonyms')
  .option('--json', 'print the outcome as JSON')
  .action(async (options: { json?: boolean }) => {
    const { runClearSynonyms } = await import('./synonyms.ts');
    await runClearSynonyms(options);
  });

program
  .command('maintain')
  .description(
    'look after what makes searches fast: indexes, sketches, counts of values, what ways to compare cost here; remove pictures that no product has any more',
  )
  .option('--anew', 'make the sketches anew, also where they seem to be in order')
  .option('--json', 'print what stands as JSON')
  .addHelpText(
    'after',
    '\nAn import does what is needed at its end. Run this now and then (each night) where prices and stock change a lot, and after moving to another machine.',
  )
  .action(async (options: { anew?: boolean; json?: boolean }) => {
    const { runMaintain } = await import('./maintain.ts');
    await runMaintain(options);
  });

program
  .command('migrate')
  .description('bring the database to the state that this version expects; start does it too')
  .option('--json', 'print JSON')
  .action(async (options: { json?: boolean }) => {
    const { runMigrate } = await import('./migrate.ts');
    await runMigrate(options);
  });

program
  .command('doctor')
  .description('look at everything that can be wrong, and say what to do')
  .option('--json', 'print JSON')
  .action(async (options: { json?: boolean }) => {
    const { runDoctor } = await import('./doctor.ts');
    await runDoctor(options);
  });

program
  .command('demo')
  .description('draw the demo shop into a folder: its feed, its pictures, and photos to search with')
  .argument('<folder>', 'made when missing')
  .option('--pictures <number>', 'pictures of each product, 1 to 200', wholeNumber, 3)
  .option('--json', 'print the outcome as JSON')
  .action(async (folder: string, options: { pictures: number; json?: boolean }) => {
    const { runDemo } = await import('./demo.ts');
    await runDemo(folder, options);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // --help and --version end with 0; everything else that commander refuses is wrong input, which it has already printed.
  process.exitCode = error.exitCode === 0 ? 0 : ERRORS.BAD_USER_INPUT.exitCode;
}
