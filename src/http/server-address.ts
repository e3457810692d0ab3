import type { FastifyRequest } from 'fastify';
import { badInput } from '../errors.ts';

/** A host with an optional port; nothing that could end up as markup or as another part of an address. */
const HOST = /^([\w.-]+|\[[\da-fA-F:.]+\])(:\d{1,5})?$/;

/** For routes that name their own address. @throws AppError BAD_USER_INPUT for a Host header that is none */
export async function checkHost(request: FastifyRequest): Promise<void> {
  if (!HOST.test(request.host)) throw badInput('host', 'a name or address, with or without a port', request.host);
}

/**
 * The address of this server as the client reaches it, without a slash at the end. Needs `checkHost` before.
 *
 * @param publicUrl - what the operator says it is; else the host that the request names
 */
export function serverAddress(request: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
}
