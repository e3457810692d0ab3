import { AppError } from '../errors.ts';

/** A file as a server offers it, from `start` on. */
export interface RemoteFile {
  /** The first byte of the body within the file: 0 when the server does not resume, or the file has changed. */
  readonly start: number;
  /** Of the whole file, in bytes. */
  readonly size: number | undefined;
  readonly sha256: string | undefined;
  /** Names this version of the file; only strong ones, which can be resumed by. */
  readonly etag: string | undefined;
  readonly body: ReadableStream<Uint8Array>;
}

interface Wanted {
  /** Bytes that are here already. */
  readonly from: number;
  /** Of the version that they belong to. */
  readonly etag: string | undefined;
  readonly signal: AbortSignal;
}

/** Hugging Face answers with one or two: to where the repository lies now, and to its content network. */
const MAX_REDIRECTS = 5;
/** Answers that may be another one a moment later. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/**
 * Asks for a file, or for the rest of it. Redirects are followed by hand, since what Hugging Face knows of a large file (its
 * SHA-256 as `x-linked-etag`, its size as `x-linked-size`) stands in the answer that redirects.
 *
 * @throws AppError MODEL_DOWNLOAD_FAILED for an answer that will stay the same (404); any other Error for what may pass
 */
export async function requestFile(url: string, wanted: Wanted): Promise<RemoteFile> {
  let address = new URL(url);
  let sha256: string | undefined;
  let linkedSize: number | undefined;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await fetch(address, {
      headers: rangeHeaders(wanted),
      redirect: 'manual',
      signal: wanted.signal,
    });
    sha256 ??= sha256Of(response.headers.get('x-linked-etag'));
    linkedSize ??= wholeNumber(response.headers.get('x-linked-size'));
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) {
      return remoteFile(address, response, wanted.from, { sha256, linkedSize });
    }
    await response.body?.cancel();
    const next = new URL(location, address);
    if (next.protocol !== address.protocol && next.protocol !== 'https:') {
      throw new AppError(
        'MODEL_DOWNLOAD_FAILED',
        `${url}: expected https, found a redirect to ${next.protocol}//${next.host}`,
      );
    }
    address = next;
  }
  throw new AppError('MODEL_DOWNLOAD_FAILED', `${url}: expected the file, found more than ${MAX_REDIRECTS} redirects`);
}

function rangeHeaders({ from, etag }: Wanted): Record<string, string> {
  // Compressed on the way, neither sizes nor ranges would be those of the file.
  const headers = { 'accept-encoding': 'identity' };
  return from > 0 && etag !== undefined ? { ...headers, range: `bytes=${from}-`, 'if-range': etag } : headers;
}

async function remoteFile(
  address: URL,
  response: Response,
  from: number,
  known: { sha256: string | undefined; linkedSize: number | undefined },
): Promise<RemoteFile> {
  const { status, headers, body } = response;
  if ((status !== 200 && status !== 206) || body === null) {
    await body?.cancel();
    const message = `${address.origin}${address.pathname}: expected the file, found HTTP ${status} ${response.statusText}`;
    if (PASSING.includes(status)) throw new Error(message);
    throw new AppError('MODEL_DOWNLOAD_FAILED', message.trim());
  }
  const etag = headers.get('etag');
  const common = { body, sha256: known.sha256, etag: etag?.startsWith('"') ? etag : undefined };
  if (status === 200)
    return { ...common, start: 0, size: known.linkedSize ?? wholeNumber(headers.get('content-length')) };
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (range === null || Number(range[1]) !== from) {
    await body.cancel();
    throw new AppError(
      'MODEL_DOWNLOAD_FAILED',
      `${address.origin}${address.pathname}: expected bytes from ${from} on, found ${headers.get('content-range') ?? 'no range'}`,
    );
  }
  return { ...common, start: from, size: known.linkedSize ?? wholeNumber(range[2] ?? null) };
}

function sha256Of(etag: string | null): string | undefined {
  return /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(etag ?? '')?.[1];
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
