import type { FastifyRequest } from 'fastify';

/** A host with an optional port; nothing that could end up as markup or as another part of an address. */
const HOST = /^([\w.-]+|\[[\da-fA-F:.]+\])(:\d{1,5})?$/;

/**
 * The address of this server as the client reaches it, without a slash at the end.
 *
 * @param publicUrl - what the operator says it is; else the host that the request names, or the socket it came in by
 */
export function serverAddress(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  if (HOST.test(request.host)) return `${request.protocol}://${request.host}`;
  const { localAddress = '127.0.0.1', localPort } = request.socket;
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  return `${request.protocol}://${host}:${localPort}`;
}
