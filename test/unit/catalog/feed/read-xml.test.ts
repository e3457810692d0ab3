import { describe, expect, it } from 'vitest';
import { MAX_RECORD_CHARACTERS } from '../../../../src/catalog/feed/feed-record.ts';
import { readXml } from '../../../../src/catalog/feed/read-xml.ts';
import { collect, inPieces } from './collect-feed.ts';

const read = (text: string, size?: number) => collect(readXml(inPieces(text, size)));
const rss = (items: string) =>
  `<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>\n${items}\n</channel></rss>`;

describe('readXml', () => {
  it('reads RSS items with entities, CDATA, repeated and nested elements, in pieces of any size', async () => {
    const text = rss(`<item>
  <g:id>1</g:id>
  <title>Salt &amp; caf&eacute; <![CDATA[<Pepper>]]></title>
  <g:additional_image_link>a.jpg</g:additional_image_link>
  <g:additional_image_link>b.jpg</g:additional_image_link>
  <g:shipping>
    <g:country>US</g:country>
    <g:price>4.95 USD</g:price>
  </g:shipping>
  <g:color/>
</item>`);
    const expected = [
      {
        line: 3,
        id: ['1'],
        title: ['Salt & café <Pepper>'],
        additional_image_link: ['a.jpg', 'b.jpg'],
        shipping: ['US:4.95 USD'],
      },
    ];
    for (let size = 1; size < 60; size++) expect(await read(text, size), `pieces of ${size}`).toEqual(expected);
  });

  it('reads Atom entries with the link in an attribute', async () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>A</title><link href="https://shop.example/1"/></entry></feed>`;
    expect(await read(text)).toEqual([{ line: 1, id: ['1'], title: ['A'], link: ['https://shop.example/1'] }]);
  });

  it.each([
    ['a bare ampersand', '<item><g:id>1</g:id><title>Salt & Pepper</title></item>'],
    ['an element that is not closed', '<item><g:id>1</g:id><title>A</item>'],
    ['an end without a beginning', '<item><g:id>1</g:id></b><title>A</title></item>'],
    ['an unknown entity', '<item><g:id>1</g:id><title>Caf&unknown;</title></item>'],
    ['bytes that are no text', '<item><g:id>1</g:id><title>H\ufffdndler</title></item>'],
    ['too many characters', `<item><g:id>1</g:id><title>${'x'.repeat(MAX_RECORD_CHARACTERS + 1)}</title></item>`],
  ])('refuses a product with %s and reads the next', async (_, broken) => {
    const found = await read(rss(`${broken}\n<item><g:id>2</g:id><title>B</title></item>`), 4096);
    expect(found).toEqual([
      { line: 3, problem: expect.stringMatching(/^expected/) },
      { line: 4, id: ['2'], title: ['B'] },
    ]);
  });

  it('reports a product that the end of the file cuts off', async () => {
    expect(await read('<rss><channel><item><g:id>1</g:id></item>\n<item><g:id>2</g')).toMatchObject([
      { line: 1, id: ['1'] },
      { line: 2, problem: expect.stringContaining('end') },
    ]);
  });

  it('does not expand entities of a DTD', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    const found = await read(`${bomb}<rss><item><id>1</id><title>&b;</title></item></rss>`);
    expect(found).toEqual([{ line: 1, problem: expect.stringContaining('well-formed') }]);
  });

  it('reports what is no XML once, not for each character', async () => {
    expect((await read('\u0001\u0002 binary & rubbish < > \u0003'.repeat(1000))).length).toBe(1);
  });
});
