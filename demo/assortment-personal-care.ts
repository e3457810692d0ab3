import { lipstick, nailPolish, perfume } from './cosmetics.ts';
import type { Kind } from './kind.ts';

const BEAUTY = ['Petalune', 'Rosmarelle', 'Vexa Belle'] as const;

export const PERSONAL_CARE: readonly Kind[] = [
  {
    category: 'Personal Care > Lips > Lipstick',
    nouns: { stick: 'Lipstick' },
    plural: 'lipsticks',
    draw: lipstick,
    frame: 'portrait',
    brands: BEAUTY,
    usage: 'casual',
    material: 'Wax',
    price: [7, 29],
    items: [
      ['Women', 'Red', 'Black', 'Solid', 'stick'],
      ['Women', 'Pink', 'Silver', 'Solid', 'stick'],
      ['Women', 'Maroon', 'Gold', 'Solid', 'stick'],
      ['Women', 'Magenta', 'Black', 'Solid', 'stick'],
      ['Women', 'Peach', 'Gold', 'Solid', 'stick'],
      ['Women', 'Brown', 'Silver', 'Solid', 'stick'],
    ],
  },
  {
    category: 'Personal Care > Nails > Nail Polish',
    nouns: { square: 'Nail Polish', round: 'Nail Polish', tall: 'Nail Polish' },
    plural: 'nail polishes',
    draw: nailPolish,
    frame: 'portrait',
    brands: BEAUTY,
    usage: 'casual',
    material: 'Lacquer',
    price: [3, 15],
    items: [
      ['Women', 'Pink', 'Black', 'Solid', 'square'],
      ['Women', 'Red', 'Black', 'Solid', 'square'],
      ['Women', 'Blue', 'Silver', 'Solid', 'round'],
      ['Women', 'Purple', 'Black', 'Solid', 'round'],
      ['Women', 'Green', 'Silver', 'Solid', 'tall'],
      ['Women', 'Magenta', 'Black', 'Solid', 'tall'],
      ['Women', 'Peach', 'Silver', 'Solid', 'square'],
      ['Women', 'Gold', 'Black', 'Solid', 'tall'],
    ],
  },
  {
    category: 'Personal Care > Fragrance > Perfume and Body Mist',
    nouns: { square: 'Perfume', flask: 'Perfume', oval: 'Perfume', spray: 'Body Mist' },
    plural: 'perfumes',
    draw: perfume,
    frame: 'portrait',
    brands: BEAUTY,
    usage: 'party',
    material: 'Glass',
    price: [19, 99],
    items: [
      ['Women', 'Pink', 'Gold', 'Solid', 'flask'],
      ['Women', 'Purple', 'Silver', 'Solid', 'oval'],
      ['Women', 'Gold', 'Black', 'Solid', 'square'],
      ['Men', 'Blue', 'Silver', 'Solid', 'square'],
      ['Men', 'Green', 'Black', 'Solid', 'spray'],
      ['Men', 'Brown', 'Gold', 'Solid', 'square'],
      ['Women', 'Red', 'Gold', 'Solid', 'oval'],
    ],
  },
];
