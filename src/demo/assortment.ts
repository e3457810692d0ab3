import { ACCESSORIES } from './assortment-accessories.ts';
import { APPAREL } from './assortment-apparel.ts';
import { FOOTWEAR } from './assortment-footwear.ts';
import { GROCERIES } from './assortment-groceries.ts';
import type { Kind } from './kind.ts';

/** Everything that the shop sells. */
export const ASSORTMENT: readonly Kind[] = [...APPAREL, ...FOOTWEAR, ...ACCESSORIES, ...GROCERIES];
