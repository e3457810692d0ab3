/** One message of a client, of the PostgreSQL frontend/backend protocol (version 3; chapter "Frontend/Backend Protocol" of its manual). */
export interface ClientMessage {
  readonly kind:
    | 'startup'
    | 'encryption-request'
    | 'cancel-request'
    | 'query'
    | 'sync'
    | 'flush'
    | 'terminate'
    | 'copy'
    | 'extended';
  /** The whole message, with its header. */
  readonly bytes: Buffer;
}

/** A client that does not speak the protocol, or too big; its connection is to be closed. */
export class ProtocolViolation extends Error {}

const PROTOCOL_3_0 = 3 << 16;

/** Codes in place of a protocol version in the first message. */
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** PostgreSQL's own limit for the first message (MAX_STARTUP_PACKET_LENGTH). */
const MAX_STARTUP_BYTES = 10_000;
/** A batch of a thousand vectors as text is some 10 MB. The embedded database has 2 GiB for everything. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

const KIND_BY_TYPE: Readonly<Record<string, ClientMessage['kind']>> = {
  Q: 'query',
  F: 'query', // FunctionCall: like a query, it is answered at once and ends with ReadyForQuery
  S: 'sync',
  H: 'flush',
  X: 'terminate',
  d: 'copy', // CopyData, CopyDone, CopyFail
  c: 'copy',
  f: 'copy',
  P: 'extended', // Parse, Bind, Describe, Execute, Close
  B: 'extended',
  D: 'extended',
  E: 'extended',
  C: 'extended',
};

/**
 * Splits what a client sends into messages.
 *
 * @throws ProtocolViolation for an unknown message or one over the size limits
 */
export async function* readClientMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<ClientMessage> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let started = false;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    // Joined only when a message is complete, so that a large one that comes in many chunks is copied once.
    while (waitingBytes >= messageLength(waiting, started)) {
      const joined = Buffer.concat(waiting);
      const length = messageLength([joined], started);
      const bytes = joined.subarray(0, length);
      const kind: ClientMessage['kind'] = started ? kindOf(bytes) : firstKindOf(bytes);
      started ||= kind === 'startup';
      waiting = [joined.subarray(length)];
      waitingBytes -= length;
      yield { kind, bytes };
    }
  }
}

/** Length of the first waiting message, header included; of the header while that is not complete. */
function messageLength(waiting: Buffer[], started: boolean): number {
  const typeBytes = started ? 1 : 0;
  const headerBytes = typeBytes + 4;
  const header = firstBytes(waiting, headerBytes);
  if (header.length < headerBytes) return headerBytes;
  const length = header.readUInt32BE(typeBytes);
  const [least, most] = started ? [4, MAX_MESSAGE_BYTES] : [8, MAX_STARTUP_BYTES];
  if (length < least || length > most) {
    throw new ProtocolViolation(`expected a message of ${least} to ${most} bytes, found one of ${length}`);
  }
  return typeBytes + length;
}

function firstBytes(waiting: Buffer[], count: number): Buffer {
  const [first] = waiting;
  return first !== undefined && first.length >= count
    ? first.subarray(0, count)
    : Buffer.concat(waiting).subarray(0, count);
}

function firstKindOf(bytes: Buffer): ClientMessage['kind'] {
  const code = bytes.readUInt32BE(4);
  if (code === SSL_REQUEST || code === GSS_REQUEST) return 'encryption-request';
  if (code === CANCEL_REQUEST) return 'cancel-request';
  if (code >> 16 !== 3)
    throw new ProtocolViolation(`expected version 3 of the PostgreSQL protocol, found ${code >> 16}`);
  return 'startup';
}

function kindOf(bytes: Buffer): ClientMessage['kind'] {
  const type = String.fromCharCode(bytes[0] ?? 0);
  const kind = KIND_BY_TYPE[type];
  if (kind === undefined)
    throw new ProtocolViolation(`expected a message of the PostgreSQL protocol, found type ${JSON.stringify(type)}`);
  return kind;
}

/** A simple query, as a client would send it. */
export function queryMessage(text: string): Buffer {
  return message('Q', Buffer.from(`${text}\0`));
}

/**
 * Begins a session of the engine, in place of what the client sent: the engine ends itself over a first message that it does not like, and
 * has one user and one database whatever is asked for.
 */
export const STARTUP_MESSAGE = startupMessage({ user: 'postgres', database: 'postgres' });

function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.from(`${Object.entries(parameters).flat().join('\0')}\0\0`);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length, 0);
  header.writeUInt32BE(PROTOCOL_3_0, 4);
  return Buffer.concat([header, body]);
}

/** Ends a batch of the extended protocol. */
export const SYNC_MESSAGE = message('S', Buffer.alloc(0));

/** Ends a `copy ... from stdin` with an error; outside of one the server ignores it. */
export const COPY_FAIL_MESSAGE = message(
  'f',
  Buffer.from('copy from stdin is not supported by the embedded database\0'),
);

/** A FATAL ErrorResponse: the server closes the connection after it. */
export function fatalResponse(sqlState: string, text: string): Buffer {
  return message('E', Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${text}\0\0`));
}

/** Whether an answer of the server holds its last words: an ErrorResponse of severity FATAL or PANIC (field V; S is translated). */
export function endsServer(answer: Uint8Array): boolean {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  return bytes.includes('\0VFATAL\0C') || bytes.includes('\0VPANIC\0C');
}

function message(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.write(type);
  header.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([header, body]);
}
