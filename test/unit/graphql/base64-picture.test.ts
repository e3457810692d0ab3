import { describe, expect, it } from 'vitest';
import { decodeBase64Picture, MAX_BASE64_PICTURE_BYTES } from '../../../src/graphql/base64-picture.ts';

const BYTES = Buffer.from([0xff, 0xd8, 0xff, 0xfb, 0xef, 0xbe]);

describe('decodeBase64Picture', () => {
  it.each([
    ['plain', BYTES.toString('base64')],
    ['URL-safe', BYTES.toString('base64url')],
    ['broken into lines', BYTES.toString('base64').replace(/..../g, '$&\r\n')],
    ['a data: address', `data:image/jpeg;base64,${BYTES.toString('base64')}`],
    ['a data: address with parameters', `data:image/svg+xml;charset=utf-8;base64,${BYTES.toString('base64')}`],
    ['a data: address without a type', `data:;base64,${BYTES.toString('base64')}`],
  ])('reads base64 that is %s', (_, text) => {
    expect(Buffer.from(decodeBase64Picture(text, 'p'))).toEqual(BYTES);
  });

  it.each(['', '   ', 'data:image/png;base64,', 'data:image/png,raw', 'not base64!', 'ab=c', '===='])(
    'refuses %j',
    (text) => {
      expect(() => decodeBase64Picture(text, 'terms.0.match.image.source.base64')).toThrow(
        'terms.0.match.image.source.base64: expected a picture in base64 or a data: address, found',
      );
    },
  );

  it('takes 4 MiB and refuses a byte more, with the way out', () => {
    const most = Buffer.alloc(MAX_BASE64_PICTURE_BYTES);
    expect(decodeBase64Picture(most.toString('base64'), 'p')).toHaveLength(MAX_BASE64_PICTURE_BYTES);
    const larger = Buffer.alloc(MAX_BASE64_PICTURE_BYTES + 1).toString('base64');
    expect(() => decodeBase64Picture(larger, 'p')).toThrow(
      expect.objectContaining({ code: 'IMAGE_TOO_LARGE', message: expect.stringContaining('POST /uploads') }),
    );
  });
});
