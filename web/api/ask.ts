import type { TypedDocumentString } from '../generated/operations.ts';
import { type AnsweredError, Failure, failureOf, failureOfStatus } from './failure.ts';

/** The server gives a search up after 30 seconds by itself; what takes longer hangs. */
const TIMEOUT_MS = 35_000;

interface GraphqlAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string; retryable?: boolean } }[];
}

/**
 * Sends an operation to this server's GraphQL endpoint.
 *
 * @param signal - aborts the request: the server then stops the search, too
 * @throws Failure for every answer without the whole of the data; fetch's own error when aborted, timed out or not connected
 */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: within(signal),
  });
  const answer = await readJson<GraphqlAnswer<Data>>(response);
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw failureOf({ message: error.message, ...error.extensions });
  if (answer.data === undefined || answer.data === null) throw failureOfStatus(response.status);
  return answer.data;
}

/** A picture that the server has now. */
export interface UploadedPicture {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Sends a picture to search with.
 *
 * @throws Failure with a code IMAGE_* where it is none; fetch's own error as in `ask`
 */
export async function uploadPicture(picture: Blob, signal?: AbortSignal): Promise<UploadedPicture> {
  const response = await fetch('/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: picture,
    signal: within(signal),
  });
  const answer = await readJson<UploadedPicture & { error?: AnsweredError }>(response);
  if (answer.error !== undefined) {
    throw failureOf({ ...answer.error, retryable: response.status === 503 });
  }
  return answer;
}

function within(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

async function readJson<Answer>(response: Response): Promise<Answer> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) throw failureOfStatus(response.status);
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure('unreachable', 'The answer of the server broke off.');
    throw error;
  }
}
