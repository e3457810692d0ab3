import { sql } from 'kysely';
import type { Availability } from '../../src/database/closed-sets.ts';
import { productId, variantId } from '../../src/identifiers.ts';
import { along, type SearchShop } from './search-shop.ts';

/** A product of a shop whose looks are its colours. */
export interface UnitProduct {
  readonly id: string;
  readonly groupId: string;
  readonly title: string;
  readonly brand: string;
  readonly createdAt: Date;
  readonly pictures: readonly UnitPicture[];
  /** In the shop's order. */
  readonly variants: readonly UnitVariant[];
}

export interface UnitPicture {
  /** Degrees between it and the picture that tests ask for: what is farther is less similar. */
  readonly angle: number;
  /** Null: of no look in particular. */
  readonly looks: readonly number[] | null;
}

export interface UnitVariant {
  readonly id: string;
  readonly sku: string;
  readonly position: number;
  readonly look: number;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly price: string | undefined;
  readonly currency: string;
  readonly availability: Availability;
}

export const COLORS = ['Red', 'Blue', 'Green', 'Black'] as const;
export const SIZES = ['S', 'M', 'L', 'XL'] as const;
export const BRANDS = ['Acme', 'Zenith', 'Harbour Lane'] as const;
const AVAILABILITIES = ['IN_STOCK', 'IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER'] as const;
const TITLES = ['shirt', 'Shirt', 'bag', 'dress', 'shoe'] as const;
/** So many that their similarities differ by more than half precision leaves uncertain. */
const ANGLES = [0, 10, 20, 30, 40, 50, 60] as const;
/** The most that a product may have. */
const MOST = 200;

/** What makes random shops and questions. */
export interface Dice {
  readonly below: (limit: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly sometimes: (share: number) => boolean;
}

export function dice(random: () => number): Dice {
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    pick: <T>(items: readonly T[]) => items[below(items.length)] as T,
    sometimes: (share) => random() < share,
  };
}

/** A product with one variant, some, or, where `most` says so, as many as there may be. */
export function someProduct(number: number, { below, pick, sometimes }: Dice, most = false): UnitProduct {
  const groupId = `G${number}`;
  const colors = COLORS.filter(() => sometimes(0.5));
  const shown = colors.length === 0 ? [pick(COLORS)] : colors;
  const count = most ? MOST : sometimes(0.3) ? 1 : 1 + below(9);
  const order: string[] = [];
  const lookOf = (color: string) => {
    if (!order.includes(color)) order.push(color);
    return order.indexOf(color);
  };
  const variants = Array.from({ length: count }, (_, position): UnitVariant => {
    const sku = `${groupId}-${position}`;
    const color = pick(shown);
    return {
      id: variantId(sku),
      sku,
      position,
      look: lookOf(color),
      attributes: {
        color: [color],
        size: [pick(SIZES)],
        ...(sometimes(0.7) && { weight: [String(below(5)), ...(sometimes(0.3) ? [String(below(9))] : [])] }),
      },
      price: sometimes(0.85) ? String(below(6) * 10) : undefined,
      currency: sometimes(0.85) ? 'USD' : 'EUR',
      availability: pick(AVAILABILITIES),
    };
  });
  const looks = order.map((_, look) => look);
  const ofLooks = looks.flatMap((look) => (sometimes(0.85) ? [{ angle: pick(ANGLES), looks: [look] }] : []));
  const ofNone = sometimes(0.3) ? [{ angle: pick(ANGLES), looks: null }] : [];
  return {
    id: productId(groupId),
    groupId,
    title: pick(TITLES),
    brand: pick(BRANDS),
    // Few different ones, so that ties are frequent.
    createdAt: new Date(Date.UTC(2026, 0, 1 + below(5))),
    // A product with one look does not say which pictures show it.
    pictures: looks.length === 1 ? ofLooks.map(({ angle }) => ({ angle, looks: null })) : [...ofLooks, ...ofNone],
    variants,
  };
}

/** At this many degrees from what tests ask for. */
export function vectorAt(angle: number): number[] {
  const radians = (angle * Math.PI) / 180;
  return along({ red: Math.cos(radians), blue: Math.sin(radians) });
}

/** Puts products with their variants into a shop. */
export async function addUnits(shop: SearchShop, products: readonly UnitProduct[]): Promise<void> {
  const { db } = shop.database;
  await shop.add(
    products.map(({ groupId, title, brand, createdAt, pictures }) => ({
      sku: groupId,
      title,
      brand,
      createdAt,
      pictures: pictures.map(({ angle }) => vectorAt(angle)),
    })),
  );
  await db.transaction().execute(async (transaction) => {
    const ids = products.map(({ id }) => id);
    const variants = products.flatMap(({ id, variants: some }) => some.map((variant) => variantRow(id, variant)));
    await transaction.deleteFrom('product_variant').where('product_id', 'in', ids).execute();
    for (let start = 0; start < variants.length; start += 1000) {
      const rows = variants.slice(start, start + 1000);
      await transaction.insertInto('product_variant').values(rows).execute();
    }
    const looks = products.flatMap(({ id, pictures }) =>
      pictures.flatMap(({ looks: some }, position) => (some === null ? [] : [{ id, position, looks: [...some] }])),
    );
    await sql`update product_image as i set looks = l.looks
      from jsonb_to_recordset(${JSON.stringify(looks)}::jsonb) as l (id uuid, position integer, looks smallint[])
      where i.product_id = l.id and i.position = l.position`.execute(transaction);
  });
}

/** A row of a variant. */
export function variantRow(product: string, variant: UnitVariant) {
  const { id, sku, position, look, attributes, price, currency, availability } = variant;
  return {
    product_id: product,
    id,
    sku,
    position,
    look,
    attributes: JSON.stringify(attributes),
    price_amount: price ?? null,
    price_currency: price === undefined ? null : currency,
    availability,
    content_hash: sku,
  };
}
