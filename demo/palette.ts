/** The shop's colours by the names that shops use, each as `#rrggbb`. */
export const COLORS = {
  Black: '#1c1c20',
  White: '#f6f6f4',
  Grey: '#8b8e94',
  Charcoal: '#43464c',
  Silver: '#c3c7cc',
  'Navy Blue': '#1f2a52',
  Blue: '#2d62b8',
  'Turquoise Blue': '#22b1c4',
  Teal: '#127a7a',
  Green: '#2f8f46',
  Olive: '#6b6b37',
  Khaki: '#b3a271',
  Yellow: '#f3cd2c',
  Mustard: '#d19a1d',
  Orange: '#ee7a22',
  Rust: '#a8481f',
  Peach: '#f6b79a',
  Red: '#cf2230',
  Maroon: '#741f2c',
  Burgundy: '#5c1730',
  Pink: '#ec7fa9',
  Magenta: '#c81f7f',
  Purple: '#6c3b97',
  Lavender: '#b9a3dc',
  Brown: '#67402a',
  Tan: '#bb8350',
  Beige: '#d9c6a3',
  Cream: '#f3e9cf',
  Gold: '#d2a541',
} as const;

export type ColorName = keyof typeof COLORS;

/** `#rrggbb` moved towards black (negative) or white (positive), -1 to 1. */
export function shade(color: string, amount: number): string {
  return mix(color, amount < 0 ? '#000000' : '#ffffff', Math.abs(amount));
}

/** Between two `#rrggbb`; 0 is all of the first, 1 all of the second. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  const blended = a.map((value, i) => Math.round(value + ((b[i] ?? value) - value) * share));
  return `#${blended.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** How light `#rrggbb` looks, 0 (black) to 1 (white). Source: the luma weights of ITU-R BT.601. */
export function lightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
