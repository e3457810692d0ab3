import { mix, shade } from './palette.ts';
import type { Random } from './random.ts';
import { createSketch, linear, radial, type Sketch, svg } from './sketch.ts';

/** How one picture is taken. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  readonly surface: Surface;
  /** Degrees, clockwise. */
  readonly turn: number;
  /** 1: as drawn. */
  readonly zoom: number;
  /** In fractions of the frame. */
  readonly shift: readonly [x: number, y: number];
  /** Sideways lean, -0.3 to 0.3. */
  readonly lean: number;
  readonly mirrored: boolean;
  /** -1 dark to 1 bright. */
  readonly light: number;
  /** -1 cold to 1 warm. */
  readonly warmth: number;
}

export type Surface = 'white' | 'studio' | 'paper' | 'wood' | 'fabric' | 'stone' | 'grass';

/** A whole picture as SVG: the surface, the product's soft shadow, the product, the light. */
export function composeShot(shot: Shot, random: Random, draw: (sketch: Sketch) => string): string {
  const { width, height, turn, zoom, lean } = shot;
  const sketch = createSketch();
  const product = draw(sketch);
  const [cx, cy] = [width / 2, height / 2];
  const place = svg`translate(${cx + shot.shift[0] * width} ${cy + shot.shift[1] * height}) rotate(${turn}) skewX(${lean * 57}) scale(${shot.mirrored ? -zoom : zoom} ${zoom}) translate(${-cx} ${-cy})`;
  const body =
    surface(sketch, shot, random) +
    (shot.surface === 'white' || shot.surface === 'studio'
      ? svg`<g transform="${place}">${product}</g>`
      : svg`<g filter="${dropShadow(sketch)}"><g transform="${place}">${product}</g></g>`) +
    ambience(sketch, shot);
  return svg`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${sketch.definitions()}${body}</svg>`;
}

/** What lies on a surface darkens it; a product before white is cut out, as shops do it. */
function dropShadow(sketch: Sketch): string {
  return sketch.define(
    (id) =>
      svg`<filter id="${id}" color-interpolation-filters="sRGB" x="-10%" y="-10%" width="125%" height="125%"><feDropShadow dx="7" dy="13" stdDeviation="11" flood-color="#10121c" flood-opacity="0.36"/></filter>`,
  );
}

const PAPERS = ['#e9d7cf', '#cfdde6', '#dfe6d2', '#efe3c2', '#ddd3e6', '#f2d5d8', '#c9d8d2', '#e4e0d8'] as const;

function surface(sketch: Sketch, shot: Shot, random: Random): string {
  const { width, height } = shot;
  const full = svg`width="${width}" height="${height}"`;
  const wash = (color: string) =>
    svg`<rect ${full} fill="${radial(
      sketch,
      [
        [0, shade(color, 0.3)],
        [0.7, color],
        [1, shade(color, -0.16)],
      ],
      [0.42, 0.36, 0.85],
    )}"/>`;
  switch (shot.surface) {
    case 'white':
      return svg`<rect ${full} fill="#ffffff"/>`;
    case 'studio':
      return svg`<rect ${full} fill="${linear(
        sketch,
        [
          [0, '#eceff2'],
          [0.7, '#f8f9fa'],
          [1, '#e3e6ea'],
        ],
        [0, 0, 0, 1],
      )}"/>`;
    case 'paper':
      return wash(random.pick(PAPERS));
    case 'wood':
      return (
        wash(random.pick(['#b98a5c', '#8a5f3f', '#d0ab7e'])) +
        noise(sketch, full, '0.006 0.16', random, 0.75, '0.16 0.08 0.03')
      );
    case 'fabric':
      return (
        wash(mix(random.pick(PAPERS), random.pick(['#5f6f86', '#8f7463', '#6f8a72', '#a3a3a3']), 0.55)) +
        noise(sketch, full, '0.09 0.11', random, 0.5, '0.1 0.1 0.1')
      );
    case 'stone':
      return (
        wash(random.pick(['#cfcdca', '#b5b3b0', '#9fa4a8'])) +
        noise(sketch, full, '0.012 0.02', random, 0.65, '0.25 0.25 0.28')
      );
    case 'grass':
      return wash(random.pick(['#6f9a4b', '#5f8747'])) + noise(sketch, full, '0.12 0.03', random, 0.8, '0.08 0.2 0.05');
  }
}

/** Noise in one dark colour (three channels, 0 to 1). */
function noise(sketch: Sketch, area: string, frequency: string, random: Random, strength: number, rgb: string): string {
  const [red = '0', green = '0', blue = '0'] = rgb.split(' ');
  const seed = random.integer(1, 999);
  const filter = sketch.define(
    (id) =>
      svg`<filter id="${id}" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3" seed="${seed}"/><feColorMatrix values="0 0 0 0 ${red}  0 0 0 0 ${green}  0 0 0 0 ${blue}  2.4 0 0 0 -0.9"/></filter>`,
  );
  return svg`<rect ${area} filter="${filter}" opacity="${strength}"/>`;
}

function ambience(sketch: Sketch, shot: Shot): string {
  const area = svg`width="${shot.width}" height="${shot.height}"`;
  let cover = '';
  if (shot.light !== 0)
    cover += svg`<rect ${area} fill="${shot.light < 0 ? '#06070c' : '#ffffff'}" opacity="${Math.abs(shot.light) * 0.5}"/>`;
  if (shot.warmth !== 0)
    cover += svg`<rect ${area} fill="${shot.warmth > 0 ? '#ffb066' : '#7fb0ff'}" opacity="${Math.abs(shot.warmth) * 0.6}" style="mix-blend-mode:multiply"/>`;
  if (shot.surface !== 'white' && shot.surface !== 'studio')
    cover += svg`<rect ${area} fill="${radial(
      sketch,
      [
        [0.45, '#000000', 0],
        [1, '#000000', 0.28],
      ],
      [0.45, 0.42, 0.8],
    )}"/>`;
  return cover;
}
