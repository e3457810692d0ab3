import { describe, expect, it } from 'vitest';
import type { FeedTableRow } from '../../../../src/catalog/feed/feed-record.ts';
import { MAX_RECORD_CHARACTERS } from '../../../../src/catalog/feed/feed-record.ts';
import { findXmlProducts, readXml } from '../../../../src/catalog/feed/read-xml.ts';
import { inPieces } from './collect-feed.ts';

async function entriesOf(text: string, size?: number) {
  const tables = new Map<string, FeedTableRow[]>();
  const entries = [];
  const products = await findXmlProducts(inPieces(text, size));
  for await (const entry of readXml(inPieces(text, size), products, tables)) entries.push(entry);
  return { products, tables, entries };
}
async function read(text: string, size?: number) {
  const { entries } = await entriesOf(text, size);
  return entries.map((entry) =>
    'problem' in entry ? entry : { line: entry.line, ...Object.fromEntries(entry.fields) },
  );
}
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
    ['an element that is not closed', '<item><g:id>1</g:id><title>A</item>'],
    ['an end without a beginning', '<item><g:id>1</g:id></b><title>A</title></item>'],
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
    expect(found).toEqual([{ line: 1, id: ['1'], title: ['&b;'] }]);
  });

  it('reports what is no XML once, not for each character', async () => {
    expect((await read('\u0001\u0002 binary & rubbish < > \u0003'.repeat(1000))).length).toBe(1);
  });

  it('takes ampersands that begin no entity, and signs that begin no tag, for themselves', async () => {
    const text = rss(`<item><g:id>1</g:id><title>Salt & Pepper &unknown; &lt;</title>
<link>https://shop.example/?a=1&lang=en&copy=2&amp;b=3</link><g:image_link href="a.jpg?x=1&"/><g:color>R&</g:color><g:size>3 < 5</g:size></item>`);
    const expected = {
      ...{
        id: ['1'],
        title: ['Salt & Pepper &unknown; <'],
        image_link: ['a.jpg?x=1&'],
        color: ['R&'],
        size: ['3 < 5'],
      },
      link: ['https://shop.example/?a=1&lang=en&copy=2&b=3'],
    };
    for (const size of [1, 2, 5, 1000]) expect(await read(text, size)).toEqual([{ line: 3, ...expected }]);
  });

  it('takes HTML that is not escaped for a part of its field', async () => {
    const [row] = await read(
      rss('<item><g:id>1</g:id><description>Soft <b>and</b> warm<br>light</p></description><title>A</title></item>'),
    );
    expect(row).toMatchObject({ id: ['1'], title: ['A'] });
    expect(JSON.stringify(row)).toMatch(/Soft +and +warm +light/);
  });

  it('lets names of Google win over bare ones, and these over others, in any order and under any prefix', async () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="http://base.google.com/ns/1.0" xmlns:m="urn:m"><entry>
<id>tag:1</id><x:id>1</x:id><x:title>Good</x:title><title>Page</title><m:title>Other</m:title><m:color>red</m:color><size>L</size><m:size>XL</m:size></entry></feed>`;
    const { entries } = await entriesOf(text);
    expect(await read(text)).toEqual([{ line: 1, id: ['1'], title: ['Good'], color: ['red'], size: ['L'] }]);
    expect(entries[0]).toMatchObject({
      tree: {
        name: 'entry',
        children: [{ name: 'id', text: '1' }, { name: 'title' }, { name: 'color' }, { name: 'size' }],
      },
    });
  });

  it.each([
    [
      'SHOP/SHOPITEM',
      '<SHOP><SHOPITEM><ITEM_ID>1</ITEM_ID><PRODUCTNAME>A</PRODUCTNAME><PARAM><PARAM_NAME>n</PARAM_NAME><VAL>v</VAL></PARAM></SHOPITEM></SHOP>',
    ],
    [
      'offers/o',
      '<offers><group><o id="1" price="2"><name>A</name><imgs><main url="a.jpg"/></imgs></o></group></offers>',
    ],
    [
      'Products/Product',
      '<Products><Categories><Category><Id>7</Id><Name>C</Name></Category><Category><Id>8</Id><Name>D</Name></Category></Categories><Product><Id>1</Id><Name>A</Name><Price>1</Price><Images><Image><Id>5</Id><Name>x</Name></Image></Images></Product></Products>',
    ],
    [
      'root/zboze',
      '<root><zboze><sku>1</sku><name>A</name><variants><variant><sku>1a</sku><name>A a</name><price>3</price><stock>1</stock></variant></variants></zboze></root>',
    ],
    ['catalog/product', '<catalog><product id="1" name="A" price="3"/></catalog>'],
  ])('finds the products in %s', async (place, text) => {
    const { products, entries } = await entriesOf(`<?xml version="1.0"?>\n${text}`);
    expect(`${products.root}/${products.element}`).toBe(place);
    expect(entries.length).toBe(1);
  });

  it('takes an element for no product where others of its name are', async () => {
    const text =
      '<x><menu><item>one</item><item><url>a</url></item></menu><items><item><id>1</id><title>A</title></item><item><id>2</id><title>B</title></item></items></x>';
    expect((await read(text)).map((row) => ('id' in row ? row.id : row))).toEqual([['1'], ['2']]);
  });

  it('hands on what is nested, attributes, and tables that come before the products', async () => {
    const text = `<yml_catalog><shop><name>S</name><categories><category id="1">Home</category><category id="10" parentId="1"> Cups </category></categories>
<offers><offer id="A" available="true"><name>Cup</name><price currency="RUB">5</price><categoryId>10</categoryId><param name="Color" unit="x">red</param></offer></offers></shop></yml_catalog>`;
    const { entries, tables, products } = await entriesOf(text, 9);
    expect(products).toMatchObject({ root: 'yml_catalog', element: 'offer' });
    expect(tables).toEqual(
      new Map([
        [
          'category',
          [
            { attributes: { id: '1' }, text: 'Home' },
            { attributes: { id: '10', parent_id: '1' }, text: 'Cups' },
          ],
        ],
      ]),
    );
    expect(entries).toMatchObject([
      {
        line: 2,
        fields: new Map([
          ['name', ['Cup']],
          ['price', ['5 RUB']],
          ['category_id', ['10']],
          ['param', ['red']],
          ['id', ['A']],
          ['available', ['true']],
        ]),
        tree: {
          attributes: { id: 'A', available: 'true' },
          children: [{ text: 'Cup' }, {}, {}, { name: 'param', attributes: { name: 'Color', unit: 'x' }, text: 'red' }],
        },
      },
    ]);
  });

  it('takes a list of equal elements for several values, and parts of one thing for one', async () => {
    const text = `<products><product><sku>A</sku><images><image>a.jpg</image><image>b.jpg</image></images><detail><name>Fit</name><value>Slim</value></detail></product>
<product><sku>B</sku></product></products>`;
    const { entries } = await entriesOf(text, 9);
    expect(entries[0]).toMatchObject({
      fields: new Map([
        ['sku', ['A']],
        ['images', ['a.jpg', 'b.jpg']],
        ['detail', ['Fit:Slim']],
      ]),
    });
  });

  it('takes no product from a comment, however long', async () => {
    const comment = `<!--<item><g:id>0</g:id>${'x'.repeat(200_000)}</item>-->`;
    expect(await read(rss(`${comment}<item><g:id>1</g:id><title>A</title></item>`), 16_384)).toEqual([
      { line: 3, id: ['1'], title: ['A'] },
    ]);
  });

  it('refuses elements that are nested to exhaust memory', async () => {
    await expect(read('<a>'.repeat(100_000))).rejects.toMatchObject({ code: 'FEED_INVALID' });
  });
});
