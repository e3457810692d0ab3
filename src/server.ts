import type { Logger } from 'pino';
import type { PictureStore } from './catalog/picture-store.ts';
import type { Uploads } from './catalog/uploads.ts';
import type { GraphqlDeps } from './graphql/context.ts';

/** Everything the server needs; it reads no environment and opens no resource of the shop, so tests start it with whatever they like. */
export interface ServerDeps extends GraphqlDeps {
  readonly uploads: Pick<Uploads, 'put'>;
  readonly pictures: Pick<PictureStore, 'read'>;
  /** What keeps the shop from answering now, in words for its operator; empty when it is ready. */
  readonly isReady: () => Promise<{ readonly ready: boolean; readonly problems: readonly string[] }>;
  readonly logger: Logger;
  /** Prefix of picture addresses in answers, such as `https://search.shop.example`; when left out, the host that the request came to. */
  readonly publicUrl?: string;
  readonly limits?: Partial<ServerLimits>;
}

/** Bounds that an operator may want to move. */
export interface ServerLimits {
  /** A search that has not finished by then is given up with TIMEOUT (30,000). */
  readonly requestTimeoutMs: number;
  /** How long requests in flight may take to finish once the server closes (10,000). */
  readonly closeGraceMs: number;
  /** Pictures being scaled at once (2): each holds a core. */
  readonly scalingConcurrency: number;
  /** Pictures waiting to be scaled (64); more are refused with SERVER_OVERLOADED. */
  readonly scalingQueue: number;
  /** Memory for pictures already scaled (64 MiB). */
  readonly scaledCacheBytes: number;
}

export interface Server {
  /** Starts to answer. Returns the address, such as `http://127.0.0.1:4000`. */
  listen(options: { host: string; port: number }): Promise<string>;
  /** Says "not ready", lets requests in flight finish, then stops. Safe to call twice. The shop's resources stay open: whoever opened them closes them. */
  close(): Promise<void>;
}

/** The HTTP server: GraphQL, uploads, pictures, health, metrics and the start page. */
export declare function createServer(deps: ServerDeps): Promise<Server>;
