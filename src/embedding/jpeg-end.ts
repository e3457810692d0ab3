/** How a JPEG ends, told by its markers alone (ITU T.81, annex B). */
export interface JpegEnd {
  /** Whether its end marker is there. */
  readonly isWhole: boolean;
  /** Whether it is sent in several passes, each over the whole picture. */
  readonly isProgressive: boolean;
  /** Of a progressive one: whether the last pass over each part has at least begun, so that only the finest of the picture may lack. */
  readonly hasAllPasses: boolean;
}

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const PROGRESSIVE_FRAMES: readonly number[] = [0xc2, 0xc6, 0xca, 0xce];

/** Reads the markers in order; entropy-coded data is passed over. @param bytes - begins as a JPEG does */
export function findJpegEnd(bytes: Uint8Array): JpegEnd {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let isProgressive = false;
  let components = 0;
  /** Numbers of components and of their coefficients whose last bit has come: 64 for each component that is complete. */
  const done = new Set<string>();
  const end = (isWhole: boolean): JpegEnd => ({
    isWhole,
    isProgressive,
    hasAllPasses: components > 0 && done.size === components * 64,
  });
  for (let at = 2; ; ) {
    at = nextMarker(data, at);
    if (at < 0) return end(false);
    const marker = data[at + 1] as number;
    if (marker === END_OF_IMAGE) return end(true);
    if (marker === START_OF_IMAGE) {
      at += 2;
      continue;
    }
    const length = at + 4 <= data.length ? data.readUInt16BE(at + 2) : data.length;
    if (at + 2 + length > data.length) return end(false);
    const segment = data.subarray(at + 4, at + 2 + length);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      isProgressive = PROGRESSIVE_FRAMES.includes(marker);
      components = segment[5] ?? 0;
    }
    if (marker === START_OF_SCAN) countPass(segment, done);
    at += 2 + length;
  }
}

/** Where the next marker begins: neither a stuffed byte nor one of those that stand within coded data; -1 for none. */
function nextMarker(data: Buffer, from: number): number {
  for (let at = data.indexOf(0xff, from); at >= 0 && at + 1 < data.length; at = data.indexOf(0xff, at + 1)) {
    const code = data[at + 1] as number;
    if (code !== 0 && code !== 0xff && code !== 0x01 && (code < 0xd0 || code > 0xd7)) return at;
  }
  return -1;
}

/** Keeps what a pass completes: coefficients of which it brings the last bit. @param header - the segment of the start of a scan */
function countPass(header: Buffer, done: Set<string>): void {
  const count = header[0] ?? 0;
  const [first = 0, last = 63, bits = 0] = header.subarray(1 + 2 * count);
  if ((bits & 0x0f) !== 0) return;
  for (let component = 0; component < count; component++) {
    for (let coefficient = first; coefficient <= last; coefficient++)
      done.add(`${header[1 + 2 * component]} ${coefficient}`);
  }
}
