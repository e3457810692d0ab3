import type { CardFragment } from '../generated/operations.ts';

export type ProductPicture = CardFragment['images'][number];

/** A product's picture at the size it is shown in; the space is kept while it loads. @param sizes - as in the attribute of `img` */
export function Picture({
  picture,
  alt,
  sizes,
  eager = false,
}: {
  readonly picture: ProductPicture | undefined;
  readonly alt: string;
  readonly sizes: string;
  readonly eager?: boolean;
}) {
  // Without a width it was not fetched, and may never be: there is nothing at its address.
  if (picture === undefined || picture.width === null) return <span class="no-picture">No picture</span>;
  return (
    <img
      src={picture.medium}
      srcset={`${picture.small} 240w, ${picture.medium} 480w, ${picture.large} 960w`}
      sizes={sizes}
      alt={alt}
      width={picture.width ?? undefined}
      height={picture.height ?? undefined}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      draggable={false}
    />
  );
}
