import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Uploads } from '../catalog/uploads.ts';
import { AppError, show } from '../errors.ts';
import { type PictureRequestQuery, readWidth, sendScaled } from './picture-route.ts';
import type { PictureVariant, ServedPicture } from './scaled-pictures.ts';

export interface UploadedPictureDeps {
  readonly uploads: Pick<Uploads, 'read'>;
  readonly scaledUpload: (id: string, variant: PictureVariant) => Promise<ServedPicture | undefined>;
}

/** An uploaded picture is kept for a day, so nobody may show it for ever; and it is of whoever uploaded it, so no cache between may keep it. */
const FOR_A_WHILE = 'private, max-age=3600';

/**
 * `GET /uploads/:id?width=`: a picture that was uploaded to search with, for whoever has its id, as `/images/:id` gives those of the catalogue: what a
 * search with it was about can be shown again when its address is opened later or by somebody else.
 */
export function addUploadedPictureRoute(app: FastifyInstance, deps: UploadedPictureDeps): void {
  app.get(
    '/uploads/:id',
    async (request: FastifyRequest<{ Params: { id: string }; Querystring: PictureRequestQuery }>, reply) => {
      const width = readWidth(request.query.width);
      const { id } = request.params;
      // Whatever was scaled before: once it has expired, it is gone.
      await deps.uploads.read(id);
      const picture = await sendScaled(request, reply, {
        name: id,
        width,
        cacheControl: FOR_A_WHILE,
        read: (variant) => deps.scaledUpload(id, variant),
      });
      if (picture === undefined) throw new AppError('IMAGE_NOT_FOUND', `there is no uploaded picture ${show(id)}`);
      return picture;
    },
  );
}
