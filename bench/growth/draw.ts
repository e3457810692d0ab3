import { readFile, writeFile } from 'node:fs/promises';
import { growthChart, type Line } from './chart.ts';

/*
 * tsx bench/growth/draw.ts bench/results/<date>-growth-1000000-native.json docs/growth.svg
 * Draws the medians of a result of `npm run bench -- growth`.
 */

const [result, picture] = process.argv.slice(2);
if (result === undefined || picture === undefined) {
  console.error('expected a result of the benchmark and a file to draw to');
  process.exit(2);
}
const { rows } = JSON.parse(await readFile(result, 'utf8')) as { rows: Record<string, number>[] };
const names = Object.keys(rows[0] ?? {}).flatMap((column) =>
  column.endsWith(': p50 ms') ? [column.slice(0, -8)] : [],
);
const lines = names.map(
  (name): Line => ({ name, points: rows.map((row) => [Number(row.products), Number(row[`${name}: p50 ms`])]) }),
);
await writeFile(picture, growthChart('Median time of a search by number of products', lines));
console.error(`drew ${picture}`);
