import { cloth, finish } from './cloth.ts';
import { legs, upperFigure, VIEWS } from './figure.ts';
import { byStyle, type Draw, type Look } from './look.ts';
import { mix, shade } from './palette.ts';
import { folds, linear, type Sketch, seam, svg, symmetric, volume } from './sketch.ts';
import { both } from './tops.ts';

/** Styles that reach the ground, and are shown from head to foot. */
const LONG: readonly string[] = ['maxi', 'saree'];

/** Dresses: `skater` (flared), `sheath` (narrow), `maxi` (to the ankle), `shirt dress`. */
export const dress: Draw = (sketch, look) => {
  const [hemX, hemY] = byStyle<readonly [number, number]>(
    { skater: [480, 980], sheath: [408, 990], maxi: [500, 1370], 'shirt dress': [440, 960] },
    look.style,
  );
  const strappy = look.style === 'maxi';
  const bodice = strappy
    ? symmetric(
        [300, 330],
        [
          [330, 316, 344, 290, 356, 236],
          [372, 240],
          [376, 280, 390, 320, 404, 346],
          [400, 400, 386, 450, 382, 496],
          [360, 504, 330, 506, 300, 506],
        ],
      )
    : symmetric(
        [300, 300],
        [
          [330, 300, 352, 262, 360, 230],
          [380, 236, 400, 244, 414, 254],
          [404, 290, 402, 320, 406, 350],
          [402, 400, 386, 450, 382, 496],
          [360, 504, 330, 506, 300, 506],
        ],
      );
  const flare = symmetric(
    [300, 490],
    [
      [330, 492, 360, 490, 383, 486],
      [402, 560, hemX - (hemX - 400) * 0.4, 700, hemX, hemY],
      [hemX - 50, hemY + 26, 360, hemY + 34, 300, hemY + 34],
    ],
  );
  const lines =
    look.style === 'sheath'
      ? ['M380 520 C360 560 350 600 348 640', 'M220 520 C240 560 250 600 252 640']
      : [0.15, 0.42, 0.72].flatMap((t) =>
          [1, -1].map(
            (s) =>
              svg`M${300 + s * 76 * t} 510 C${300 + s * 90 * t} 640 ${300 + s * (hemX - 300) * t} ${hemY - 180} ${300 + s * (hemX - 300) * t} ${hemY + 20}`,
          ),
        );
  const fill = cloth(sketch, look, 1.25);
  const sleeve =
    'M412 254 C444 270 462 320 470 396 C454 410 432 414 414 410 C410 380 408 366 405 350 C404 316 404 286 412 254Z';
  const belt =
    look.design.chance(0.5) || look.style === 'shirt dress'
      ? svg`<path d="M219 484 C260 496 340 496 381 484 L382 512 C340 524 260 524 218 512Z" fill="${mix(look.color, look.accent, 0.85)}" stroke="#05060c" stroke-opacity="0.3"/><rect x="286" y="488" width="28" height="30" rx="4" fill="none" stroke="#d9b456" stroke-width="5"/>`
      : seam('M219 498 C260 508 340 508 381 498', { opacity: 0.4 });
  const placket =
    look.style === 'shirt dress'
      ? seam(svg`M300 300 V${hemY + 28}`, { opacity: 0.5 }) +
        [340, 400, 460, 560, 630, 700, 770, 840]
          .map((y) => svg`<circle cx="300" cy="${y}" r="6" fill="#f3efe6" stroke="#333" stroke-opacity="0.5"/>`)
          .join('')
      : '';
  const garment =
    (strappy ? '' : both(volume(sketch, sleeve, { fill, rim: 20, depth: 0.3 }))) +
    volume(sketch, flare, {
      fill,
      rim: 40,
      depth: 0.34,
      inside: finish(sketch, look, [90, 480, 420, 920]) + folds(lines, 0.26, 16),
    }) +
    volume(sketch, bodice, {
      fill,
      rim: 24,
      depth: 0.3,
      inside:
        finish(sketch, look, [180, 220, 240, 300]) +
        folds(['M344 420 C360 400 384 384 398 380', 'M256 420 C240 400 216 384 202 380'], 0.2, 10),
    }) +
    belt +
    placket +
    frills(look, hemX, hemY);
  return wholeFigure(sketch, { ...look, woman: true }, garment);
};

/** Kurtas for women and men: straight, to the knee, slit at the sides, with an embroidered front over narrow trousers. */
export const kurta: Draw = (sketch, look) => {
  const body = symmetric(
    [300, 290],
    [
      [318, 270, 346, 252, 352, 224],
      [384, 236, 412, 244, 432, 256],
      [424, 290, 414, 320, 412, 352],
      [408, 430, 402, 480, 404, 540],
      [414, 680, 426, 840, 436, 990],
      [390, 1004, 340, 1006, 300, 1006],
    ],
  );
  const sleeve =
    'M432 256 C466 276 484 340 496 430 C504 500 504 540 498 590 C482 598 462 598 448 590 C448 520 440 470 428 430 C418 390 414 370 411 350 C412 316 422 286 432 256Z';
  const trim = look.accent;
  const fill = cloth(sketch, look, 1.2);
  const legsOver = both(
    volume(sketch, 'M304 900 L400 900 C396 1060 384 1220 372 1392 L326 1392 C320 1220 312 1060 304 900Z', {
      fill: look.woman ? mix(look.accent, '#ffffff', 0.2) : '#f1ede2',
      rim: 22,
      depth: 0.34,
    }),
  );
  const yoke = svg`<path d="M276 236 C284 272 290 286 300 292 C310 286 316 272 324 236 L334 244 C330 330 326 430 318 470 L282 470 C274 430 270 330 266 244Z" fill="${trim}" opacity="0.92"/>`;
  const motif = [300, 336, 372, 408, 444]
    .map((y) => svg`<path d="M300 ${y - 12} l9 12 l-9 12 l-9 -12Z" fill="${mix(look.color, '#f2d27a', 0.7)}"/>`)
    .join('');
  const border =
    svg`<path d="M166 964 C240 980 360 980 434 964 L436 990 C390 1004 210 1004 164 990Z" fill="${trim}" opacity="0.92"/>` +
    both(
      svg`<path d="M449 562 C464 570 484 570 500 562 L498 590 C482 598 462 598 448 590Z" fill="${trim}" opacity="0.92"/>`,
    );
  const creases = [
    'M406 380 C388 440 384 520 396 640',
    'M194 380 C212 440 216 520 204 640',
    'M340 700 C346 800 344 900 352 990',
    'M250 690 C246 800 250 900 240 990',
  ];
  const slit = both(seam('M420 780 C428 850 432 920 436 988', { width: 4, opacity: 0.5 }));
  const garment =
    (look.staged ? legsOver : '') +
    both(volume(sketch, sleeve, { fill, rim: 20, depth: 0.3 })) +
    volume(sketch, body, {
      fill,
      rim: 32,
      depth: 0.32,
      inside: finish(sketch, look, [150, 220, 300, 800]) + folds(creases, 0.2, 12),
    }) +
    border +
    yoke +
    motif +
    slit;
  return wholeFigure(sketch, look, garment);
};

/** Sarees: a blouse, the pleated skirt, and the loose end drawn over the shoulder, all with a border. */
export const saree: Draw = (sketch, look) => {
  const fill = cloth(sketch, look, 1.15);
  const border = linear(sketch, [
    [0, shade(look.accent, -0.2)],
    [0.5, shade(look.accent, 0.2)],
    [1, shade(look.accent, -0.25)],
  ]);
  const blouse = symmetric(
    [300, 310],
    [
      [330, 306, 350, 262, 358, 232],
      [380, 238, 408, 246, 424, 256],
      [458, 276, 466, 330, 474, 396],
      [456, 408, 432, 410, 418, 404],
      [410, 380, 406, 420, 400, 440],
      [360, 450, 330, 450, 300, 450],
    ],
  );
  const skirtPath =
    'M214 480 C250 500 350 500 388 480 C410 560 424 700 430 900 C436 1100 440 1300 446 1412 C380 1440 230 1444 168 1420 C176 1240 180 1000 188 820 C192 680 200 560 214 480Z';
  const pleats = [
    'M292 540 C290 800 280 1100 262 1424',
    'M310 540 C312 800 312 1100 304 1430',
    'M328 540 C334 800 344 1100 346 1430',
    'M346 540 C360 800 380 1100 392 1424',
    'M230 560 C220 800 206 1100 200 1420',
    'M250 700 C280 660 340 600 384 560',
    'M214 860 C280 780 350 700 410 640',
  ];
  const drape =
    'M392 470 C340 470 260 520 204 640 C192 600 198 540 212 490 C250 420 300 330 346 226 C364 222 392 232 410 246 C420 300 424 400 392 470Z';
  const loose =
    'M352 222 C384 226 404 238 414 252 C446 420 470 660 476 900 C440 920 410 916 388 908 C398 700 396 420 352 222Z';
  const edge = (d: string, width: number) =>
    svg`<path d="${d}" fill="none" stroke="${border}" stroke-width="${width}"/><path d="${d}" fill="none" stroke="#3a2408" stroke-opacity="0.35" stroke-width="${width}" stroke-dasharray="3 9"/>`;
  const garment =
    volume(sketch, loose, {
      fill: shade(look.color, -0.15),
      rim: 24,
      depth: 0.36,
      inside:
        folds(['M384 300 C410 500 420 700 424 900', 'M400 300 C430 500 446 700 452 900'], 0.3, 9) +
        svg`<rect x="380" y="850" width="110" height="70" fill="${border}"/>`,
    }) +
    volume(sketch, blouse, { fill: mix(look.color, look.accent, 0.6), rim: 20, depth: 0.32 }) +
    volume(sketch, skirtPath, {
      fill,
      rim: 40,
      depth: 0.38,
      inside:
        finish(sketch, { ...look, material: 'Silk' }, [150, 470, 320, 980]) +
        folds(pleats, 0.28, 13) +
        edge('M160 1398 C240 1424 380 1420 450 1392', 44),
    }) +
    volume(sketch, drape, {
      fill,
      rim: 24,
      depth: 0.34,
      inside:
        finish(sketch, { ...look, material: 'Silk' }, [190, 210, 240, 440]) +
        folds(
          [
            'M220 560 C270 450 330 350 372 240',
            'M206 610 C280 480 350 380 396 262',
            'M250 540 C300 460 360 420 400 380',
          ],
          0.28,
          10,
        ) +
        edge('M208 640 C196 590 202 530 214 486 C252 414 300 330 346 222', 24),
    });
  return wholeFigure(sketch, { ...look, woman: true }, garment);
};

function frills(look: Look, x: number, y: number): string {
  if (look.style === 'sheath' || look.style === 'shirt dress') return '';
  return seam(
    svg`M${600 - x + 4} ${y - 14} C${650 - x} ${y + 12} 240 ${y + 20} 300 ${y + 20} C360 ${y + 20} ${x - 50} ${y + 12} ${x - 4} ${y - 14}`,
    { opacity: 0.35, dash: '6 4' },
  );
}

function wholeFigure(sketch: Sketch, look: Look, garment: string): string {
  const figure = { woman: look.woman, person: String(look.design.integer(1, 40)) };
  if (!look.staged) {
    // Alone, as on an invisible stand: nearer, and no one in it.
    const place = LONG.includes(look.style) ? 'translate(108 -120) scale(0.64)' : 'translate(18 -182) scale(0.94)';
    return svg`<g transform="${place}">${garment}</g>`;
  }
  const narrow = look.woman ? 'translate(33 0) scale(0.89 1)' : '';
  return svg`<g transform="${LONG.includes(look.style) ? VIEWS.whole : VIEWS.threeQuarter}">${legs(sketch, figure)}${upperFigure(sketch, figure)}<g transform="${narrow}">${garment}</g></g>`;
}
