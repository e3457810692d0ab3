import { AppError } from '../errors.ts';
import { createLimiter, type Limiter } from '../limiter.ts';

/** Requests to a host at once: what browsers open to one. */
const REQUESTS_A_HOST = 6;
/** Failures in a row after which a host is given up for a while. */
const FAILURES_IN_A_ROW = 3;
/** Then one request tries whether it is there again. */
const GIVEN_UP_MS = 60_000;

/** Lets requests through to hosts that answer, a few at a time. */
export interface HostGate {
  /**
   * Asks a host something.
   *
   * @param isItsFault - whether a failure says that the host is not there, rather than the one thing that it was asked for
   * @throws AppError IMAGE_FETCH_FAILED, with why the host was given up, without asking it; what `ask` throws
   */
  ask<Answer>(
    host: string,
    ask: () => Promise<Answer>,
    isItsFault: (error: unknown) => boolean,
    signal?: AbortSignal,
  ): Promise<Answer>;
}

interface Host {
  readonly limiter: Limiter;
  failures: number;
  /** When it may be tried again, in milliseconds since 1970; 0 while it is not given up. */
  closedUntil: number;
  reason: string;
}

/** @param now - milliseconds since 1970 (Date.now) */
export function createHostGate(now: () => number = Date.now): HostGate {
  const hosts = new Map<string, Host>();

  function hostOf(name: string): Host {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    const host = { limiter: createLimiter({ atOnce: REQUESTS_A_HOST }), failures: 0, closedUntil: 0, reason: '' };
    hosts.set(name, host);
    return host;
  }

  return {
    async ask(name, ask, isItsFault, signal) {
      const host = hostOf(name);
      return host.limiter.run(
        async () => {
          const isTrial = host.closedUntil > 0;
          if (isTrial) {
            if (now() < host.closedUntil) throw givenUp(name, host);
            // The others wait for what becomes of this one.
            host.closedUntil = now() + GIVEN_UP_MS;
          }
          try {
            const answer = await ask();
            open(host);
            return answer;
          } catch (error) {
            if (isItsFault(error)) countFailure(host, error, isTrial);
            else if (!signal?.aborted) open(host);
            throw error;
          }
        },
        { signal },
      );
    },
  };

  function open(host: Host): void {
    host.failures = 0;
    host.closedUntil = 0;
  }

  function countFailure(host: Host, error: unknown, isTrial: boolean): void {
    host.failures++;
    if (host.failures < FAILURES_IN_A_ROW && !isTrial) return;
    host.closedUntil = now() + GIVEN_UP_MS;
    host.reason = error instanceof Error ? error.message : String(error);
  }
}

function givenUp(name: string, { failures, reason }: Host): AppError {
  return new AppError(
    'IMAGE_FETCH_FAILED',
    `${name} was given up after ${failures} failures in a row, to be tried again in a minute and by the next import; the last: ${reason}`,
  );
}
