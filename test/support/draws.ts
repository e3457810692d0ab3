/** What the embedded database takes longer than a native one for a search, rounded up: docs/testing.md. */
const EMBEDDED_IS_SLOWER = 4;

/**
 * How often a law is asked of random searches or shops: in full on a native server, a quarter as often on the embedded database, which takes some four times as long for
 * each and reads the same SQL. `.ci/run` does both.
 *
 * @param full - a count of at least 1
 */
export function draws(full: number): number {
  return process.env.LOOKGRAPH_TEST_DATABASE_URL === undefined ? Math.ceil(full / EMBEDDED_IS_SLOWER) : full;
}
