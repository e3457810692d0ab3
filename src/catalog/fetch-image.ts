import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { AppError, badInput, show } from '../errors.ts';

/** Fetches a picture from a web address. Rejects with the signal's reason when that is aborted. */
export interface FetchImage {
  (url: string, signal?: AbortSignal): Promise<FetchedImage>;
  /**
   * Asks whether there is another one.
   *
   * @param known - the version that is known, as FetchedImage.version has it
   * @returns UNCHANGED where the server says that there is none (304)
   */
  (url: string, signal: AbortSignal | undefined, known: string): Promise<FetchedImage | 'UNCHANGED'>;
}

export interface FetchedImage {
  readonly bytes: Uint8Array;
  /** What would tell a new version: the ETag, else Last-Modified, else null. */
  readonly version: string | null;
}

/** What a failure of a fetch knows of it, as its `cause`. */
export interface FetchFailure {
  /** The HTTP status that was answered; undefined where nothing was, or not in time. */
  readonly status?: number;
}

const MAX_REDIRECTS = 3;
/** A host that does not even take a connection in this time is not there: the world round and back takes a tenth of it. */
const CONNECT_TIMEOUT_MS = 5_000;
const REDIRECTS: readonly (number | undefined)[] = [301, 302, 303, 307, 308];

/** What the codes of Node's network errors mean, for people. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'the host refused the connection',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'the host did not take a connection in time',
};

/**
 * A fetcher that only reaches public addresses, http(s) on ports 80 and 443, no credentials in the address, at most 3 redirects,
 * each checked like the first address. What a host name resolves to is checked when connecting, and that very address is
 * connected to: a name that resolves differently the second time (DNS rebinding) gains nothing.
 * Whether the bytes are a picture is not looked at here.
 *
 * @param options.allowPrivateAddresses - for shops whose pictures lie in their own network, and tests: private addresses and any port (false)
 * @param options.timeoutMs - for all of it: connecting, redirects, and the whole body (15,000)
 * @param options.connectTimeoutMs - for each connection (5,000)
 * @param options.maxBytes - (10 MiB)
 * @throws (the fetcher) AppError BAD_USER_INPUT: not an http(s) address; IMAGE_FETCH_REFUSED: an address that may not be reached;
 *   IMAGE_FETCH_FAILED: no answer, another answer than 200, or cut off; IMAGE_TOO_LARGE
 */
export function createImageFetcher(
  options: { allowPrivateAddresses?: boolean; timeoutMs?: number; connectTimeoutMs?: number; maxBytes?: number } = {},
): FetchImage {
  const { allowPrivateAddresses = false, timeoutMs = 15_000, maxBytes = 10 * 1024 ** 2 } = options;
  const { connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  const filter = { allowPrivateIPAddress: allowPrivateAddresses };
  const plainAgent = new RequestFilteringHttpAgent(filter);
  const secureAgent = new RequestFilteringHttpsAgent(filter);

  /** One request, no redirects followed. */
  function get(url: URL, signal: AbortSignal, condition: Record<string, string>): Promise<IncomingMessage> {
    const headers = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Lookgraph', ...condition };
    return new Promise((resolve, reject) => {
      const request =
        url.protocol === 'https:'
          ? https.request(url, { agent: secureAgent, signal, headers })
          : http.request(url, { agent: plainAgent, signal, headers });
      const late = () => request.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
      const connecting = setTimeout(late, connectTimeoutMs);
      request.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
      request.on('close', () => clearTimeout(connecting));
      request.on('response', resolve).on('error', reject).end();
    });
  }

  async function follow(
    address: string,
    signal: AbortSignal,
    known: string | undefined,
  ): Promise<FetchedImage | 'UNCHANGED'> {
    let url = checkAddress(address, allowPrivateAddresses);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await get(url, signal, known === undefined ? {} : unlessVersion(known));
      if (response.statusCode === 200) return await readBody(response, maxBytes);
      response.destroy();
      if (response.statusCode === 304 && known !== undefined) return 'UNCHANGED';
      const { location } = response.headers;
      if (!REDIRECTS.includes(response.statusCode) || location === undefined) {
        const { statusCode: status = 0 } = response;
        const cause: FetchFailure = { status };
        throw new AppError('IMAGE_FETCH_FAILED', `expected a picture, found HTTP status ${status}`, { cause });
      }
      url = checkAddress(location, allowPrivateAddresses, url);
    }
    throw new AppError('IMAGE_FETCH_FAILED', `expected at most ${MAX_REDIRECTS} redirects, found more`);
  }

  async function fetchImage(address: string, signal?: AbortSignal): Promise<FetchedImage>;
  async function fetchImage(
    address: string,
    signal: AbortSignal | undefined,
    known: string,
  ): Promise<FetchedImage | 'UNCHANGED'>;
  async function fetchImage(address: string, signal?: AbortSignal, known?: string) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await follow(address, signal === undefined ? timeout : AbortSignal.any([signal, timeout]), known);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      if (timeout.aborted) {
        throw new AppError(
          'IMAGE_FETCH_FAILED',
          `expected the whole picture within ${timeoutMs.toLocaleString('en')} ms`,
          { cause: error },
        );
      }
      throw connectionFailure(error);
    }
  }
  return fetchImage;
}

/** An ETag or a Last-Modified, as the header that asks for anything else. */
function unlessVersion(version: string): Record<string, string> {
  const isDate = !version.includes('"') && !Number.isNaN(Date.parse(version));
  return isDate ? { 'if-modified-since': version } : { 'if-none-match': version };
}

/** @param base - what the address is relative to, when a server redirects to it */
function checkAddress(address: string, allowPrivateAddresses: boolean, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw badInput('url', 'an absolute http or https address', address);
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    // After a redirect it is the server that asks for it, not who gave the address.
    if (base !== undefined) throw refused('expected a redirect to http or https', url.protocol);
    throw badInput('url', 'an absolute http or https address', address);
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('IMAGE_FETCH_REFUSED', 'expected an address without user name and password, found one with');
  }
  if (!allowPrivateAddresses && !['', '80', '443'].includes(url.port)) {
    throw refused('expected port 80 or 443', url.port);
  }
  return url;
}

/** Reads to the end, and no further than `maxBytes`. */
async function readBody(response: IncomingMessage, maxBytes: number): Promise<FetchedImage> {
  const declared = Number(response.headers['content-length'] ?? 0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    if (declared > maxBytes) throw tooLarge(maxBytes, declared.toLocaleString('en'));
    for await (const chunk of unpacked(response)) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(maxBytes, 'more');
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
  }
  return {
    bytes: Buffer.concat(chunks, length),
    version: response.headers.etag ?? response.headers['last-modified'] ?? null,
  };
}

/** The body without a compression that was not asked for: some servers keep their files compressed. */
function unpacked(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const unpack = UNPACKING[encoding];
  if (unpack === undefined) return response;
  const stream = unpack();
  // Either end that breaks breaks the other, so that nothing waits for what will not come.
  pipeline(response, stream, () => {});
  return stream;
}

const UNPACKING: Readonly<Record<string, () => NodeJS.ReadWriteStream & AsyncIterable<Uint8Array>>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function tooLarge(maxBytes: number, found: string): AppError {
  return new AppError(
    'IMAGE_TOO_LARGE',
    `expected a picture of at most ${maxBytes.toLocaleString('en')} bytes, found ${found}`,
  );
}

function refused(expected: string, found: string): AppError {
  return new AppError('IMAGE_FETCH_REFUSED', `${expected}, found ${show(found)}`);
}

/** Says in our words why there is no answer: the driver's would show which private address a name resolves to. */
function connectionFailure(error: unknown): AppError {
  // request-filtering-agent 3.2 has no code of its own; the tests of fetch-image would notice other words.
  if (error instanceof Error && /is not allowed\. Because/.test(error.message)) {
    return new AppError('IMAGE_FETCH_REFUSED', 'expected a public address, found a private or reserved one', {
      cause: error,
    });
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = REASONS[String(code)] ?? 'the connection failed';
  return new AppError('IMAGE_FETCH_FAILED', `expected a picture, but ${reason}`, { cause: error });
}
