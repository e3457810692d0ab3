import type { Kysely, KyselyPlugin, QueryResult, RootOperationNode, UnknownRow } from 'kysely';
import { inlineParameters } from '../database/inline-parameters.ts';
import { SCAN_OPTIONS } from '../database/session-settings.ts';
import type { Database } from '../database/tables.ts';
import { comparesVectors, setScanOptions } from '../database/vector-sql.ts';
import type { SearchStage, SearchStageName, SearchStatement } from './request/search-request.ts';

/** Watches one search: what took how long, and which statements it sent. */
export interface SearchTrace {
  /** The same database; what is asked through it is written down. */
  readonly db: Kysely<Database>;
  /** Runs a part of the search and counts its time to the stage. One stage at a time. */
  readonly time: <T>(stage: SearchStageName, work: () => Promise<T>) => Promise<T>;
  /** In the order of their first begin; a stage that came twice is one. */
  readonly stages: () => readonly SearchStage[];
  /** In the order in which they were sent. */
  readonly statements: () => readonly SearchStatement[];
  /** Those of a stage as one text for psql, without the query's vectors: the first lines of each say which it leaves out. */
  readonly sqlOf: (stage: SearchStageName) => string;
}

type QueryId = Parameters<KyselyPlugin['transformQuery']>[0]['queryId'];

interface Sent {
  readonly node: RootOperationNode;
  readonly queryId: QueryId;
  readonly stage: SearchStageName | null;
  readonly begun: number;
  ended: number | undefined;
}

/** Of later pages: hundreds of products as JSON, which nobody wants to read, and running it again would keep them again. */
const KEEPS_RESULT = /\binsert into "?search_window/;

/**
 * Begins to watch. Costs a list of references as long as the search is alive: statements become text only when they are asked for.
 *
 * Before the first statement that may scan an index stands what its session began with: another session needs it to find the same.
 */
export function traceSearch(db: Kysely<Database>): SearchTrace {
  const sent: Sent[] = [];
  const times = new Map<SearchStageName, number>();
  let current: SearchStageName | null = null;

  const recorder: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      sent.push({ node, queryId, stage: current, begun: performance.now(), ended: undefined });
      return node;
    },
    async transformResult({ result, queryId }): Promise<QueryResult<UnknownRow>> {
      const statement = sent.findLast((each) => each.queryId === queryId);
      if (statement !== undefined) statement.ended = performance.now();
      return result;
    },
  };

  function shown(vectors: 'in full' | 'left out'): SearchStatement[] {
    let scans = false;
    return sent.flatMap(({ node, queryId, stage, begun, ended }) => {
      // One that failed, or was compiled and never sent.
      if (ended === undefined) return [];
      const statement = db.getExecutor().compileQuery(node, queryId);
      if (KEEPS_RESULT.test(statement.sql)) return [];
      const one = { stage, milliseconds: ended - begun, sql: inlineParameters(statement, { vectors }) };
      if (scans || !comparesVectors(statement.sql)) return [one];
      scans = true;
      return [{ stage, milliseconds: 0, sql: inlineParameters(setScanOptions(SCAN_OPTIONS).compile(db)) }, one];
    });
  }

  return {
    db: db.withPlugin(recorder),
    async time(stage, work) {
      const begun = performance.now();
      current = stage;
      try {
        return await work();
      } finally {
        current = null;
        times.set(stage, (times.get(stage) ?? 0) + performance.now() - begun);
      }
    },
    stages: () => Array.from(times, ([name, milliseconds]) => ({ name, milliseconds })),
    statements: () => shown('in full'),
    sqlOf: (stage) =>
      shown('left out')
        .filter((statement) => statement.stage === stage)
        .map(({ sql }) => sql)
        .join(';\n'),
  };
}
