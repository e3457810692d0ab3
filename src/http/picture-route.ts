import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isPictureHash } from '../catalog/picture-store.ts';
import type { ProductImage } from '../catalog/read-products.ts';
import { AppError, badInput } from '../errors.ts';
import { parseGlobalId } from '../graphql/global-id.ts';
import type { PictureVariant, ServedPicture } from './scaled-pictures.ts';

export interface PictureRouteDeps {
  readonly scaledPicture: (contentHash: string, variant: PictureVariant) => Promise<ServedPicture | undefined>;
  readonly getProductImages: (ids: readonly string[]) => Promise<(ProductImage | undefined)[]>;
}

/** As it comes: `width` may be anything. */
export type PictureRequestQuery = Record<string, unknown>;

type PictureRequest = FastifyRequest<{ Params: { id: string }; Querystring: PictureRequestQuery }>;

/** In pixels; ProductImage.url of GraphQL has the same bounds. */
const MIN_WIDTH = 16;
const MAX_WIDTH = 2_048;

/** The address holds the hash of the content, so what it answers never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * `GET /images/:id?width=`. The id is the content hash of a picture, as ProductImage.url has it; or a picture's global id, which leads to
 * the content once there is some.
 */
export function addPictureRoute(app: FastifyInstance, deps: PictureRouteDeps): void {
  app.get('/images/:id', async (request: PictureRequest, reply) => {
    const width = readWidth(request.query.width);
    const { id } = request.params;
    if (isPictureHash(id)) return sendPicture(deps, request, reply, { contentHash: id, width });
    const contentHash = await currentContent(deps, id);
    const query = width === undefined ? '' : `?width=${width}`;
    return reply.header('cache-control', 'no-cache').redirect(`/images/${contentHash}${query}`, 302);
  });
}

async function sendPicture(
  deps: PictureRouteDeps,
  request: PictureRequest,
  reply: FastifyReply,
  { contentHash, width }: { contentHash: string; width: number | undefined },
): Promise<FastifyReply> {
  const sent = await sendScaled(request, reply, {
    name: contentHash,
    width,
    cacheControl: FOR_EVER,
    read: (variant) => deps.scaledPicture(contentHash, variant),
  });
  if (sent === undefined) throw new AppError('IMAGE_NOT_FOUND', `there is no picture with the content ${contentHash}`);
  return sent;
}

/**
 * Sends a picture in the form that the client takes, or 304 where the client has it.
 *
 * @param picture.name - of its content: two pictures with one name are the same
 * @returns undefined where there is no such picture
 */
export async function sendScaled(
  request: FastifyRequest,
  reply: FastifyReply,
  picture: {
    readonly name: string;
    readonly width: number | undefined;
    readonly cacheControl: string;
    readonly read: (variant: PictureVariant) => Promise<ServedPicture | undefined>;
  },
): Promise<FastifyReply | undefined> {
  const { name, width } = picture;
  const webp = width !== undefined && /\bimage\/webp\b/i.test(request.headers.accept ?? '');
  const etag = `"${name}-${width ?? 'original'}${webp ? '-webp' : ''}"`;
  const caching = { etag, 'cache-control': picture.cacheControl, vary: 'accept' };
  if (request.headers['if-none-match'] === etag) return reply.code(304).headers(caching).send();

  const served = await picture.read({ width, webp });
  return (
    served &&
    reply
      .headers({
        ...caching,
        'content-type': served.contentType,
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .send(served.bytes)
  );
}

async function currentContent(deps: PictureRouteDeps, id: string): Promise<string> {
  const parsed = parseGlobalId(id);
  const [image] = parsed?.kind === 'image' ? await deps.getProductImages([parsed.uuid]) : [];
  if (image === undefined) throw new AppError('IMAGE_NOT_FOUND', 'there is no picture with this id');
  if (image.contentHash === null) {
    const why = image.state === 'FAILED' ? 'could not be fetched or read' : 'was not fetched yet';
    throw new AppError('IMAGE_NOT_FOUND', `this picture is in the catalogue, but ${why}`);
  }
  return image.contentHash;
}

/** @returns pixels; undefined for the size as it is. @throws AppError BAD_USER_INPUT */
export function readWidth(text: unknown): number | undefined {
  if (text === undefined) return undefined;
  const width = typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(width >= MIN_WIDTH && width <= MAX_WIDTH)) throw badInput('width', `${MIN_WIDTH} to ${MAX_WIDTH} pixels`, text);
  return width;
}
