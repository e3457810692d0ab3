import { tile } from './cloth.ts';
import type { Draw, Look } from './look.ts';
import { mix, shade } from './palette.ts';
import { at, type Fruit, ground } from './produce.ts';
import { linear, type Sketch, svg } from './sketch.ts';

/** Fruit and vegetables, 640 x 640: staged, a market's crate full of them; alone as given, or one large or (`bunch`) five together. */
export function market(fruit: Fruit, alone?: Draw): Draw {
  return (sketch, look) => {
    if (look.staged) return crate(sketch, look, fruit);
    if (alone !== undefined) return alone(sketch, look);
    if (look.style !== 'bunch')
      return ground(sketch, 320, 530, 200) + at(320, 330, 1.9, look.lie.between(-9, 9), fruit(sketch, look));
    const places = [
      [235, 260, 1.1],
      [415, 270, 1.06],
      [320, 390, 1.22],
      [170, 410, 1.04],
      [472, 414, 1.06],
    ] as const;
    return places
      .map(
        ([x, y, size]) =>
          ground(sketch, x + 6, y + 108 * size, 100 * size) +
          at(x, y, size, look.lie.between(-28, 28), fruit(sketch, look)),
      )
      .join('');
  };
}

/** A drawing of 640 x 640 as something to heap up. */
export function small(draw: Draw, size = 0.5): Fruit {
  return (sketch, look) => at(-320 * size, -330 * size, size, 0, draw(sketch, look));
}

/** Fruit large in the front and smaller behind, between the boards of a crate. */
function crate(sketch: Sketch, look: Look, fruit: Fruit): string {
  const { lie } = look;
  const wooden = look.design.chance(0.6);
  const board = wooden ? '#b58a56' : '#24262b';
  const [rows, size] = [lie.integer(5, 6), lie.between(0.74, 0.88)];
  let heaped = '';
  for (let row = 0; row < rows; row++) {
    const scale = size * (0.72 + 0.34 * (row / (rows - 1)));
    const step = 176 * scale;
    const y = 70 + (560 * row) / (rows - 1);
    for (let x = (row % 2) * step * 0.5 - 20 + lie.between(-14, 14); x < 680; x += step)
      heaped += at(
        x + lie.between(-10, 10),
        y + lie.between(-10, 10),
        scale,
        lie.between(-50, 50),
        fruit(sketch, look),
      );
  }
  const side = (x: number, width: number) =>
    svg`<rect x="${x}" width="${width}" height="640" fill="${linear(sketch, [
      [0, shade(board, 0.12)],
      [1, shade(board, -0.35)],
    ])}"/>`;
  const back = svg`<rect width="640" height="640" fill="#15130f"/>`;
  return svg`${back}${heaped}<rect width="640" height="640" fill="${linear(
    sketch,
    [
      [0, '#000000', 0.4],
      [0.35, '#000000', 0.06],
      [1, '#000000', 0.16],
    ],
    [0, 0, 0, 1],
  )}"/>${side(0, 26)}${side(612, 28)}<rect width="640" height="40" fill="${linear(
    sketch,
    [
      [0, shade(board, -0.1)],
      [1, shade(board, -0.5)],
    ],
    [0, 0, 0, 1],
  )}"/>`;
}

/** Packages, 640 x 640: staged, one held out before a shop's cold shelf; alone, as drawn. */
export function shelf(pack: Draw): Draw {
  return (sketch, look) => {
    const drawn = pack(sketch, look);
    if (!look.staged) return drawn;
    return `${coldShelf(sketch, look)}${svg`<g transform="translate(-44 -22) scale(1.14) rotate(${look.lie.between(-10, 12)} 320 340)">${drawn}${hand(sketch, look)}</g>`}`;
  };
}

/** Blurred rows of the same and of other packages. */
function coldShelf(sketch: Sketch, look: Look): string {
  const { lie, color, accent } = look;
  let rows = '';
  for (let row = 0; row < 3; row++) {
    const y = row * 226 - 30;
    for (let x = -20; x < 640; x += 62) {
      const tone = lie.chance(0.4)
        ? color
        : lie.pick(['#f1f3f6', '#d94a3a', '#3f7fc4', '#f0c83a', '#6aa84f', '#8a5fa8', '#e8e0cc', '#2f3b52']);
      rows += svg`<rect x="${x}" y="${y + lie.between(0, 16)}" width="56" height="180" fill="${linear(sketch, [
        [0, shade(tone, 0.05)],
        [1, shade(tone, -0.3)],
      ])}"/><rect x="${x + 8}" y="${y + 60}" width="40" height="36" fill="${mix(accent, tone, 0.3)}"/>`;
    }
    rows += svg`<rect x="0" y="${y + 184}" width="640" height="26" fill="#d9dde1"/><rect x="0" y="${y + 184}" width="640" height="7" fill="#ffffff"/>`;
  }
  const mesh = tile(sketch, 40, 226, '<rect x="0" y="208" width="40" height="18" fill="#5a6067"/>');
  return svg`<rect width="640" height="640" fill="#3b4148"/><g filter="${blur(sketch, 4)}">${rows}<rect width="640" height="640" fill="${mesh}" opacity="0.6"/></g><rect width="640" height="640" fill="#0d1118" opacity="0.16"/>`;
}

/** Fingers around the lower left edge. */
function hand(sketch: Sketch, look: Look): string {
  const skin = look.lie.pick(['#e8bd9c', '#d8a37c', '#b57d55', '#8a5a3c']);
  const tone = linear(sketch, [
    [0, shade(skin, -0.2)],
    [0.6, skin],
    [1, shade(skin, 0.1)],
  ]);
  const finger = (y: number, reach: number) =>
    svg`<path d="M120 ${y} C170 ${y - 16} ${reach - 30} ${y - 12} ${reach} ${y + 2} C${reach + 12} ${y + 16} ${reach} ${y + 32} ${reach - 16} ${y + 32} C180 ${y + 34} 150 ${y + 36} 120 ${y + 40}Z" fill="${tone}" stroke="#3a1d10" stroke-opacity="0.35" stroke-width="1.6"/>`;
  return svg`<path d="M-120 700 C-60 560 60 440 150 400 C190 420 190 560 160 620 C100 680 40 720 0 760Z" fill="${tone}"/>${finger(410, 246)}${finger(450, 256)}${finger(490, 252)}${finger(528, 238)}`;
}

/** A blur for `filter=`, by standard deviation in the drawing's units. */
function blur(sketch: Sketch, deviation: number): string {
  return sketch.define(
    (id) =>
      svg`<filter id="${id}" color-interpolation-filters="sRGB" x="-8%" y="-8%" width="116%" height="116%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`,
  );
}
