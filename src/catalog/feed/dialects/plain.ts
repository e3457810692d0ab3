import type { JsonValue } from '../feed-record.ts';
import { type ColumnTable, renameFields } from './column-table.ts';
import { type Dialect, eachRecord } from './dialect.ts';
import { flattenJson } from './json-fields.ts';

/** Of Google, Meta and RSS: what speaks to them and not to shoppers. */
const DROPPED =
  /^(?:mobile_link|canonical_link|ads_.*|(?!additional_).*_image_link|virtual_model_link|link_template|mobile_link_template|checkout_link_template|shipping(?:_.*)?|ships_from_country|tax(?:_.*)?|custom_label_\d|excluded_destination|included_destination|pause|updated|published|pub_date|guid|author|slug|reviews?|ratings?|meta|fb_product_category|quantity_to_sell_on_facebook|video(?:\[\d+\].*)?|(?:custom_)?number_\d|inventory_id|mobile_url|ios_.*|android_.*|iphone_.*|ipad_.*|windows_phone_.*|applink.*|commerce_tax_category)$/;

/** What tables of German, French, Spanish, Italian, Dutch, Polish and Czech shops call the same. */
const NAMES = {
  title:
    'artikelname artikelbezeichnung bezeichnung produktname produkttitel titel nom nom_du_produit nom_produit désignation libellé titre nombre nombre_del_producto título titulo nome nome_prodotto titolo naam productnaam nazwa nazwa_produktu název',
  description: 'beschreibung produktbeschreibung descripción descripcion descrizione omschrijving opis popis',
  link: 'produktlink produkt_url lien url_produit enlace collegamento odkaz',
  image_link:
    'bild bild_url bildlink produktbild hauptbild lien_image url_image imagen immagine afbeelding zdjęcie obrázek',
  price: 'preis vk vk_preis verkaufspreis bruttopreis prix prix_ttc precio prezzo prijs cena cena_brutto',
  sale_price:
    'angebotspreis aktionspreis sonderpreis prix_promo prix_soldé precio_oferta prezzo_scontato actieprijs cena_promocyjna',
  price_currency: 'währung devise moneda divisa valuta waluta měna',
  availability:
    'verfügbarkeit lieferbarkeit disponibilité disponibilidad disponibilità beschikbaarheid dostępność dostupnost',
  stock: 'bestand lagerbestand quantité existencias cantidad giacenza voorraad stan_magazynowy',
  brand: 'marque fabricant marca fabricante produttore merk producent výrobce značka',
  product_type: 'kategorie warengruppe catégorie catégories categoría categorías categoria categorie kategoria',
  color: 'farbe couleur colore kleur kolor barva',
} as const satisfies Record<string, string>;

function namesOf(field: keyof typeof NAMES): readonly string[] {
  return NAMES[field].split(' ');
}

/**
 * Google's names, and what else people call the same. Where a product has both, `sku` is the shop's own number and `id` the row's; in Google's own XML,
 * id is the only one.
 */
export const PLAIN_COLUMNS: ColumnTable = {
  fields: {
    id: [
      'sku',
      'id',
      'item_id',
      'product_id',
      'offer_id',
      'product_sku',
      'item_sku',
      'variant_id',
      'retailer_id',
      'article_number',
      'artikelnummer',
      'product_code',
      'artikelnr',
      'artikel_nr',
      'art_nr',
      'référence',
      'référence_produit',
      'referencia',
      'riferimento',
      'codice',
      'codice_articolo',
      'indeks',
    ],
    title: [
      'title',
      'name',
      'product_name',
      'product_title',
      'item_title',
      'item_name',
      'productname',
      ...namesOf('title'),
    ],
    description: [
      'description',
      'product_description',
      'long_description',
      'body_html',
      'short_description',
      'summary',
      'content',
      ...namesOf('description'),
    ],
    link: [
      'link',
      'url',
      'product_url',
      'product_link',
      'page_url',
      'deep_link',
      'deeplink',
      'permalink',
      'href',
      ...namesOf('link'),
    ],
    image_link: [
      'image_link',
      'image_url',
      'image',
      'main_image',
      'picture',
      'picture_url',
      'img',
      'img_url',
      'imgurl',
      'thumbnail',
      ...namesOf('image_link'),
    ],
    price: [
      'price',
      'current_price',
      'selling_price',
      'regular_price',
      'retail_price',
      'price_vat',
      'amount',
      'offers',
      'offer',
      ...namesOf('price'),
    ],
    sale_price: [
      'sale_price',
      'special_price',
      'discount_price',
      'discounted_price',
      'promo_price',
      ...namesOf('sale_price'),
    ],
    price_before: ['price_before', 'compare_at_price', 'old_price', 'oldprice', 'original_price', 'was_price'],
    price_currency: ['currency', 'price_currency', 'currency_code', 'currency_id', ...namesOf('price_currency')],
    availability: [
      'availability',
      'in_stock',
      'instock',
      'is_in_stock',
      'available',
      'stock_status',
      'availability_status',
      ...namesOf('availability'),
    ],
    stock: [
      'stock',
      'quantity',
      'qty',
      'inventory',
      'stock_quantity',
      'inventory_quantity',
      'stock_level',
      ...namesOf('stock'),
    ],
    brand: ['brand', 'brand_name', 'manufacturer', 'vendor', 'maker', 'marke', 'hersteller', ...namesOf('brand')],
    gtin: ['gtin', 'gtins', 'ean', 'ean13', 'gtin13', 'gtin14', 'gtin12', 'gtin8', 'upc', 'barcode', 'isbn'],
    mpn: ['mpn', 'manufacturer_part_number', 'vendor_code'],
    product_type: [
      'product_type',
      'product_types',
      'category',
      'categories',
      'category_path',
      'product_category',
      'category_name',
      'breadcrumb',
      'breadcrumbs',
      ...namesOf('product_type'),
    ],
    item_group_id: ['item_group_id', 'group_id', 'itemgroup_id', 'parent_sku', 'parent_id'],
    color: ['color', 'colour', ...namesOf('color')],
  },
  repeated: [
    [
      /^(?:additional_image(?:_link|_url)?s?|images|image_links|image_urls|pictures|photos|gallery|more_images)$/,
      'additional_image_link',
    ],
    [/^(?:additional_)?image(?:_link|_url)?_?\d{1,2}$/, 'additional_image_link'],
    [/^image\[\d+\](?:\.url)?$/, 'additional_image_link'],
  ],
  dropped: DROPPED,
};

const GOOGLE_XML_COLUMNS: ColumnTable = {
  ...PLAIN_COLUMNS,
  fields: { ...PLAIN_COLUMNS.fields, id: (PLAIN_COLUMNS.fields.id ?? []).toSorted((a) => (a === 'id' ? -1 : 0)) },
};

/** Google Merchant as RSS or Atom. */
export const GOOGLE_XML: Dialect = {
  name: 'Google Merchant (RSS or Atom)',
  recognises: ({ header }) => header.format === 'XML' && /(?:^|\/)(?:item|entry)$/.test(header.root),
  open: () => eachRecord(({ line, fields }) => [{ line, fields: renameFields(fields, GOOGLE_XML_COLUMNS) }]),
};

/** Google's and Meta's columns, and any feed whose names are common ones. The last that is asked. */
export const PLAIN: Dialect = {
  name: 'Columns with the usual names (Google Merchant, Meta and others)',
  recognises: () => true,
  open: ({ header }) =>
    eachRecord(({ line, fields, tree }) => {
      const isJson = header.format === 'JSON' || header.format === 'JSONL';
      if (!isJson || tree === undefined) return [{ line, fields: renameFields(fields, PLAIN_COLUMNS) }];
      const { fields: flat, category } = flattenJson(tree as JsonValue);
      return [{ line, fields: renameFields(flat, PLAIN_COLUMNS), category }];
    }),
};
