/**
 * Checks once for each filter that an engine, asked in its own words, finds as many pictures for it as our SQL does: a filter that was put otherwise would be measured for
 * nothing. Once only, since counting warms what searching reads.
 *
 * @param count - pictures that hold, by the engine
 * @returns throws Error where they are not as many as expected
 */
export function createCountCheck(
  engine: string,
  count: (where: string) => Promise<number | undefined>,
): (where: string, expected: number) => Promise<void> {
  const checked = new Set<string>();
  return async (where, expected) => {
    if (checked.has(where)) return;
    const found = await count(where);
    if (found !== expected)
      throw new Error(`expected ${expected} pictures where ${where}, found ${found} in ${engine}`);
    checked.add(where);
  };
}
