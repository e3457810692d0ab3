import { grain } from './cloth.ts';
import type { Look } from './look.ts';
import { mix, shade } from './palette.ts';
import type { Random } from './random.ts';
import { linear, radial, type Sketch, seam, softSpot, softStroke, svg, volume } from './sketch.ts';

/** One fruit about the origin, some 220 units high. */
export type Fruit = (sketch: Sketch, look: Look) => string;

const APPLE =
  'M0 -84 C34 -112 108 -96 112 -18 C114 54 66 116 30 110 C16 108 8 102 0 102 C-8 102 -16 108 -30 110 C-66 116 -114 54 -112 -18 C-108 -96 -34 -112 0 -84Z';

export const apple: Fruit = (sketch, look) => {
  const streaks = Array.from(
    { length: 26 },
    (_, i) =>
      svg`M${Math.cos(i * 0.242) * 20} ${-80 + Math.sin(i) * 3} Q${-118 + i * 9.4} ${-10 + Math.sin(i * 5) * 20} ${(-60 + i * 4.8) * 0.9} ${60 + Math.sin(i * 3) * 30}`,
  ).join(' ');
  return (
    volume(sketch, APPLE, {
      fill: ball(sketch, look.color),
      rim: 26,
      depth: 0.26,
      inside: svg`<path d="${streaks}" fill="none" stroke="${look.accent}" stroke-opacity="0.34" stroke-width="5"/>${speckles(look.lie, 46, shade(look.color, 0.6), 0.5)}${softSpot(sketch, [0, -82, 36, 19], '#1c2408', 0.5)}`,
    }) +
    stem('M2 -80 C0 -104 8 -122 20 -132', 8) +
    (look.design.chance(0.5) ? leaf(sketch, 18, -118) : '') +
    shine(sketch, -42, -34, 26, 40)
  );
};

export const citrus: Fruit = (sketch, look) => {
  const lemon = look.material === 'Lemon';
  const path = lemon
    ? 'M-122 4 C-112 -14 -104 -20 -96 -34 C-66 -92 60 -92 94 -34 C102 -20 112 -12 124 0 C114 14 104 20 96 34 C62 92 -66 92 -96 34 C-104 22 -114 16 -122 4Z'
    : 'M0 -108 C66 -108 110 -56 110 2 C110 66 62 108 0 108 C-62 108 -110 66 -110 2 C-110 -56 -66 -108 0 -108Z';
  return (
    volume(sketch, path, {
      fill: ball(sketch, look.color),
      rim: 28,
      depth: 0.24,
      inside:
        speckles(look.lie, 150, shade(look.color, -0.35), 0.4, 2.2) +
        speckles(look.lie, 90, shade(look.color, 0.5), 0.5, 1.8),
    }) +
    (lemon ? '' : svg`<path d="M-2 -92 l7 7 10 -2 -5 9 5 9 -11 -2 -7 8 -2 -11 -10 -5 10 -5Z" fill="#5e7a34"/>`) +
    shine(sketch, -40, -40, 34, 24)
  );
};

export const tomato: Fruit = (sketch, look) => {
  const path = 'M0 -82 C50 -104 122 -70 118 8 C116 70 62 104 0 102 C-62 104 -116 70 -118 8 C-122 -70 -50 -104 0 -82Z';
  const calyx = svg`<g fill="#3f7a35" stroke="#1f4a1c" stroke-width="1.4" transform="translate(0 -72)">${[0, 60, 120, 180, 240, 300].map((angle) => svg`<path d="M-6 0 C-14 -20 -6 -46 6 -62 C10 -40 10 -18 6 0Z" transform="rotate(${angle + 12}) scale(1 0.8)"/>`).join('')}<circle r="9" fill="#56933f"/></g>`;
  return (
    volume(sketch, path, {
      fill: ball(sketch, look.color),
      rim: 30,
      depth: 0.3,
      inside: svg`${softSpot(sketch, [0, -72, 52.4, 24.4], '#3a0a06', 0.4)}`,
    }) +
    calyx +
    shine(sketch, -48, -22, 28, 18) +
    shine(sketch, 52, -30, 10, 16)
  );
};

export const peach: Fruit = (sketch, look) =>
  volume(
    sketch,
    'M0 -92 C60 -112 116 -62 112 6 C108 74 52 106 0 110 C-52 106 -108 74 -112 6 C-116 -62 -60 -112 0 -92Z',
    {
      fill: radial(
        sketch,
        [
          [0, mix(look.color, '#fff0b0', 0.5)],
          [0.5, look.color],
          [1, look.accent],
        ],
        [0.62, 0.34, 0.78],
      ),
      rim: 32,
      depth: 0.24,
      inside: svg`${speckles(look.lie, 60, look.accent, 0.3, 6)}${softStroke('M0 -92 C34 -50 34 40 4 108', 15, '#5a1a10', 0.4)}`,
    },
  ) +
  stem('M0 -88 C2 -100 6 -106 12 -110', 9) +
  leaf(sketch, 10, -104);

export const plum: Fruit = (sketch, look) =>
  volume(sketch, 'M0 -86 C52 -100 92 -52 90 10 C88 70 44 104 0 108 C-44 104 -88 70 -90 10 C-92 -52 -52 -100 0 -86Z', {
    fill: ball(sketch, look.color),
    rim: 30,
    depth: 0.34,
    inside: svg`${softStroke('M-4 -88 C-34 -40 -34 40 -4 106', 14, '#14040e', 0.5)}${softSpot(sketch, [30, -6, 62.8, 82.8], '#c9c4e6', 0.26)}`,
  }) +
  stem('M0 -84 C0 -104 -2 -116 -10 -126', 6) +
  shine(sketch, 26, -44, 16, 22);

export const pear: Fruit = (sketch, look) =>
  volume(
    sketch,
    'M4 -132 C38 -130 42 -92 50 -58 C60 -22 104 4 100 62 C96 112 44 126 0 126 C-44 126 -96 112 -100 62 C-104 4 -56 -22 -46 -58 C-38 -92 -30 -134 4 -132Z',
    {
      fill: ball(sketch, look.color),
      rim: 30,
      depth: 0.26,
      inside: speckles(look.lie, 120, '#6b5a22', 0.4, 2) + softSpot(sketch, [58, 50, 56, 74], look.accent, 0.5),
    },
  ) +
  stem('M4 -128 C4 -148 10 -162 22 -168', 8) +
  shine(sketch, -44, 30, 18, 34);

export const avocado: Fruit = (sketch, look) =>
  volume(
    sketch,
    'M10 -128 C50 -124 60 -70 78 -30 C98 18 100 70 62 104 C28 130 -28 130 -62 104 C-100 70 -94 14 -72 -32 C-52 -76 -30 -132 10 -128Z',
    {
      fill: ball(sketch, look.color),
      rim: 34,
      depth: 0.4,
      inside: speckles(look.lie, 260, shade(look.color, 0.35), 0.5, 3) + speckles(look.lie, 160, '#0d140a', 0.5, 3),
    },
  ) +
  stem('M10 -126 v-8', 14) +
  shine(sketch, -30, 0, 14, 34);

export const kiwi: Fruit = (sketch, look) => {
  const seeds = Array.from(
    { length: 22 },
    (_, i) => svg`<ellipse cx="0" cy="-42" rx="4" ry="8" fill="#171a0d" transform="rotate(${i * 16.4})"/>`,
  ).join('');
  const rays = Array.from(
    { length: 26 },
    (_, i) =>
      svg`<path d="M0 -22 L0 -88" transform="rotate(${i * 13.8})" stroke="#d4ea8f" stroke-opacity="0.55" stroke-width="4"/>`,
  ).join('');
  const halved = look.lie.chance(look.staged ? 0.12 : 0.4);
  const skin = 'M0 -98 C66 -98 100 -52 100 4 C100 62 60 100 0 100 C-60 100 -100 62 -100 4 C-100 -52 -66 -98 0 -98Z';
  if (!halved)
    return volume(sketch, skin, {
      fill: ball(sketch, '#7d5f38'),
      rim: 30,
      depth: 0.32,
      inside:
        grain(sketch, 'x="-110" y="-110" width="220" height="220"', 60, 0.4) +
        speckles(look.lie, 120, '#4a341b', 0.5, 2.4),
    });
  return svg`${volume(sketch, skin, { fill: '#7d5f38', rim: 14 })}<circle r="92" fill="${radial(
    sketch,
    [
      [0, '#eef3c8'],
      [0.24, '#e4efb0'],
      [0.34, '#8dbb3a'],
      [0.85, '#79a82f'],
      [1, '#a9c85e'],
    ],
    [0.5, 0.5, 0.5],
  )}"/>${rays}<ellipse rx="22" ry="26" fill="#f1f3d6"/>${seeds}`;
};

export const potato: Fruit = (sketch, look) =>
  volume(
    sketch,
    'M-110 -10 C-106 -72 -40 -84 20 -74 C84 -66 128 -34 118 26 C108 84 30 88 -30 80 C-84 74 -116 46 -110 -10Z',
    {
      fill: ball(sketch, look.color),
      rim: 30,
      depth: 0.3,
      inside:
        grain(sketch, 'x="-130" y="-100" width="260" height="200"', 120, 0.3) +
        speckles(look.lie, 40, '#5e4220', 0.5, 4),
    },
  );

export const onion: Fruit = (sketch, look) => {
  const lines = [-80, -52, -24, 4, 32, 60, 86]
    .map((x) => svg`M0 -104 C${x * 0.6} -60 ${x * 1.3} 10 ${x * 0.4} 96`)
    .join(' ');
  return (
    volume(
      sketch,
      'M-8 -150 C-4 -128 6 -128 10 -150 C18 -112 40 -98 64 -84 C118 -50 118 30 74 72 C50 94 24 100 0 102 C-24 100 -50 94 -74 72 C-118 30 -118 -50 -64 -84 C-40 -98 -18 -112 -8 -150Z',
      {
        fill: ball(sketch, look.color),
        rim: 30,
        depth: 0.3,
        inside: seam(lines, { color: shade(look.color, -0.45), width: 3, opacity: 0.5 }),
      },
    ) +
    svg`<path d="M-14 100 q-4 16 -10 22 M0 102 v24 M14 100 q4 16 10 22" stroke="#b29a6a" stroke-width="3" fill="none"/>` +
    shine(sketch, -46, -22, 18, 36)
  );
};

export const garlic: Fruit = (sketch, look) =>
  volume(
    sketch,
    'M-10 -160 C-8 -110 -18 -92 -46 -70 C-104 -30 -112 40 -74 82 C-52 102 -24 108 0 108 C24 108 52 102 74 82 C112 40 104 -30 46 -70 C18 -92 10 -110 12 -160Z',
    {
      fill: ball(sketch, look.color),
      rim: 30,
      depth: 0.22,
      inside: seam(
        'M-2 -100 C-40 -50 -60 30 -34 104 M2 -100 C40 -50 60 30 34 104 M0 -100 C-6 -20 -4 60 0 106 M-20 -84 C-90 -20 -96 40 -70 84 M20 -84 C90 -20 96 40 70 84',
        { color: '#8d7c92', width: 5, opacity: 0.45 },
      ),
    },
  );

export const pomegranate: Fruit = (sketch, look) =>
  volume(
    sketch,
    'M-24 -96 L-34 -142 L-12 -122 L0 -146 L14 -122 L36 -140 L26 -96 C84 -84 116 -36 110 20 C102 82 50 112 0 110 C-50 112 -102 82 -110 20 C-116 -36 -84 -84 -24 -96Z',
    {
      fill: ball(sketch, look.color),
      rim: 32,
      depth: 0.3,
      inside: speckles(look.lie, 60, '#e9b06a', 0.35, 5) + speckles(look.lie, 60, '#4d0a14', 0.35, 4),
    },
  ) + shine(sketch, -42, -24, 22, 32);

/** The soft shadow where something stands. */
export function ground(sketch: Sketch, x: number, y: number, radius: number): string {
  return svg`${softSpot(sketch, [x, y, radius + 10.8, radius * 0.12 + 10.8], '#12100c', 0.42)}`;
}

export function at(x: number, y: number, size: number, turn: number, what: string): string {
  return svg`<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})">${what}</g>`;
}

/** The light on a ball from the upper left. */
export function ball(sketch: Sketch, color: string): string {
  return radial(
    sketch,
    [
      [0, shade(color, 0.42)],
      [0.32, shade(color, 0.1)],
      [0.7, color],
      [1, shade(color, -0.42)],
    ],
    [0.36, 0.3, 0.8],
  );
}

export function shine(sketch: Sketch, x: number, y: number, rx: number, ry: number): string {
  return svg`${softSpot(sketch, [x, y, rx + 8.4, ry + 8.4], '#ffffff', 0.5, 24)}`;
}

export function speckles(random: Random, count: number, color: string, opacity: number, size = 2.6): string {
  let dots = '';
  for (let i = 0; i < count; i++) {
    const [angle, radius] = [random.between(0, 6.28), Math.sqrt(random.next()) * 122];
    dots += svg`<circle cx="${Math.cos(angle) * radius}" cy="${Math.sin(angle) * radius}" r="${random.between(size * 0.5, size)}"/>`;
  }
  return svg`<g fill="${color}" opacity="${opacity}">${dots}</g>`;
}

export function stem(d: string, width: number): string {
  return svg`<path d="${d}" fill="none" stroke="#4a3218" stroke-width="${width}" stroke-linecap="round"/><path d="${d}" fill="none" stroke="#a37b45" stroke-width="${width * 0.35}" stroke-linecap="round"/>`;
}

export function leaf(sketch: Sketch, x: number, y: number): string {
  const fill = linear(sketch, [
    [0, '#2f6b28'],
    [1, '#7fb34f'],
  ]);
  return svg`<g transform="translate(${x} ${y}) rotate(-14)"><path d="M0 0 C18 -34 62 -40 92 -18 C66 8 26 14 0 0Z" fill="${fill}" stroke="#1e4a1a" stroke-opacity="0.5"/><path d="M2 -1 C30 -12 60 -18 88 -18" fill="none" stroke="#d5e8b5" stroke-opacity="0.6" stroke-width="2"/></g>`;
}
