import { describe, expect, it } from 'vitest';
import { table } from './rows-of.ts';

describe('Shopify product export', () => {
  const first = {
    Handle: 'rug',
    Title: 'Rug',
    'Body (HTML)': '<p>Wool</p>',
    Vendor: 'Ull',
    Type: 'Rugs',
    Tags: 'floor, wool',
    Published: 'true',
    'Option1 Name': 'Colour',
    'Option1 Value': 'Grey',
    'Variant SKU': 'R-G',
    'Variant Inventory Tracker': 'shopify',
    'Variant Inventory Qty': '-1',
    'Variant Inventory Policy': 'deny',
    'Variant Price': '90.00',
    'Variant Compare At Price': '120.00',
    'Variant Barcode': "'00012",
    'Image Src': 'https://x.example/1.jpg',
    'Cost per item': '40.00',
    'Pile (product.metafields.custom.pile)': 'short',
    Status: 'active',
  };
  const second = {
    Handle: 'rug',
    'Option1 Value': 'Red',
    'Variant Price': '95.00',
    'Variant Image': 'https://x.example/2.jpg',
  };

  it('makes a row of each variant, with the words of the first and its own picture in front', async () => {
    const [grey, red] = await table(first, second, { Handle: 'rug', 'Image Src': 'https://x.example/3.jpg' });
    expect(grey).toMatchObject({
      line: 2,
      fields: {
        id: ['R-G'],
        item_group_id: ['rug'],
        price: ['90.00'],
        price_before: ['120.00'],
        availability: ['out_of_stock'],
        gtin: ['00012'],
        colour: ['Grey'],
        tags: ['floor', 'wool'],
        pile: ['short'],
        product_type: ['Rugs'],
      },
    });
    expect(red).toMatchObject({
      line: 3,
      fields: {
        id: ['rug-Red'],
        title: ['Rug'],
        availability: ['in_stock'],
        image_link: ['https://x.example/2.jpg'],
        additional_image_link: ['https://x.example/1.jpg', 'https://x.example/3.jpg'],
      },
    });
    expect(JSON.stringify([grey, red])).not.toContain('40.00');
  });

  it('leaves out what is a draft or not published', async () => {
    const rows = await table({ ...first, Status: 'draft' }, second, {
      ...first,
      Handle: 'mat',
      'Variant SKU': 'M',
      Published: 'false',
    });
    expect(rows).toMatchObject([
      { sku: 'R-G', leftOut: 'not published' },
      { sku: 'rug-Red', leftOut: 'not published' },
      { sku: 'M', leftOut: 'not published' },
    ]);
  });
});

describe('WooCommerce product export', () => {
  const parent = {
    ID: '7',
    Type: 'variable',
    SKU: 'cap',
    Name: 'Cap',
    Published: '1',
    Description: 'Warm\\nsoft',
    Categories: 'Hats\\, Caps > Winter, Sale',
    Images: 'https://x.example/cap.jpg',
    'Regular price': '',
    'Sale price': '',
  };
  const variation = {
    ID: '8',
    Type: 'variation',
    Name: 'Cap - Red',
    Published: '1',
    'In stock?': 'backorder',
    Parent: 'id:7',
    'Regular price': '12,50',
    'Sale price': '10',
    'Date sale price starts': '2024-01-01',
    'Attribute 1 name': 'Color',
    'Attribute 1 value(s)': 'Red',
  };
  const made = {
    fields: {
      id: ['8'],
      item_group_id: ['cap'],
      description: ['Warm\nsoft'],
      image_link: ['https://x.example/cap.jpg'],
      price: ['12,50'],
      sale_price: ['10'],
      sale_price_effective_date: ['2024-01-01 / '],
      availability: ['backorder'],
      color: ['Red'],
    },
    category: ['Hats, Caps', 'Winter'],
  };

  it('gives a variation what it lacks, wherever its parent stands', async () => {
    expect(await table(parent, variation)).toMatchObject([{ sku: 'cap', leftOut: 'the parent of variants' }, made]);
    expect(await table(variation, parent)).toMatchObject([{ sku: 'cap', leftOut: 'the parent of variants' }, made]);
  });

  it('keeps a variation whose parent is not there, in its group', async () => {
    expect(await table(variation)).toMatchObject([{ fields: { id: ['8'], item_group_id: ['7'] }, category: [] }]);
  });

  it('leaves out drafts, hidden ones, and the variations of a draft', async () => {
    const hidden = { ...variation, Type: 'simple', ID: '9', 'Visibility in catalog': 'hidden' };
    expect(await table({ ...parent, Published: '-1' }, variation, hidden)).toMatchObject([
      { sku: 'cap', leftOut: 'not published' },
      { sku: '8', leftOut: 'not published' },
      { sku: '9', leftOut: 'not published' },
    ]);
  });
});

describe('Magento 2 product export', () => {
  const simple = {
    sku: 'B-S',
    attribute_set_code: 'Bags',
    product_type: 'simple',
    categories: 'Root,Root/Bags/Small,Root/New',
    name: 'Bag S',
    visibility: 'Not Visible Individually',
    price: '30.000000',
    special_price: '25.000000',
    special_price_to_date: '2/1/24',
    base_image: '/b/a/bag.jpg',
    additional_images: '/b/a/side.jpg,no_selection',
    additional_attributes: 'has_options=0,size=S,note="Big, soft",care=wash, at 30 or a=b,manufacturer=Ull',
    qty: '0.0000',
    is_in_stock: '1',
  };
  const configurable = {
    sku: 'B',
    attribute_set_code: 'Bags',
    product_type: 'configurable',
    name: 'Bag',
    description: 'Canvas',
    configurable_variations: 'sku=B-S,size=S|sku=B-L,size=L',
  };
  const made = {
    fields: {
      id: ['B-S'],
      item_group_id: ['B'],
      description: ['Canvas'],
      brand: ['Ull'],
      size: ['S'],
      note: ['Big, soft'],
      care: ['wash, at 30 or a=b'],
      price: ['30.000000'],
      sale_price: ['25.000000'],
      sale_price_effective_date: [' / 2/1/24'],
      image_link: ['b/a/bag.jpg'],
      additional_image_link: ['b/a/side.jpg'],
      availability: ['in_stock'],
    },
    category: ['Bags', 'Small'],
  };

  it('puts variants into the group of the product that names them, before or after', async () => {
    const translation = { ...simple, store_view_code: 'fr', name: 'Sac S' };
    const parent = { sku: 'B', leftOut: 'the parent of variants' };
    expect(await table(simple, translation, configurable)).toMatchObject([made, parent]);
    expect(await table(configurable, simple)).toMatchObject([parent, made]);
  });

  it('leaves out what is disabled, and what is unseen and belongs to nothing', async () => {
    const rows = await table(
      { ...simple, product_online: '2' },
      { ...simple, sku: 'B-X' },
      { ...simple, sku: 'B-Y', visibility: 'Catalog, Search' },
    );
    expect(rows).toMatchObject([
      { sku: 'B-S', leftOut: 'not published' },
      { sku: 'B-X', leftOut: 'not published' },
      { fields: { id: ['B-Y'] } },
    ]);
  });
});

describe('PrestaShop product file', () => {
  it('reads the columns of its importer', async () => {
    const row = {
      'Product ID': '4',
      'Active (0/1)': '1',
      'Name *': 'Vase',
      'Categories (x,y,z...)': 'Vases,Home',
      'Price tax included': '20.00',
      'Discount percent': '25',
      'Discount from (yyyy-mm-dd)': '2024-01-01',
      'Reference #': 'V-4',
      Quantity: '3',
      'Tags (x,y,z...)': 'glass,blue',
      'Feature(Name:Value:Position:Customized)': 'Height:20 cm:1',
      'Image URLs (x,y,z...)': 'https://x.example/v.jpg',
    };
    expect(await table(row, { ...row, 'Reference #': 'V-5', 'Active (0/1)': '0' })).toMatchObject([
      {
        fields: {
          id: ['V-4'],
          title: ['Vase'],
          price: ['20.00'],
          sale_price: ['15.00'],
          sale_price_effective_date: ['2024-01-01 / '],
          availability: ['3'],
          tags: ['glass', 'blue'],
          height: ['20 cm'],
          image_link: ['https://x.example/v.jpg'],
        },
        category: ['Vases'],
      },
      { sku: 'V-5', leftOut: 'not published' },
    ]);
  });

  it('reads what its catalogue writes, with the price that is paid', async () => {
    const row = {
      'Product ID': '4',
      Image: 'https://x.example/v.jpg',
      Name: 'Vase',
      Reference: 'V-4',
      Category: 'Vases',
      'Price (tax excl.)': '10.00',
      'Price (tax incl.)': '12.00',
      Quantity: '0',
      Status: '1',
    };
    expect(await table(row)).toMatchObject([
      { fields: { id: ['V-4'], price: ['12.00'], availability: ['0'] }, category: ['Vases'] },
    ]);
  });
});

describe('Wix Stores export', () => {
  const product = {
    handleId: 'p1',
    fieldType: 'Product',
    name: 'Chair',
    productImageUrl: 'ab~mv2.jpg;https://x.example/2.jpg',
    collection: 'Chairs;Oak',
    price: '100',
    visible: 'true',
    discountMode: 'PERCENT',
    discountValue: '10',
    inventory: 'InStock',
    productOptionName1: 'Colour',
    productOptionDescription1: '#ff0000:Red;#000000:Black',
  };

  it('adds a surcharge, takes off a discount, and finds pictures in the media store', async () => {
    const variant = {
      handleId: 'p1',
      fieldType: 'Variant',
      surcharge: '20',
      visible: 'true',
      inventory: '0',
      productOptionDescription1: '#ff0000:Red',
    };
    expect(await table(product, variant)).toMatchObject([
      { sku: 'p1', leftOut: 'the parent of variants' },
      {
        fields: {
          id: ['p1-Red'],
          item_group_id: ['p1'],
          price: ['120.00'],
          sale_price: ['108.00'],
          availability: ['0'],
          colour: ['Red'],
          product_type: ['Chairs', 'Oak'],
          image_link: ['https://static.wixstatic.com/media/ab~mv2.jpg', 'https://x.example/2.jpg'],
        },
      },
    ]);
  });

  it('takes a product without rows of variants for one, with all values', async () => {
    expect(await table(product, { ...product, handleId: 'p2', visible: 'false' })).toMatchObject([
      { fields: { id: ['p1'], colour: ['Red', 'Black'], sale_price: ['90.00'] } },
      { sku: 'p2', leftOut: 'not published' },
    ]);
  });
});

describe('BigCommerce product export', () => {
  it('reads the older columns', async () => {
    const rows = await table(
      {
        'Item Type': 'Product',
        'Product ID': '1',
        'Product Name': 'Pot',
        'Product Code/SKU': 'POT',
        'Brand Name': 'Ler',
        Price: '9',
        'Product Visible?': 'Y',
        'Track Inventory': 'by option',
        Category: 'Category Name: Pots, Category Path: Home/Pots|Category Name: Sale, Category Path: Sale',
        'Product Image URL - 1': 'https://x.example/p.jpg',
      },
      {
        'Item Type': '  SKU',
        'Product Name': '[S]Color=Red,[RB]Size=L',
        'Product Code/SKU': 'POT-R',
        'Current Stock Level': '0',
      },
      {
        'Item Type': 'Product',
        'Product ID': '2',
        'Product Name': 'Jar',
        'Product Code/SKU': 'JAR',
        Price: '5',
        'Product Visible?': 'N',
      },
    );
    expect(rows).toMatchObject([
      { sku: 'POT', leftOut: 'the parent of variants' },
      {
        fields: {
          id: ['POT-R'],
          title: ['Pot'],
          brand: ['Ler'],
          price: ['9'],
          color: ['Red'],
          size: ['L'],
          availability: ['0'],
          item_group_id: ['POT'],
        },
        category: ['Home', 'Pots'],
      },
      { sku: 'JAR', leftOut: 'not published' },
    ]);
  });

  it('reads the newer columns, with rows of variants and of pictures', async () => {
    const rows = await table(
      {
        Item: 'Product',
        ID: '1',
        Name: 'Pot',
        SKU: 'POT',
        Options: '',
        Price: '9',
        'Sale Price': '7',
        'Is Visible': 'TRUE',
        'Inventory Tracking': 'product',
        'Current Stock': '4',
        Categories: 'Home/Pots',
      },
      { Item: 'Image', 'Internal Image URL (Export)': 'https://x.example/p.jpg' },
    );
    expect(rows).toMatchObject([
      {
        fields: {
          id: ['POT'],
          price: ['9'],
          sale_price: ['7'],
          availability: ['4'],
          image_link: ['https://x.example/p.jpg'],
        },
        category: ['Home', 'Pots'],
      },
    ]);
  });
});
