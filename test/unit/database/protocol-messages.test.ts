import { describe, expect, it } from 'vitest';
import {
  type ClientMessage,
  fatalResponse,
  ProtocolViolation,
  queryMessage,
  readClientMessages,
  STARTUP_MESSAGE,
  SYNC_MESSAGE,
} from '../../../src/database/protocol-messages.ts';

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function read(bytes: Buffer, chunkSize = bytes.length): Promise<ClientMessage[]> {
  const messages: ClientMessage[] = [];
  for await (const message of readClientMessages(chunksOf(bytes, chunkSize))) messages.push(message);
  return messages;
}

/** A first message with this code in place of the version. */
function first(code: number, length = 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(code, 4);
  return bytes;
}

describe('readClientMessages', () => {
  const conversation = Buffer.concat([first(80877103), STARTUP_MESSAGE, queryMessage('select 1'), SYNC_MESSAGE]);

  it.each([1, 2, 3, 7, 1000])('finds the same messages in pieces of %i bytes', async (size) => {
    const messages = await read(conversation, size);
    expect(messages.map(({ kind }) => kind)).toEqual(['encryption-request', 'startup', 'query', 'sync']);
    expect(Buffer.concat(messages.map(({ bytes }) => bytes))).toEqual(conversation);
  });

  it('passes over a message that never ends', async () => {
    expect(await read(conversation.subarray(0, conversation.length - 1))).toHaveLength(3);
  });

  it('tells a cancel request from a start', async () => {
    expect(await read(first(80877102))).toEqual([expect.objectContaining({ kind: 'cancel-request' })]);
  });

  it.each([
    ['an unknown type', Buffer.from('Y\0\0\0\x04', 'latin1')],
    ['a length below its own four bytes', Buffer.from('Q\0\0\0\x03', 'latin1')],
    ['a length of 4 GiB', Buffer.from('Q\xff\xff\xff\xff', 'latin1')],
  ])('refuses %s', async (_what, bytes) => {
    await expect(read(Buffer.concat([STARTUP_MESSAGE, bytes]))).rejects.toThrow(ProtocolViolation);
  });

  it.each([
    ['another version of the protocol', first(2 << 16)],
    ['a first message of 4 GiB', first(3 << 16, 0xffffffff)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('refuses %s', async (_what, bytes) => {
    await expect(read(bytes)).rejects.toThrow(ProtocolViolation);
  });
});

it('writes a fatal response that says its length', () => {
  const response = fatalResponse('57P01', 'closing');
  expect(response.readUInt32BE(1)).toBe(response.length - 1);
  expect(response.toString('latin1')).toContain('C57P01\0Mclosing\0\0');
});
