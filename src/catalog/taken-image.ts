/** What became of a picture: in the store, unreadable, or to be fetched later. */
export type TakenImage =
  | { readonly kind: 'kept'; readonly contentHash: string; readonly width: number; readonly height: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'later' };
