import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Benchmark, type BenchmarkResult, surroundings } from './benchmark.ts';

/*
 * npm run bench -- NAME [--native URL] [--products N] [--queries N] [--engines a,b]
 * Runs bench/<name>.bench.ts, prints its table, and keeps it in bench/results/ with the hardware.
 */

const folder = new URL('./', import.meta.url);
const names = (await readdir(folder)).flatMap((file) => (file.endsWith('.bench.ts') ? [file.slice(0, -9)] : []));
const { name, databaseUrl, products, queries, engines } = readArguments();

const { benchmark } = (await import(new URL(`${name}.bench.ts`, folder).href)) as { benchmark: Benchmark };
const result = await benchmark.run({ databaseUrl, products, queries, engines, say: (line) => console.error(line) });
const setting = { ...surroundings(), ...result.setting };

console.log(`\n${benchmark.question}\n`);
for (const [key, value] of Object.entries(setting)) console.log(`${key.padEnd(16)} ${value}`);
console.log(`\n${markdownTable(result.rows)}`);

const kind = databaseUrl === undefined ? 'embedded' : 'native';
const size = products === undefined ? '' : `-${products}`;
await mkdir(new URL('results/', folder), { recursive: true });
const file = `results/${setting.date}-${name}${size}-${kind}.json`;
await writeFile(
  new URL(file, folder),
  `${JSON.stringify({ question: benchmark.question, setting, rows: result.rows }, null, 2)}\n`,
);
console.log(`\nkept in bench/${file}`);
process.exit(0);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        native: { type: 'string' },
        products: { type: 'string' },
        queries: { type: 'string' },
        engines: { type: 'string' },
      },
    });
    const [benchmarkName, ...rest] = positionals;
    if (benchmarkName === undefined || !names.includes(benchmarkName) || rest.length > 0) {
      throw new Error(`expected one of ${names.join(', ')}, found ${positionals.join(' ') || 'nothing'}`);
    }
    return {
      name: benchmarkName,
      databaseUrl: values.native,
      products: wholeNumber('--products', values.products),
      queries: wholeNumber('--queries', values.queries),
      engines: values.engines?.split(','),
    };
  } catch (error) {
    console.error(
      `${(error as Error).message}\nusage: npm run bench -- NAME [--native postgres://...] [--products N] [--queries N] [--engines a,b]`,
    );
    return process.exit(2);
  }
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`expected ${option} with a whole number above 0, found ${text}`);
  return Number(text);
}

function markdownTable(rows: BenchmarkResult['rows']): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    columns,
    columns.map(() => '---'),
    ...rows.map((row) => columns.map((column) => String(row[column] ?? ''))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
