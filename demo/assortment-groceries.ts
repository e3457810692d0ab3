import type { Item, Kind } from './kind.ts';
import type { Draw } from './look.ts';
import { market, shelf, small } from './market.ts';
import { carton, pot } from './packages.ts';
import {
  apple,
  avocado,
  citrus,
  garlic,
  kiwi,
  onion,
  peach,
  pear,
  plum,
  pomegranate,
  potato,
  tomato,
} from './produce.ts';
import { aubergine, bananas, cabbage, carrots, gourd, mushroom, pepper, pineapple, watermelon } from './vegetables.ts';

const FARMS = ['Fernhill Farm', 'Sunnydell', 'Orchard Row'] as const;
const DAIRIES = ['Meadowbrim', 'Cloverdown', 'Hazelbarn'] as const;

type Tones = readonly [color: string, accent: string];

function produce(
  category: string,
  plural: string,
  draw: Draw,
  nouns: Record<string, string>,
  items: readonly Item[],
): Kind {
  return {
    category: `Groceries > ${category}`,
    nouns,
    plural,
    draw,
    frame: 'square',
    brands: FARMS,
    usage: 'everyday',
    material: '',
    price: [1, 6],
    items,
  };
}

function grown(color: Item[1], style: string, tones: Tones, material?: string): Item {
  return ['', color, color, 'Solid', style, material, tones];
}

function packed(color: Item[1], accent: Item[2], style: string, tones: Tones): Item {
  return ['', color, accent, 'Solid', style, undefined, tones];
}

function packages(
  category: string,
  plural: string,
  draw: Draw,
  nouns: Record<string, string>,
  items: readonly Item[],
): Kind {
  return {
    category: `Groceries > Packages > ${category}`,
    nouns,
    plural,
    draw: shelf(draw),
    frame: 'square',
    brands: DAIRIES,
    usage: 'everyday',
    material: 'Carton',
    price: [1, 5],
    items,
  };
}

export const GROCERIES: readonly Kind[] = [
  produce(
    'Fruit > Apple',
    'apples',
    market(apple),
    {
      granny: 'Granny Smith Green Apple',
      red: 'Red Delicious Apple',
      gala: 'Royal Gala Apple',
      golden: 'Golden Delicious Apple',
      bunch: 'Red Apples in a Bag',
    },
    [
      grown('Green', 'granny', ['#86bb3a', '#c9dd7a']),
      grown('Red', 'red', ['#a8182a', '#7a0f1c']),
      grown('Red', 'gala', ['#cf3a30', '#f0c050']),
      grown('Yellow', 'golden', ['#d8d05a', '#b7b440']),
      grown('Red', 'bunch', ['#c01f2c', '#f0c050']),
    ],
  ),
  produce('Fruit > Orange', 'oranges', market(citrus), { orange: 'Orange', bunch: 'Oranges in a Net' }, [
    grown('Orange', 'orange', ['#f28a1a', '#f28a1a']),
    grown('Orange', 'bunch', ['#ef7f14', '#ef7f14']),
  ]),
  produce('Fruit > Lemon', 'lemons', market(citrus), { lemon: 'Lemon' }, [
    grown('Yellow', 'lemon', ['#f5d22e', '#f5d22e'], 'Lemon'),
  ]),
  produce('Fruit > Lime', 'limes', market(citrus), { lime: 'Lime' }, [
    grown('Green', 'lime', ['#5f9a2a', '#5f9a2a'], 'Lemon'),
  ]),
  produce('Fruit > Banana', 'bananas', market(small(bananas, 0.66), bananas), { banana: 'Banana' }, [
    grown('Yellow', 'banana', ['#f2cf2c', '#f2cf2c']),
  ]),
  produce('Fruit > Pear', 'pears', market(pear), { conference: 'Conference Pear', anjou: 'Anjou Green Pear' }, [
    grown('Green', 'conference', ['#a9a548', '#b0742a']),
    grown('Green', 'anjou', ['#b3c24a', '#c9d06a']),
  ]),
  produce('Fruit > Peach', 'peaches', market(peach), { peach: 'Peach', nectarine: 'Nectarine' }, [
    grown('Peach', 'peach', ['#f2a04c', '#c8402c']),
    grown('Red', 'nectarine', ['#e2603c', '#b01f2a']),
  ]),
  produce('Fruit > Plum', 'plums', market(plum), { plum: 'Plum' }, [grown('Purple', 'plum', ['#5a2348', '#5a2348'])]),
  produce('Fruit > Kiwi', 'kiwis', market(kiwi), { kiwi: 'Kiwi' }, [grown('Brown', 'kiwi', ['#7d5f38', '#8dbb3a'])]),
  produce('Fruit > Avocado', 'avocados', market(avocado), { avocado: 'Avocado' }, [
    grown('Green', 'avocado', ['#3a4a28', '#3a4a28']),
  ]),
  produce('Fruit > Pomegranate', 'pomegranates', market(pomegranate), { pomegranate: 'Pomegranate' }, [
    grown('Red', 'pomegranate', ['#b8283a', '#b8283a']),
  ]),
  produce('Fruit > Melon', 'melons', market(small(watermelon, 0.52), watermelon), { watermelon: 'Watermelon' }, [
    grown('Green', 'watermelon', ['#7fae4a', '#24582a']),
  ]),
  produce('Fruit > Pineapple', 'pineapples', market(small(pineapple, 0.56), pineapple), { pineapple: 'Pineapple' }, [
    grown('Brown', 'pineapple', ['#c98f2a', '#c98f2a']),
  ]),
  produce('Vegetables > Tomato', 'tomatoes', market(tomato), { tomato: 'Red Tomato', bunch: 'Tomatoes, a Pound' }, [
    grown('Red', 'tomato', ['#d8281c', '#d8281c']),
    grown('Red', 'bunch', ['#e03a20', '#e03a20']),
  ]),
  produce(
    'Vegetables > Bell Pepper',
    'bell peppers',
    market(pepper),
    { red: 'Red Bell Pepper', green: 'Green Bell Pepper', yellow: 'Yellow Bell Pepper', orange: 'Orange Bell Pepper' },
    [
      grown('Red', 'red', ['#cf2018', '#cf2018']),
      grown('Green', 'green', ['#2f8a30', '#2f8a30']),
      grown('Yellow', 'yellow', ['#f3c81e', '#f3c81e']),
      grown('Orange', 'orange', ['#f08018', '#f08018']),
    ],
  ),
  produce(
    'Vegetables > Carrots',
    'carrots',
    market(small(carrots, 0.62), carrots),
    { carrots: 'Carrots', bunch: 'Carrots with Green' },
    [grown('Orange', 'carrots', ['#ee7a1c', '#ee7a1c']), grown('Orange', 'bunch', ['#f08a2a', '#f08a2a'])],
  ),
  produce('Vegetables > Cucumber', 'cucumbers', market(small(gourd, 0.6), gourd), { cucumber: 'Cucumber' }, [
    grown('Green', 'cucumber', ['#2f6b2c', '#2f6b2c']),
  ]),
  produce('Vegetables > Zucchini', 'zucchini', market(small(gourd, 0.6), gourd), { zucchini: 'Zucchini' }, [
    grown('Green', 'zucchini', ['#24561f', '#24561f']),
  ]),
  produce(
    'Vegetables > Aubergine',
    'aubergines',
    market(small(aubergine, 0.56), aubergine),
    { aubergine: 'Aubergine' },
    [grown('Purple', 'aubergine', ['#2c1838', '#2c1838'])],
  ),
  produce('Vegetables > Mushroom', 'mushrooms', market(mushroom), { bunch: 'Brown Cap Mushrooms' }, [
    grown('Brown', 'bunch', ['#a87a52', '#a87a52']),
  ]),
  produce('Vegetables > Potato', 'potatoes', market(potato), { potato: 'Solid Potato', sweet: 'Sweet Potato' }, [
    grown('Brown', 'potato', ['#c9a468', '#c9a468']),
    grown('Rust', 'sweet', ['#a8603c', '#a8603c']),
  ]),
  produce('Vegetables > Onion', 'onions', market(onion), { yellow: 'Yellow Onion', red: 'Red Onion' }, [
    grown('Yellow', 'yellow', ['#c8883a', '#c8883a']),
    grown('Purple', 'red', ['#7d2a4e', '#7d2a4e']),
  ]),
  produce('Vegetables > Garlic', 'garlic', market(garlic), { garlic: 'Garlic' }, [
    grown('White', 'garlic', ['#efe8e2', '#efe8e2']),
  ]),
  produce('Vegetables > Cabbage', 'cabbages', market(small(cabbage, 0.44), cabbage), { cabbage: 'Cabbage' }, [
    grown('Green', 'cabbage', ['#b5cf7a', '#b5cf7a']),
  ]),
  packages(
    'Milk',
    'milk',
    carton,
    { 'milk whole': 'Whole Milk', 'milk half': 'Half Fat Milk', 'milk skimmed': 'Skimmed Milk' },
    [
      packed('White', 'Green', 'milk half', ['#f4f6f8', '#2f8f46']),
      packed('White', 'Red', 'milk whole', ['#f4f6f8', '#cf2230']),
      packed('White', 'Blue', 'milk skimmed', ['#f4f6f8', '#2d62b8']),
    ],
  ),
  packages('Oat Milk', 'oat milk', carton, { oat: 'Oat Milk' }, [
    packed('Blue', 'Navy Blue', 'oat', ['#a9c8dc', '#1f2a52']),
  ]),
  packages('Soy Milk', 'soy milk', carton, { soy: 'Soy Milk' }, [
    packed('Turquoise Blue', 'Green', 'soy', ['#7cc4cf', '#2f8f46']),
  ]),
  packages(
    'Juice',
    'juice',
    carton,
    { orange: 'Orange Juice', apple: 'Apple Juice', grapefruit: 'Red Grapefruit Juice' },
    [
      packed('Yellow', 'Green', 'orange', ['#f6c62a', '#2d7a3a']),
      packed('Green', 'White', 'apple', ['#3f9a3a', '#f4f6f8']),
      packed('Black', 'Red', 'grapefruit', ['#22242a', '#e0524a']),
      packed('Black', 'Orange', 'orange', ['#22242a', '#ee7a22']),
    ],
  ),
  packages(
    'Yoghurt',
    'yoghurt',
    carton,
    { vanilla: 'Vanilla Yoghurt', strawberry: 'Strawberry Yoghurt', natural: 'Natural Yoghurt' },
    [
      packed('Cream', 'Yellow', 'vanilla', ['#f7edc8', '#d8a82c']),
      packed('Yellow', 'Red', 'strawberry', ['#f6d83c', '#cf2230']),
      packed('White', 'Blue', 'natural', ['#eef4fa', '#2d62b8']),
    ],
  ),
  packages(
    'Sour Cream',
    'sour cream',
    pot,
    { natural: 'Sour Cream', blueberry: 'Blueberry Cream', strawberry: 'Strawberry Cream' },
    [
      packed('White', 'Blue', 'natural', ['#eef4fa', '#2d62b8']),
      packed('Lavender', 'Purple', 'blueberry', ['#e4def2', '#6c3b97']),
      packed('Pink', 'Red', 'strawberry', ['#fbe3e8', '#cf2230']),
    ],
  ),
];
