import { createReadStream } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { FeedSource } from '../catalog/feed/feed-source.ts';
import { type FeedMapping, MAPPED_FIELDS } from '../catalog/feed/mapping.ts';
import type { ImportProgress, ImportRequest } from '../catalog/import-feed.ts';
import type { ImportReport } from '../catalog/import-report.ts';
import type { AnnouncedServer } from '../database/embedded-lock.ts';
import { AppError, ERRORS, type ErrorCode } from '../errors.ts';

/** Lines of `POST /imports`. */
interface ImportLine {
  readonly importId?: string;
  readonly progress?: ImportProgress;
  readonly report?: ImportReport;
  readonly error?: { readonly code: string; readonly message: string };
}

const ENDED = 'the server that imports has ended; nothing is lost, import again';

/**
 * Has the server import a feed that has the embedded database open, and follows it. Once aborted the connection is closed, which the server takes for
 * the end of the import: it stops at its next batch.
 *
 * @throws AppError what the server refused with; DATABASE_LOCKED where it does not answer, DATABASE_UNAVAILABLE where it ends meanwhile
 */
export async function importByServer(
  server: AnnouncedServer,
  source: FeedSource,
  { options = {}, missing, confirmed, refetch, signal, onProgress }: ImportRequest,
): Promise<ImportReport | 'interrupted'> {
  const { mapping, ...habits } = options;
  try {
    const order = {
      ...('address' in source ? { url: source.address } : await uploaded(server, source, signal)),
      ...{ currency: habits.currency, locale: habits.locale, missing, confirmed, refetch },
      mapping: mapping && written(mapping),
    };
    const answer = await ask(server, '/imports', 'application/json', JSON.stringify(order), signal);
    for await (const line of linesOf(answer)) {
      if (line.progress) onProgress?.(line.progress);
      if (line.error) throw refusal(line.error);
      if (line.report) return line.report;
    }
    throw new AppError('DATABASE_UNAVAILABLE', ENDED);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal?.aborted) return 'interrupted';
    throw new AppError('DATABASE_UNAVAILABLE', ENDED, { cause: error });
  }
}

async function uploaded(
  server: AnnouncedServer,
  { path, name, pictures = dirname(path) }: Exclude<FeedSource, { address: string }>,
  signal: AbortSignal | undefined,
) {
  // As a file that is not there is refused without a server.
  const body = createReadStream(path);
  await new Promise((resolve, reject) => body.once('open', resolve).once('error', reject)).catch((cause) => {
    throw new AppError('FEED_INVALID', `${path}: expected a feed, found no file that can be read`, { cause });
  });
  const answer = await ask(server, '/imports/feeds', 'application/octet-stream', body, signal);
  const { id } = (await answer.json()) as { id: string };
  return { upload: id, name: name ?? path, pictures };
}

/** Not left to node:readline, which does not pass on that a connection was cut. */
async function* linesOf({ body }: Response): AsyncGenerator<ImportLine> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body ?? []) {
    const lines = `${rest}${decoder.decode(chunk as Uint8Array, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as ImportLine;
  }
}

async function ask(
  { address, token }: AnnouncedServer,
  path: string,
  type: string,
  body: string | Readable,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const request = {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : (Readable.toWeb(body) as ReadableStream),
    duplex: 'half' as const,
    ...(signal && { signal }),
  };
  const answer = await fetch(`${address}${path}`, request).catch((cause) => {
    signal?.throwIfAborted();
    throw new AppError(
      'DATABASE_LOCKED',
      `the embedded database is open in a server that does not answer at ${address}`,
      {
        cause,
      },
    );
  });
  if (answer.ok) return answer;
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  throw refusal(error);
}

function refusal({ code, message }: { code: string; message: string }): AppError {
  return new AppError(code in ERRORS ? (code as ErrorCode) : 'INTERNAL', message);
}

/** As in the file of a mapping. */
function written({ columns }: FeedMapping): Record<string, string | null> {
  return Object.fromEntries(
    [...columns].map(([column, field]) => [
      column,
      field === null || MAPPED_FIELDS.some((name) => name === field) ? field : `attributes.${field}`,
    ]),
  );
}
