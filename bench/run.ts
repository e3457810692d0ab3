import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { type Benchmark, type BenchmarkResult, surroundings } from './benchmark.ts';

/*
 * npm run bench -- NAME [--native URL]
 * Runs bench/NAME.bench.ts, prints its table, and keeps it in bench/results/ with the hardware.
 */

const folder = new URL('./', import.meta.url);
const arguments_ = process.argv.slice(2);
const name = arguments_.find((argument) => !argument.startsWith('--') && !argument.startsWith('postgres'));
const native = arguments_.indexOf('--native');
const databaseUrl = native === -1 ? undefined : arguments_[native + 1];

const names = (await readdir(folder)).flatMap((file) => (file.endsWith('.bench.ts') ? [file.slice(0, -9)] : []));
if (name === undefined || !names.includes(name) || (native !== -1 && databaseUrl === undefined)) {
  console.error(`usage: npm run bench -- NAME [--native postgres://...]\nNAME is one of: ${names.join(', ')}`);
  process.exit(2);
}

const { benchmark } = (await import(new URL(`${name}.bench.ts`, folder).href)) as { benchmark: Benchmark };
const result = await benchmark.run({ databaseUrl, say: (line) => console.error(line) });
const setting = { ...surroundings(), ...result.setting };

console.log(`\n${benchmark.question}\n`);
for (const [key, value] of Object.entries(setting)) console.log(`${key.padEnd(16)} ${value}`);
console.log(`\n${markdownTable(result.rows)}`);

const kind = databaseUrl === undefined ? 'embedded' : 'native';
await mkdir(new URL('results/', folder), { recursive: true });
const file = new URL(`results/${setting.date}-${name}-${kind}.json`, folder);
await writeFile(file, `${JSON.stringify({ question: benchmark.question, setting, rows: result.rows }, null, 2)}\n`);
console.log(`\nkept in bench/results/${setting.date}-${name}-${kind}.json`);
process.exit(0);

function markdownTable(rows: BenchmarkResult['rows']): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    columns,
    columns.map(() => '---'),
    ...rows.map((row) => columns.map((column) => String(row[column] ?? ''))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
