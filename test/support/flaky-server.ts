import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FlakyServer {
  /** Ends in a slash. */
  readonly url: string;
  /** Of the requests so far: `GET /a range bytes=5-`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Answers one request; `attempt` counts the requests for this path from 1. */
export type Answer = (response: ServerResponse, request: IncomingMessage, attempt: number) => void;

/** A web server on this machine that answers each path as a test says. */
export async function startFlakyServer(answers: Record<string, Answer>): Promise<FlakyServer> {
  const requests: string[] = [];
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const { range } = request.headers;
    requests.push(`${request.method} ${path}${range ? ` range ${range}` : ''}`);
    const attempt = (attempts.get(path) ?? 0) + 1;
    attempts.set(path, attempt);
    const answer = answers[path];
    if (answer) answer(response, request, attempt);
    else response.writeHead(404).end('nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface ServedFile {
  readonly etag?: string;
  readonly headers?: Record<string, string>;
  /** Cuts the connection after so many bytes of an answer; undefined sends all. */
  readonly cutAfter?: (attempt: number) => number | undefined;
}

/** Serves a file as a content network does: with its size, an ETag, and the rest of it when asked. */
export function serveFile(
  bytes: Buffer,
  { etag = '"v1"', headers = {}, cutAfter = () => undefined }: ServedFile = {},
): Answer {
  return (response, request, attempt) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const resumes = from > 0 && request.headers['if-range'] === etag;
    const body = resumes ? bytes.subarray(from) : bytes;
    response.writeHead(resumes ? 206 : 200, {
      etag,
      'content-length': body.length,
      ...(resumes ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
      ...headers,
    });
    const cut = cutAfter(attempt);
    if (cut === undefined) response.end(body);
    else response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
  };
}
