import type { ShopItem } from './demo-products.ts';
import type { Look } from './look.ts';
import { COLORS } from './palette.ts';
import { createRandom, type Random } from './random.ts';
import { composeShot, type Shot, type Surface } from './scene.ts';

const FRAMES = { portrait: { width: 600, height: 800 }, square: { width: 640, height: 640 } } as const;

/**
 * One picture of a product as SVG, the same text each time.
 *
 * @param number - from 1: the front as a shop shows it, then alone from another side, then near on a coloured ground;
 *   from 4 on, everything varies
 */
export function drawProduct(shopItem: ShopItem, number: number): string {
  const lie = createRandom(`picture ${shopItem.product.id} ${number}`);
  const staged =
    number === 1 || (number === 3 && shopItem.kind.frame === 'portrait') || (number > 3 && lie.chance(0.6));
  return draw(shopItem, { ...shotOf(number, lie), ...FRAMES[shopItem.kind.frame] }, staged, lie);
}

/** A product as a customer would photograph it, as SVG: badly lit and turned, on a table or the grass; groceries in the shop. */
export function drawCustomerPhoto(shopItem: ShopItem): string {
  const lie = createRandom(`customer photo ${shopItem.product.id}`);
  const inShop = shopItem.kind.frame === 'square';
  const shot: Omit<Shot, 'width' | 'height'> = {
    surface: lie.pick(['wood', 'fabric', 'stone', 'paper', 'fabric', 'grass']),
    turn: inShop ? lie.between(-5, 5) : lie.between(-12, 12),
    zoom: inShop ? lie.between(1.2, 1.35) : lie.between(0.86, 1.02),
    shift: inShop ? [0, 0] : [lie.between(-0.06, 0.06), lie.between(-0.05, 0.05)],
    lean: lie.between(-0.05, 0.05),
    mirrored: false,
    light: lie.between(-0.35, 0.15),
    warmth: lie.between(-0.2, 0.5),
  };
  return draw(shopItem, { ...shot, ...FRAMES[shopItem.kind.frame] }, inShop || lie.chance(0.4), lie);
}

function draw(shopItem: ShopItem, shot: Shot, staged: boolean, lie: Random): string {
  const { product, kind, item } = shopItem;
  const [wearer, color, accent, pattern, style, material = kind.material, tones] = item;
  const look: Look = {
    color: tones?.[0] ?? COLORS[color],
    accent: tones?.[1] ?? COLORS[accent],
    pattern,
    material,
    style,
    woman: wearer === 'Women',
    staged,
    design: createRandom(`design ${product.id}`),
    lie,
  };
  return composeShot(shot, lie, (sketch) => kind.draw(sketch, look));
}

function shotOf(number: number, lie: Random): Omit<Shot, 'width' | 'height'> {
  const still = { turn: 0, zoom: 1, shift: [0, 0], lean: 0, mirrored: false, light: 0, warmth: 0 } as const;
  if (number === 1) return { ...still, surface: 'white' };
  if (number === 2)
    return {
      ...still,
      surface: lie.pick(['white', 'studio']),
      turn: lie.between(-7, 7),
      zoom: lie.between(0.9, 0.98),
      lean: lie.between(-0.05, 0.05),
      mirrored: true,
    };
  if (number === 3)
    return {
      ...still,
      surface: 'paper',
      turn: lie.between(-3, 3),
      zoom: lie.between(1.1, 1.22),
      shift: [lie.between(-0.03, 0.03), lie.between(-0.02, 0.04)],
    };
  const surface: Surface = lie.pick([
    'white',
    'white',
    'white',
    'studio',
    'studio',
    'paper',
    'paper',
    'wood',
    'fabric',
    'stone',
    'grass',
  ]);
  return {
    surface,
    turn: lie.between(-16, 16),
    zoom: lie.between(0.78, 1.3),
    shift: [lie.between(-0.07, 0.07), lie.between(-0.06, 0.06)],
    lean: lie.between(-0.1, 0.1),
    mirrored: lie.chance(0.5),
    light: lie.between(-0.25, 0.2),
    warmth: lie.between(-0.4, 0.5),
  };
}
