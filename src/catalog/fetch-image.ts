/** Fetches a picture from a web address. */
export type FetchImage = (url: string, signal?: AbortSignal) => Promise<FetchedImage>;

export interface FetchedImage {
  readonly bytes: Uint8Array;
  /** What would tell a new version: the ETag, else Last-Modified, else null. */
  readonly version: string | null;
}

/**
 * A fetcher that only reaches public addresses (checked at connect time, for each redirect), http(s) on ports 80 and 443, no credentials
 * in the address, with limits on time, size and redirects.
 *
 * @param options.allowPrivateAddresses - for shops whose pictures lie in their own network, and tests (false)
 * @throws (the fetcher) AppError BAD_USER_INPUT, IMAGE_FETCH_REFUSED, IMAGE_FETCH_FAILED, IMAGE_TOO_LARGE
 */
export declare function createImageFetcher(options?: {
  allowPrivateAddresses?: boolean;
  timeoutMs?: number;
  maxBytes?: number;
}): FetchImage;
