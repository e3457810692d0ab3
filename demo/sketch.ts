/** SVG text whose numbers are cut to three decimals, so that the same drawing has the same bytes everywhere. */
export function svg(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts.reduce((text, part, i) => text + show(values[i - 1] ?? '') + part);
}

function show(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value;
}

/** Colour stops: where (0 to 1), `#rrggbb`, and how opaque (1). */
export type Stop = readonly [at: number, color: string, opacity?: number];

/** Gathers the definitions (gradients, patterns, filters) that a drawing refers to. */
export interface Sketch {
  /** Adds a definition and gives the reference to it: `url(#d7)`. */
  define(make: (id: string) => string): string;
  /** Everything defined so far, as one `<defs>`. */
  definitions(): string;
}

export function createSketch(): Sketch {
  const byContent = new Map<string, string>();
  return {
    define(make) {
      // The same definition twice is one: blurs and clips repeat a lot.
      const content = make('@');
      const known = byContent.get(content);
      if (known !== undefined) return `url(#${known})`;
      const id = `d${byContent.size}`;
      byContent.set(content, id);
      return `url(#${id})`;
    },
    definitions: () =>
      `<defs>${[...byContent].map(([content, id]) => content.replace('id="@"', `id="${id}"`)).join('')}</defs>`,
  };
}

/** A gradient along a line; the default runs from left to right. Coordinates are fractions of what it fills. */
export function linear(sketch: Sketch, stops: readonly Stop[], line: readonly number[] = [0, 0, 1, 0]): string {
  const [x1 = 0, y1 = 0, x2 = 1, y2 = 0] = line;
  return sketch.define(
    (id) =>
      svg`<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`,
  );
}

/** A gradient from a point outwards. Coordinates are fractions of what it fills. */
export function radial(sketch: Sketch, stops: readonly Stop[], circle: readonly number[] = [0.38, 0.32, 0.75]): string {
  const [cx = 0.5, cy = 0.5, r = 0.5] = circle;
  return sketch.define(
    (id) => svg`<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stopsOf(stops)}</radialGradient>`,
  );
}

function stopsOf(stops: readonly Stop[]): string {
  return stops
    .map(([at, color, opacity = 1]) => svg`<stop offset="${at}" stop-color="${color}" stop-opacity="${opacity}"/>`)
    .join('');
}

/** Limits what is drawn to the inside of a path. */
export function clip(sketch: Sketch, path: string): string {
  return sketch.define((id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`);
}

/** A path that is its own mirror image about x = axis: the right half from its start downwards, each segment a line (2 numbers) or a curve (6). */
export function symmetric(
  start: readonly [number, number],
  segments: readonly (readonly number[])[],
  axis = 300,
): string {
  const flip = (x: number) => 2 * axis - x;
  let right = '';
  let left = '';
  let [fromX, fromY] = start;
  for (const segment of segments) {
    const [toX = 0, toY = 0] = segment.slice(-2);
    if (segment.length === 2) {
      right += svg` L${toX} ${toY}`;
      left = svg` L${flip(fromX)} ${fromY}${left}`;
    } else {
      const [ax = 0, ay = 0, bx = 0, by = 0] = segment;
      right += svg` C${ax} ${ay} ${bx} ${by} ${toX} ${toY}`;
      left = svg` C${flip(bx)} ${by} ${flip(ax)} ${ay} ${flip(fromX)} ${fromY}${left}`;
    }
    [fromX, fromY] = [toX, toY];
  }
  return svg`M${start[0]} ${start[1]}${right}${fromX === axis ? '' : svg` L${flip(fromX)} ${fromY}`}${left} Z`;
}

export interface Volume {
  /** A colour or a reference. */
  readonly fill: string;
  /** (24) width of the darker edge */
  readonly rim?: number;
  /** (0.32) how dark the edge is, 0 to 1 */
  readonly depth?: number;
  /** Drawn inside the shape only, under the edge: folds, prints, textures. */
  readonly inside?: string;
}

/** A shape with body: filled, darker where it turns away from a light at the upper left, with a fine outline. */
export function volume(sketch: Sketch, path: string, options: Volume): string {
  const { fill, rim = 24, depth = 0.32, inside = '' } = options;
  return (
    svg`<path d="${path}" fill="${fill}"/><g clip-path="${clip(sketch, path)}">${inside}` +
    softStroke(path, rim * 1.7, '#05060c', depth, [-rim * 0.22, -rim * 0.2]) +
    softStroke(path, rim * 0.9, '#ffffff', depth * 0.34, [rim * 0.5, rim * 0.55]) +
    svg`</g><path d="${path}" fill="none" stroke="#05060c" stroke-opacity="0.22" stroke-width="1.4"/>`
  );
}

/** Soft creases: each path is a dark line with a light one beside it. */
export function folds(paths: readonly string[], strength = 0.2, width = 9): string {
  const d = paths.join(' ');
  return (
    softStroke(d, width * 2.2, '#05060c', strength) +
    softStroke(d, width * 1.8, '#ffffff', strength * 0.7, [-width, -width * 0.3])
  );
}

/**
 * A line that fades to its sides: strokes of falling width, one over the other. A blur filter looks the same and costs
 * ten times as much: librsvg filters the whole canvas each time (some 16 ms against 1.5 ms at 600 x 800, sharp 0.35, busy machine).
 *
 * @param opacity - in the middle, 0 to 1
 */
export function softStroke(
  d: string,
  width: number,
  color: string,
  opacity: number,
  [x, y]: readonly [number, number] = [0, 0],
): string {
  const steps = Math.max(3, Math.min(12, Math.round(width / 6)));
  // Layers of alpha a: 1 - (1 - a)^n is what n of them cover.
  const layer = 1 - (1 - opacity) ** (1 / steps);
  const strokes = Array.from(
    { length: steps },
    (_, i) => svg`<path d="${d}" stroke-width="${(width * (steps - i)) / steps}"/>`,
  );
  return svg`<g fill="none" stroke="${color}" stroke-opacity="${layer}" stroke-linecap="round" stroke-linejoin="round" transform="translate(${x} ${y})">${strokes.join('')}</g>`;
}

/** A spot that fades to its edge: shadows on the ground, highlights. */
export function softSpot(
  sketch: Sketch,
  [cx, cy, rx, ry]: readonly [number, number, number, number],
  color: string,
  opacity: number,
  turn = 0,
): string {
  const fill = radial(
    sketch,
    [
      [0, color, opacity],
      [0.55, color, opacity * 0.75],
      [0.8, color, opacity * 0.25],
      [1, color, 0],
    ],
    [0.5, 0.5, 0.5],
  );
  const transform = turn === 0 ? '' : svg` transform="rotate(${turn} ${cx} ${cy})"`;
  return svg`<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"${transform}/>`;
}

/** Thin lines as seams or stitches. */
export function seam(
  d: string,
  options: { color?: string; dash?: string; width?: number; opacity?: number } = {},
): string {
  const { color = '#05060c', dash = '', width = 1.6, opacity = 0.35 } = options;
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return svg`<path d="${d}" fill="none" stroke="${color}" stroke-opacity="${opacity}" stroke-width="${width}"${dashes} stroke-linecap="round"/>`;
}
