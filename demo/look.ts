import { invariant } from '../src/errors.ts';
import type { Random } from './random.ts';
import type { Sketch } from './sketch.ts';

export type Pattern =
  | 'Solid'
  | 'Striped'
  | 'Checked'
  | 'Dotted'
  | 'Floral'
  | 'Printed'
  | 'Colourblocked'
  | 'Embroidered';

/** What a drawing needs to know of a product and of one picture of it. */
export interface Look {
  /** `#rrggbb` */
  readonly color: string;
  /** The second colour: stripes, soles, trims, stones. `#rrggbb` */
  readonly accent: string;
  readonly pattern: Pattern;
  /** As in the feed: `Leather`, `Denim`, `Cotton`... */
  readonly material: string;
  /** Which design of its kind: `polo`, `tote`, `aviator`; each drawing knows its own. */
  readonly style: string;
  readonly woman: boolean;
  /** As a person meets it: on a figure, in a crate, on a shelf. Otherwise alone. */
  readonly staged: boolean;
  /** The same numbers for every picture of a product: its make. */
  readonly design: Random;
  /** Other numbers for every picture: how it lies today. */
  readonly lie: Random;
}

/** Draws one product, without background. `portrait` drawings fill 600 x 800, `square` ones 640 x 640. */
export type Draw = (sketch: Sketch, look: Look) => string;

/** What goes with the look's style; each drawing has a table of the styles that it knows. */
export function byStyle<T>(styles: Readonly<Record<string, T>>, style: string): T {
  const found = styles[style];
  invariant(found !== undefined, `no drawing of style "${style}" among ${Object.keys(styles).join(', ')}`);
  return found;
}
