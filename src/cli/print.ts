import Table from 'cli-table3';

/** One line of what was asked for, to stdout. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One JSON document, indented, to stdout. */
export function printJson(value: unknown): void {
  printLine(JSON.stringify(value, null, 2));
}

/** A line for the person who waits, to stderr: not part of what was asked for. */
export function printNote(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A column of a table. */
export interface TableColumn {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly align?: 'right';
  /** In characters; longer text is cut. */
  readonly width?: number;
}

/** @param rows - one text for each column */
export function printTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): void {
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    // Colours and boxes only hinder those who read the table with another program.
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map((text, index) => cut(text, columns[index]?.width))));
  printLine(table.toString());
}

function cut(text: string, width = Number.POSITIVE_INFINITY): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
