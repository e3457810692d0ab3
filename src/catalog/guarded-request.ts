import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { AppError, badInput, type ErrorCode, show } from '../errors.ts';

/**
 * Asks an address and follows redirects. Resolves with an answer of status 200, whose body is not read yet; whoever has it destroys it.
 *
 * @param condition - headers that ask for nothing but a change: 304 is an answer then, too
 */
export type GuardedRequest = (
  address: string,
  signal: AbortSignal,
  condition?: Readonly<Record<string, string>>,
) => Promise<IncomingMessage>;

/** What a failure of a request knows of it, as its `cause`. */
export interface FetchFailure {
  /** The HTTP status that was answered; undefined where nothing was, or not in time. */
  readonly status?: number;
}

/** What is asked for, and what its refusals are called. */
export interface GuardedRequestOptions {
  /** For people: `a picture`. */
  readonly wanted: string;
  /** The header. */
  readonly accept: string;
  /** Compressions that are taken, as the header has them; undefined: the header is left out. */
  readonly encoding?: string | undefined;
  /** For an address that may not be reached. */
  readonly refused: ErrorCode;
  /** For no answer, or another than 200. */
  readonly failed: ErrorCode;
  /** Private addresses and any port, for who has what is asked for in their own network, and tests. (false) */
  readonly allowPrivateAddresses?: boolean | undefined;
  /** For the connection alone. (as long as the signal lets it) */
  readonly connectTimeoutMs?: number | undefined;
}

const MAX_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** What the codes of Node's network errors mean, for people. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'the host refused the connection',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'the host did not take a connection in time',
};

/**
 * Requests that only reach public addresses, http(s) on ports 80 and 443, no credentials in the address, at most 3 redirects,
 * each checked like the first address. What a host name resolves to is checked when connecting, and that very address is
 * connected to: a name that resolves differently the second time (DNS rebinding) gains nothing.
 *
 * @throws (the request) AppError BAD_USER_INPUT: not an http(s) address; `refused`, `failed`. Network errors as Node.js has them: `connectionFailure`
 *   makes one of these of them, once it is known that nobody aborted
 */
export function createGuardedRequest(options: GuardedRequestOptions): GuardedRequest {
  const { wanted, accept, encoding, refused, failed, allowPrivateAddresses = false, connectTimeoutMs } = options;
  const filter = { allowPrivateIPAddress: allowPrivateAddresses };
  const plainAgent = new RequestFilteringHttpAgent(filter);
  const secureAgent = new RequestFilteringHttpsAgent(filter);

  /** One request, no redirects followed. */
  function get(url: URL, signal: AbortSignal, condition: Readonly<Record<string, string>>): Promise<IncomingMessage> {
    const encodings = encoding === undefined ? {} : { 'accept-encoding': encoding };
    const headers = { accept, ...encodings, 'user-agent': 'Lookgraph', ...condition };
    return new Promise((resolve, reject) => {
      const request =
        url.protocol === 'https:'
          ? https.request(url, { agent: secureAgent, signal, headers })
          : http.request(url, { agent: plainAgent, signal, headers });
      if (connectTimeoutMs !== undefined) endLateConnection(request, connectTimeoutMs);
      request.on('response', resolve).on('error', reject).end();
    });
  }

  /** @param base - what the address is relative to, when a server redirects to it */
  function checkAddress(address: string, base?: URL): URL {
    if (!URL.canParse(address, base?.href)) throw badInput('url', 'an absolute http or https address', address);
    const url = new URL(address, base);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      // After a redirect it is the server that asks for it, not who gave the address.
      if (base !== undefined)
        throw new AppError(refused, `expected a redirect to http or https, found ${show(url.protocol)}`);
      throw badInput('url', 'an absolute http or https address', address);
    }
    if (url.username !== '' || url.password !== '') {
      throw new AppError(refused, 'expected an address without user name and password, found one with');
    }
    if (!allowPrivateAddresses && !['', '80', '443'].includes(url.port)) {
      throw new AppError(refused, `expected port 80 or 443, found ${show(url.port)}`);
    }
    return url;
  }

  return async (address, signal, condition) => {
    let url = checkAddress(address);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await get(url, signal, condition ?? {});
      const { statusCode: status = 0 } = response;
      if (status === 200 || (status === 304 && condition !== undefined)) return response;
      response.destroy();
      const { location } = response.headers;
      if (!REDIRECTS.includes(status) || location === undefined) {
        const cause: FetchFailure = { status };
        throw new AppError(failed, `expected ${wanted}, found HTTP status ${status}`, { cause });
      }
      url = checkAddress(location, url);
    }
    throw new AppError(failed, `expected at most ${MAX_REDIRECTS} redirects, found more`);
  };
}

function endLateConnection(request: http.ClientRequest, connectTimeoutMs: number): void {
  const late = () => request.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
  const connecting = setTimeout(late, connectTimeoutMs);
  request.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
  request.on('close', () => clearTimeout(connecting));
}

/** Says in our words why there is no answer: the driver's would show which private address a name resolves to. */
export function connectionFailure(
  error: unknown,
  { wanted, refused, failed }: Pick<GuardedRequestOptions, 'wanted' | 'refused' | 'failed'>,
): AppError {
  // request-filtering-agent 3.2 has no code of its own; the tests of fetch-image would notice other words.
  if (error instanceof Error && /is not allowed\. Because/.test(error.message)) {
    return new AppError(refused, 'expected a public address, found a private or reserved one', { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = REASONS[String(code)] ?? 'the connection failed';
  return new AppError(failed, `expected ${wanted}, but ${reason}`, { cause: error });
}
