import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** The contract of the last release. */
const AGREED = read('test/fixtures/contract/schema.graphql');
const CHANGELOG = read('CHANGELOG.md');

/** @returns what changed so that a client may break, and has no line of its own: "SearchPlan.candidates changed type ..." */
function unexplained(schema: string, changelog: string): string[] {
  return findBreakingChanges(buildSchema(AGREED), buildSchema(schema))
    .map(({ description }) => description)
    .filter((description) => !changelog.includes(`\`${changedPart(description)}\``));
}

/** The first dotted name of a description, or the first name of a type. */
function changedPart(description: string): string {
  return /\b[A-Z]\w*\.\w+/.exec(description)?.[0] ?? /\b[A-Z]\w+/.exec(description)?.[0] ?? description;
}

describe('the contract', () => {
  it('breaks nothing without a line in the changelog', () => {
    expect(unexplained(read('schema.graphql'), CHANGELOG)).toEqual([]);
  });

  it.each([
    [
      'a field that is gone',
      (sdl: string) => sdl.replace(/ {2}"[^"]*"\n {2}sku: String!\n/, ''),
      'Product.sku was removed.',
    ],
    [
      'a field that may be null now',
      (sdl: string) => sdl.replace('  availability: Availability!\n', '  availability: Availability\n'),
      'Product.availability changed type from Availability! to Availability.',
    ],
  ])('is compared: %s is told', (_, change, description) => {
    const changed = change(AGREED);
    expect(changed).not.toBe(AGREED);
    expect(unexplained(changed, '')).toContain(description);
    expect(unexplained(changed, `- \`${changedPart(description)}\`: why.`)).not.toContain(description);
  });
});
