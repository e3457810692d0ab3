/** A judgement: the embedded database takes twice as long for each (docs/testing.md), and `npm test` is what people wait for. */
const EMBEDDED_SHARE = 4;

/**
 * How often a law is asked of random searches or shops: in full on a native server, a quarter as often on the embedded database, which takes twice as long for each
 * and reads the same SQL. `.ci/run` does both.
 *
 * @param full - a count of at least 1
 */
export function draws(full: number): number {
  return process.env.LOOKGRAPH_TEST_DATABASE_URL === undefined ? Math.ceil(full / EMBEDDED_SHARE) : full;
}
