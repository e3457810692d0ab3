import { ACCESSORIES } from './assortment-accessories.ts';
import { APPAREL } from './assortment-apparel.ts';
import { FOOTWEAR } from './assortment-footwear.ts';
import { GROCERIES } from './assortment-groceries.ts';
import { PERSONAL_CARE } from './assortment-personal-care.ts';
import type { Kind } from './kind.ts';

/** Everything that the shop sells. */
export const ASSORTMENT: readonly Kind[] = [...APPAREL, ...FOOTWEAR, ...ACCESSORIES, ...PERSONAL_CARE, ...GROCERIES];
