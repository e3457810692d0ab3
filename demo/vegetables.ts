import { tile } from './cloth.ts';
import type { Draw } from './look.ts';
import { mix, shade } from './palette.ts';
import { at, ball, type Fruit, ground, shine, speckles, stem } from './produce.ts';
import { folds, linear, radial, seam, softStroke, svg, volume } from './sketch.ts';

export const pepper: Fruit = (sketch, look) =>
  volume(
    sketch,
    'M0 -82 C30 -112 74 -104 92 -70 C114 -26 92 50 70 100 C54 128 28 118 16 108 C6 118 -8 118 -18 108 C-32 120 -58 124 -70 98 C-94 48 -114 -26 -92 -70 C-74 -104 -30 -112 0 -82Z',
    {
      fill: ball(sketch, look.color),
      rim: 28,
      depth: 0.32,
      inside: folds(['M-14 -84 C-40 -20 -36 50 -18 106', 'M18 -84 C44 -20 38 50 18 106'], 0.36, 13),
    },
  ) +
  svg`<path d="M-34 -84 C-14 -100 14 -100 34 -84 C14 -72 -14 -72 -34 -84Z" fill="#3f7a2f"/>` +
  stem('M0 -86 C-2 -112 6 -130 20 -138', 15).replaceAll('#4a3218', '#2f6426').replaceAll('#a37b45', '#7fae56') +
  shine(sketch, -56, -34, 14, 44) +
  shine(sketch, 54, -40, 10, 30);

export const aubergine: Draw = (sketch, look) =>
  ground(sketch, 330, 476, 230) +
  at(
    320,
    340,
    1.75,
    28 + look.lie.between(-8, 8),
    volume(
      sketch,
      'M-120 -26 C-90 -46 -40 -44 10 -58 C80 -76 142 -44 140 14 C138 66 86 82 30 66 C-30 48 -80 36 -120 22 C-134 8 -134 -14 -120 -26Z',
      { fill: ball(sketch, look.color), rim: 32, depth: 0.4 },
    ) +
      svg`<path d="M-124 -30 C-98 -44 -76 -40 -62 -46 C-72 -24 -86 -22 -72 -8 C-86 0 -80 14 -66 30 C-94 30 -112 28 -124 20 C-136 8 -136 -18 -124 -30Z" fill="#5c8a3e" stroke="#2d5520"/>` +
      stem('M-128 -4 C-146 -8 -160 -4 -172 6', 16).replaceAll('#4a3218', '#2f6426').replaceAll('#a37b45', '#7fae56') +
      shine(sketch, 40, -40, 50, 8),
  );

/** Long vegetables: `cucumber` and `zucchini`. */
export const gourd: Draw = (sketch, look) => {
  const path =
    'M-156 -34 C-110 -52 80 -58 140 -42 C176 -30 178 26 142 40 C80 54 -110 50 -158 32 C-176 18 -176 -20 -156 -34Z';
  const stripes = [-30, -16, -2, 12, 26]
    .map((y) => svg`M-158 ${y * 0.8} C-80 ${y} 80 ${y * 1.1} 150 ${y * 0.8}`)
    .join(' ');
  const fleck =
    look.style === 'zucchini'
      ? speckles(look.lie, 150, '#cfe0a0', 0.5, 3)
      : svg`<path d="${stripes}" fill="none" stroke="#b9d08a" stroke-opacity="0.35" stroke-width="5"/>`;
  const tip =
    look.style === 'zucchini'
      ? svg`<path d="M-160 -28 L-206 -18 L-206 16 L-160 26Z" fill="#8aa35a" stroke="#3f5526"/>`
      : '';
  const one = (x: number, y: number, turn: number) =>
    at(
      x,
      y,
      1.28,
      turn,
      tip +
        volume(sketch, path, {
          fill: linear(
            sketch,
            [
              [0, shade(look.color, 0.3)],
              [0.4, look.color],
              [1, shade(look.color, -0.45)],
            ],
            [0, 0, 0, 1],
          ),
          rim: 26,
          depth: 0.32,
          inside: fleck,
        }) +
        shine(sketch, -20, -28, 110, 6),
    );
  const turn = 38 + look.lie.between(-8, 8);
  return (
    ground(sketch, 330, 470, 220) +
    (look.style === 'bunch' ? one(290, 250, turn) + one(340, 380, turn - 7) : one(320, 320, turn))
  );
};

/** Carrots, some with their green. */
export const carrots: Draw = (sketch, look) => {
  const path =
    'M-150 -30 C-120 -44 -60 -36 20 -22 C90 -12 150 -2 186 4 C150 12 90 22 20 30 C-60 42 -120 44 -150 30 C-166 14 -166 -14 -150 -30Z';
  const rings = [-120, -90, -50, -10, 40, 90]
    .map((x, i) => svg`M${x} ${-34 + i * 4} q6 8 2 ${18 - i} M${x + 18} ${26 - i * 4} q-6 -6 -2 ${-14 + i}`)
    .join(' ');
  const green =
    look.style === 'bunch'
      ? svg`<g fill="none" stroke="#4c8a34" stroke-width="7" stroke-linecap="round"><path d="M-156 0 C-190 -10 -210 -30 -236 -34 M-156 0 C-196 0 -220 4 -246 0 M-156 4 C-190 16 -206 30 -232 40"/></g>`
      : svg`<path d="M-158 -8 l-16 -4 v24 l16 -4z" fill="#6b8a3a"/>`;
  const one = (x: number, y: number, turn: number) =>
    ground(sketch, x + 10, y + 70, 150) +
    at(
      x,
      y,
      1.22,
      turn,
      green +
        volume(sketch, path, {
          fill: linear(
            sketch,
            [
              [0, shade(look.color, 0.35)],
              [0.4, look.color],
              [1, shade(look.color, -0.35)],
            ],
            [0, 0, 0, 1],
          ),
          rim: 20,
          depth: 0.28,
          inside: seam(rings, { color: '#8a3a08', width: 3, opacity: 0.45 }),
        }),
    );
  const lean = look.lie.between(-6, 6);
  return one(330, 240, 10 + lean) + one(320, 330, -4 + lean) + one(345, 420, 7 + lean);
};

/** A hand of bananas. */
export const bananas: Draw = (sketch, look) => {
  const path =
    'M-26 -150 C-20 -158 -2 -158 4 -150 C10 -110 30 -60 74 -18 C104 10 134 34 150 62 C152 78 140 86 128 82 C60 74 -8 40 -34 -30 C-46 -70 -38 -116 -26 -150Z';
  const one = (x: number, y: number, turn: number, size: number) =>
    at(
      x,
      y,
      size,
      turn,
      volume(sketch, path, {
        fill: linear(
          sketch,
          [
            [0, shade(look.color, -0.16)],
            [0.45, look.color],
            [1, shade(look.color, 0.35)],
          ],
          [0, 1, 1, 0],
        ),
        rim: 18,
        depth: 0.26,
        inside:
          seam('M-14 -150 C-6 -90 14 -40 60 10 C90 40 120 60 140 74', { color: '#8a6a10', width: 5, opacity: 0.4 }) +
          speckles(look.lie, 20, '#6b4b10', 0.4, 3),
      }) + svg`<path d="M150 62 C152 78 140 86 128 82 L138 66Z" fill="#3d2c10"/>`,
    );
  const turn = look.lie.between(-8, 8);
  return (
    ground(sketch, 340, 500, 210) +
    at(
      0,
      0,
      1,
      turn,
      svg`${one(300, 250, -16, 1.3)}${one(266, 268, 10, 1.4)}${one(246, 280, 34, 1.36)}<path d="M246 64 L292 54 L300 96 L244 110Z" fill="#6e5a1e" stroke="#3d2f0c"/>`,
    )
  );
};

/** A watermelon with a slice cut from it. */
export const watermelon: Draw = (sketch, look) => {
  const stripes = Array.from(
    { length: 9 },
    (_, i) => svg`M${60 + i * 62} 170 C${70 + i * 56} 260 ${50 + i * 62} 420 ${90 + i * 54} 520`,
  ).join(' ');
  const skin = svg`${softStroke(stripes, 32, look.accent, 0.85)}`;
  const seeds = [
    [330, 440],
    [376, 404],
    [420, 450],
    [372, 480],
    [440, 390],
    [468, 436],
    [300, 470],
    [410, 500],
  ]
    .map(
      ([x = 0, y = 0]) =>
        svg`<ellipse cx="${x}" cy="${y}" rx="6" ry="10" fill="#24140f" transform="rotate(${(x * 7) % 60} ${x} ${y})"/>`,
    )
    .join('');
  return (
    ground(sketch, 320, 520, 240) +
    volume(
      sketch,
      'M320 130 C470 130 560 220 560 330 C560 440 470 522 320 522 C170 522 80 440 80 330 C80 220 170 130 320 130Z',
      { fill: ball(sketch, look.color), rim: 50, depth: 0.36, inside: skin },
    ) +
    volume(sketch, 'M222 496 L400 306 L548 470 C500 548 280 566 222 496Z', { fill: '#e9f0c8', rim: 10 }) +
    volume(sketch, 'M244 488 L400 322 L530 464 C480 528 300 540 244 488Z', {
      fill: radial(
        sketch,
        [
          [0, '#f4606a'],
          [1, '#d92b3c'],
        ],
        [0.4, 0.3, 0.8],
      ),
      rim: 18,
      depth: 0.2,
    }) +
    seeds
  );
};

/** A pineapple, upright. */
export const pineapple: Draw = (sketch, look) => {
  const scales = tile(
    sketch,
    46,
    46,
    svg`<rect width="46" height="46" fill="${look.color}"/><path d="M0 0 L46 46 M46 0 L0 46" stroke="${shade(look.color, -0.55)}" stroke-width="5"/><circle cx="23" cy="4" r="5" fill="${shade(look.color, -0.5)}"/><circle cx="23" cy="24" r="9" fill="${shade(look.color, 0.3)}" opacity="0.6"/>`,
  );
  const blades = [-62, -44, -27, -12, 0, 12, 27, 44, 62]
    .map(
      (angle, i) =>
        svg`<path d="M-16 0 C-20 -60 -8 -130 ${angle * 0.3} -${170 - Math.abs(angle) * 0.9} C12 -120 20 -60 16 0Z" transform="translate(320 236) rotate(${angle})" fill="${mix('#2f6b3a', '#7aa860', (i % 3) * 0.35)}" stroke="#173f20" stroke-opacity="0.6"/>`,
    )
    .join('');
  return (
    ground(sketch, 320, 590, 130) +
    blades +
    volume(
      sketch,
      'M320 212 C400 212 440 280 444 380 C446 490 410 592 320 592 C230 592 194 490 196 380 C200 280 240 212 320 212Z',
      { fill: scales, rim: 54, depth: 0.42 },
    )
  );
};

export const mushroom: Fruit = (sketch, look) =>
  volume(sketch, 'M-30 0 C-28 40 -38 70 -30 84 C-10 96 12 96 32 84 C38 70 28 40 32 0Z', {
    fill: '#efe3d0',
    rim: 16,
    depth: 0.24,
  }) +
  volume(sketch, 'M-100 8 C-104 -56 -54 -96 0 -96 C56 -96 104 -56 100 8 C70 26 -70 26 -100 8Z', {
    fill: ball(sketch, look.color),
    rim: 28,
    depth: 0.3,
    inside: speckles(look.lie, 40, shade(look.color, -0.3), 0.3, 3),
  }) +
  shine(sketch, -36, -48, 24, 14);

/** A head of cabbage. */
export const cabbage: Draw = (sketch, look) => {
  const veins =
    'M320 520 C300 420 280 300 240 210 M320 520 C340 400 380 300 430 230 M304 420 C250 380 190 360 150 350 M298 350 C260 310 220 290 180 280 M344 420 C400 390 450 380 500 380 M362 340 C400 310 440 300 480 300 M320 510 C318 400 324 260 330 160';
  return (
    ground(sketch, 320, 540, 210) +
    volume(
      sketch,
      'M320 110 C440 100 540 190 548 320 C554 450 450 540 320 542 C190 540 90 450 96 320 C104 190 210 100 320 110Z',
      {
        fill: ball(sketch, look.color),
        rim: 50,
        depth: 0.3,
        inside:
          seam(veins, { color: '#f3f7dc', width: 7, opacity: 0.75 }) +
          folds(
            [
              'M130 260 C240 180 420 160 520 260',
              'M110 380 C160 300 260 260 330 300',
              'M530 400 C480 330 400 300 340 320',
            ],
            0.24,
            16,
          ),
      },
    )
  );
};
