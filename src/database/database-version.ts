import { type RawBuilder, sql } from 'kysely';

/** What a database says of itself. */
export interface DatabaseVersions {
  /** `17.11`, as in server_version; distributions append words to it. */
  readonly postgres: string;
  /** Version of pgvector that `create extension` would install; undefined if it cannot. */
  readonly pgvectorAvailable: string | undefined;
  /** Version of pgvector that is installed in this database; undefined if it is not yet. */
  readonly pgvectorInstalled: string | undefined;
  /** Whether pg_trgm is available or installed. */
  readonly trigram: boolean;
}

/** Asks the server, and what of its extensions is in this database. */
export function databaseVersions(): RawBuilder<{
  postgres: string;
  available: string | null;
  installed: string | null;
  trigram: boolean;
}> {
  return sql`select
      current_setting('server_version') as postgres,
      (select default_version from pg_available_extensions where name = 'vector') as available,
      (select extversion from pg_extension where extname = 'vector') as installed,
      exists (select from pg_available_extensions where name = 'pg_trgm') as trigram`;
}

/** Generated columns, `security_invoker` views and merge statements need 15; older ones are at the end of their support. */
const OLDEST_POSTGRES = '15';
/** The first with iterative index scans; without them a filtered search silently returns too few rows. */
const OLDEST_PGVECTOR = '0.8.0';
/** Has the fixes of 0.8.2 (buffer overflow in parallel builds), 0.8.3 (index corruption with vacuum) and 0.8.4 (graph not repaired). */
const SOUND_PGVECTOR = '0.8.4';

/** Why the database cannot be used, or what is worth a warning. Pure, so that every rule has a test. */
export function judgeVersions(versions: DatabaseVersions): { refusal: string | undefined; warnings: string[] } {
  const refuse = (refusal: string) => ({ refusal, warnings: [] });
  if (isOlder(versions.postgres, OLDEST_POSTGRES)) {
    return refuse(`expected PostgreSQL ${OLDEST_POSTGRES} or later, found ${versions.postgres}`);
  }
  const pgvector = versions.pgvectorInstalled ?? versions.pgvectorAvailable;
  if (pgvector === undefined) {
    return refuse(
      `expected the extension pgvector ${SOUND_PGVECTOR} or later on the PostgreSQL server, found none; see https://github.com/pgvector/pgvector#installation`,
    );
  }
  if (isOlder(pgvector, OLDEST_PGVECTOR)) {
    return refuse(
      `expected pgvector ${OLDEST_PGVECTOR} or later, found ${pgvector}: it has no iterative index scans, so filtered searches would silently miss products${updateHint(versions)}`,
    );
  }
  if (!versions.trigram) return refuse('expected the extension pg_trgm (package postgresql-contrib), found none');
  const warnings = isOlder(pgvector, SOUND_PGVECTOR)
    ? [
        `pgvector ${pgvector}: versions before ${SOUND_PGVECTOR} can corrupt HNSW indexes (in parallel builds, and when vacuum meets inserts); update it and reindex${updateHint(versions)}`,
      ]
    : [];
  return { refusal: undefined, warnings };
}

function updateHint({ pgvectorInstalled, pgvectorAvailable }: DatabaseVersions): string {
  if (pgvectorInstalled === undefined || pgvectorAvailable === undefined) return '';
  return isOlder(pgvectorInstalled, pgvectorAvailable)
    ? ` (the server has ${pgvectorAvailable}: run "alter extension vector update")`
    : '';
}

/** Compares the leading numbers, part by part: 0.8.4 is older than 0.10.0; `18beta1` and `17.11 (Debian ...)` are read as 18 and 17.11. */
function isOlder(version: string, than: string): boolean {
  const left = numbersOf(version);
  const right = numbersOf(than);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): number[] {
  const leading = /^\d+(\.\d+)*/.exec(version)?.[0];
  if (leading === undefined) throw new Error(`expected a version such as 17.11, found ${version}`);
  return leading.split('.').map(Number);
}
