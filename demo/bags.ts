import { cloth, finish } from './cloth.ts';
import { byStyle, type Draw, type Look } from './look.ts';
import { mix, shade } from './palette.ts';
import { folds, linear, type Sketch, seam, softSpot, softStroke, svg, symmetric, volume } from './sketch.ts';
import { both } from './tops.ts';

const BRASS = '#cfa64c';

/** Handbags: `tote`, `satchel` with a flap, `bowling` (rounded, zipped), `bucket`. */
export const handbag: Draw = (sketch, look) => {
  const shapes = {
    tote: symmetric(
      [300, 330],
      [
        [400, 330, 460, 326, 494, 322],
        [510, 440, 520, 560, 524, 668],
        [500, 690, 400, 694, 300, 694],
      ],
    ),
    satchel: symmetric(
      [300, 348],
      [
        [400, 346, 450, 348, 480, 356],
        [504, 440, 514, 560, 512, 640],
        [508, 672, 480, 680, 300, 680],
      ],
    ),
    bowling: symmetric(
      [300, 350],
      [
        [400, 344, 470, 366, 500, 430],
        [530, 500, 544, 570, 540, 630],
        [530, 672, 420, 676, 300, 676],
      ],
    ),
    bucket: symmetric(
      [300, 350],
      [
        [370, 350, 420, 346, 452, 338],
        [460, 420, 500, 560, 496, 640],
        [480, 690, 400, 696, 300, 696],
      ],
    ),
  } as const;
  const body = byStyle(shapes, look.style);
  const handle =
    look.style === 'bucket'
      ? 'M160 372 C150 180 220 110 300 110 C380 110 450 180 440 372'
      : 'M206 400 C196 220 236 150 300 150 C364 150 404 220 394 400';
  const behind =
    look.style === 'bucket'
      ? ''
      : handleOf(look, 'M226 360 C222 210 250 172 300 172 C350 172 378 210 374 360', 13, -0.35);
  const front = look.style === 'bucket' ? 'M160 372' : handle;
  const rings =
    look.style === 'bucket'
      ? ''
      : both(
          svg`<path d="M380 392 h28 v44 l-14 14 l-14 -14Z" fill="${shade(look.color, -0.25)}" stroke="#05060c" stroke-opacity="0.4"/><circle cx="394" cy="400" r="13" fill="none" stroke="${BRASS}" stroke-width="5"/><circle cx="394" cy="434" r="4" fill="${BRASS}"/>`,
        );
  const charm =
    look.style === 'tote'
      ? svg`<path d="M262 474 h76 v34 h-76Z" fill="none" stroke="${BRASS}" stroke-width="3"/><path d="M278 498 l10 -16 l12 12 l12 -12 l10 16Z" fill="${BRASS}"/>`
      : '';
  const extra = byStyle(
    { tote: charm, satchel: flap(sketch, look), bowling: zip(), bucket: drawstring(look) },
    look.style,
  );
  return svg`<g transform="translate(0 -24)">${behind}${look.style === 'bucket' ? handleOf(look, handle, 20) : ''}${volume(sketch, body, { fill: cloth(sketch, look, 1.1), rim: 44, depth: 0.38, inside: finish(sketch, look, [50, 320, 500, 390]) + folds(['M110 640 C150 600 170 540 176 480', 'M490 640 C450 600 430 540 424 480', 'M240 680 C260 640 262 600 258 560'], 0.16, 16) })}${stitching(look)}${extra}${front === handle ? handleOf(look, handle, 17) : ''}${rings}</g>`;
};

/** Backpacks with a front pocket, side pockets and a grip. */
export const backpack: Draw = (sketch, look) => {
  const body = symmetric(
    [300, 150],
    [
      [400, 148, 462, 190, 476, 300],
      [494, 420, 500, 560, 494, 660],
      [488, 700, 420, 708, 300, 708],
    ],
  );
  const pocket = symmetric(
    [300, 440],
    [
      [380, 438, 424, 444, 440, 462],
      [450, 540, 450, 600, 444, 650],
      [420, 672, 360, 674, 300, 674],
    ],
  );
  const strap = both(
    '<path d="M430 190 C520 240 552 420 520 640" fill="none" stroke="#24262b" stroke-width="30" stroke-linecap="round"/><path d="M430 190 C520 240 552 420 520 640" fill="none" stroke="#ffffff" stroke-opacity="0.12" stroke-width="8"/>',
  );
  const side = both(
    volume(sketch, 'M470 500 C506 506 524 530 522 580 L514 668 C500 684 484 690 470 690Z', {
      fill: shade(look.color, -0.22),
      rim: 14,
      depth: 0.36,
    }),
  );
  const pocketFill =
    look.pattern === 'Colourblocked'
      ? look.accent
      : look.pattern === 'Solid'
        ? shade(look.color, -0.1)
        : cloth(sketch, look);
  const zipper = (d: string) =>
    seam(d, { width: 7, opacity: 0.55 }) + seam(d, { color: '#d5d8dc', dash: '3 2', width: 3, opacity: 0.9 });
  return (
    svg`<path d="M252 160 C250 96 350 96 348 160" fill="none" stroke="#24262b" stroke-width="20"/>${strap}${side}` +
    volume(sketch, body, {
      fill: cloth(sketch, look, 1.1),
      rim: 46,
      depth: 0.4,
      inside:
        finish(sketch, look, [90, 140, 420, 580]) +
        folds(['M150 420 C190 400 230 396 260 400', 'M450 420 C410 400 370 396 340 400'], 0.2, 12),
    }) +
    zipper('M138 420 C140 300 168 206 300 204 C432 206 460 300 462 420') +
    volume(sketch, pocket, {
      fill: pocketFill,
      rim: 28,
      depth: 0.34,
      inside: finish(sketch, look, [150, 430, 300, 250]),
    }) +
    zipper('M176 494 C250 482 350 482 424 494') +
    svg`<rect x="262" y="330" width="76" height="44" rx="8" fill="#1e2025"/><path d="M276 362 l14 -22 l10 14 l10 -14 l14 22Z" fill="${look.accent}"/><path d="M410 494 v34" stroke="${look.accent}" stroke-width="7" stroke-linecap="round"/><path d="M452 400 v34" stroke="${look.accent}" stroke-width="7" stroke-linecap="round"/>` +
    seam('M186 640 C250 656 350 656 414 640', { dash: '6 4', opacity: 0.5 })
  );
};

/** Wallets: `bifold`, `long` with a clasp, `zip around`. */
export const wallet: Draw = (sketch, look) => {
  if (look.style !== 'bifold') return longWallet(sketch, look);
  const back = 'M126 322 L470 302 Q484 302 484 316 L486 540 Q486 552 474 552 L140 556Z';
  const frontLeaf =
    'M104 330 Q104 318 116 317 L462 322 Q476 322 476 336 L478 552 Q478 566 464 566 L118 574 Q104 574 104 560Z';
  const inside = finish(sketch, { ...look, material: 'Leather' }, [90, 300, 400, 280]);
  return (
    ground(sketch, 300, 580, 200) +
    volume(sketch, back, { fill: shade(look.color, -0.35), rim: 14 }) +
    svg`<path d="M120 316 L468 306" stroke="#e9dcc2" stroke-width="4" opacity="0.7"/>` +
    volume(sketch, frontLeaf, { fill: cloth(sketch, look), rim: 26, depth: 0.36, inside }) +
    seam('M116 330 L464 334 L466 554 L118 562Z', {
      dash: '7 4',
      color: shade(look.color, 0.45),
      opacity: 0.8,
      width: 2,
    }) +
    (look.pattern === 'Colourblocked'
      ? svg`<path d="M106 420 L477 424 L477 468 L105 468Z" fill="${look.accent}" opacity="0.9"/>`
      : '') +
    svg`<g transform="translate(420 520)"><rect x="-26" y="-16" width="52" height="32" rx="4" fill="none" stroke="#05060c" stroke-opacity="0.4" stroke-width="2"/><path d="M-12 8 l8 -14 l6 9 l6 -9 l8 14Z" fill="#05060c" opacity="0.4"/></g>`
  );
};

/** Belts, rolled up, the buckle in front. */
export const belt: Draw = (sketch, look) => {
  const outer =
    'M90 400 C90 330 200 300 300 300 C400 300 510 330 510 400 L510 452 C510 530 400 556 300 556 C200 556 90 530 90 452Z';
  const metal = linear(
    sketch,
    [
      [0, '#f2f3f5'],
      [0.35, '#9ea3aa'],
      [0.6, '#eceef0'],
      [1, '#868b93'],
    ],
    [0, 0, 1, 1],
  );
  const gold = linear(
    sketch,
    [
      [0, '#f6e3a1'],
      [0.4, '#b8872b'],
      [0.6, '#f3dd94'],
      [1, '#99701f'],
    ],
    [0, 0, 1, 1],
  );
  const buckle = look.accent === '#d2a541' ? gold : metal;
  const band =
    'M90 400 C96 486 210 500 300 500 C390 500 504 486 510 400 L510 462 C500 540 390 560 300 560 C210 560 100 540 90 462Z';
  const inner =
    'M90 400 C90 330 200 300 300 300 C400 300 510 330 510 400 C510 372 400 352 300 352 C200 352 90 372 90 400Z';
  return (
    ground(sketch, 300, 556, 210) +
    svg`<path d="${outer}" fill="#2a1c13"/><path d="M104 410 C110 350 210 322 300 322 C390 322 490 350 496 410 C500 470 400 500 300 500 C200 500 100 470 104 410Z" fill="#fdfdfd"/><path d="M96 398 C100 334 210 312 300 312 C390 312 500 334 504 398 C500 430 504 380 480 374 C430 350 360 344 300 344 C240 344 170 350 120 374 C96 384 100 430 96 398Z" fill="${mix(look.color, '#c79d72', 0.5)}"/>` +
    svg`<path d="${inner}" fill="${shade(look.color, -0.25)}" opacity="0.5"/>` +
    volume(sketch, band, {
      fill: cloth(sketch, look),
      rim: 20,
      depth: 0.42,
      inside: finish(sketch, { ...look, material: 'Leather' }, [80, 390, 440, 180]),
    }) +
    seam(
      'M98 424 C110 494 216 510 300 510 C384 510 490 494 502 424 M98 458 C112 532 214 550 300 550 C386 550 488 532 502 458',
      { dash: '7 4', color: shade(look.color, 0.4), opacity: 0.7, width: 2 },
    ) +
    svg`<g transform="translate(236 500) rotate(2)">${softStroke('M-54 -18 H42 V68 H-54Z', 22, '#05060c', 0.3, [3, 5])}<rect x="-54" y="-18" width="96" height="86" rx="12" fill="none" stroke="${buckle}" stroke-width="14"/><path d="M42 25 H-46" stroke="${buckle}" stroke-width="10" stroke-linecap="round"/></g>` +
    svg`<path d="M320 501 v58 h22 v-59Z" fill="${shade(look.color, -0.2)}" stroke="#05060c" stroke-opacity="0.4"/>` +
    [380, 412, 444]
      .map((x) => svg`<ellipse cx="${x}" cy="${526 - (x - 380) * 0.12}" rx="4" ry="5" fill="#0d0b0a"/>`)
      .join('')
  );
};

function longWallet(sketch: Sketch, look: Look): string {
  const body = 'M84 360 Q84 338 106 338 L494 338 Q516 338 516 360 L516 548 Q516 570 494 570 L106 570 Q84 570 84 548Z';
  const cover = 'M84 360 Q84 338 106 338 L494 338 Q516 338 516 360 L516 450 C440 476 160 476 84 450Z';
  const inside = finish(sketch, { ...look, material: 'Leather' }, [80, 330, 440, 250]);
  const clasp = linear(
    sketch,
    [
      [0, '#f8e9b6'],
      [0.5, '#b98d34'],
      [1, '#eed58b'],
    ],
    [0, 0, 1, 1],
  );
  const zipped =
    seam('M96 372 V356 Q98 350 106 350 L494 350 Q504 350 504 360 V540', { width: 9, opacity: 0.5 }) +
    seam('M96 372 V356 Q98 350 106 350 L494 350 Q504 350 504 360 V540', {
      color: '#e8cf88',
      dash: '3 2',
      width: 4,
      opacity: 1,
    }) +
    svg`<path d="M504 540 q14 30 4 66" fill="none" stroke="${shade(look.color, -0.2)}" stroke-width="9" stroke-linecap="round"/><rect x="496" y="528" width="16" height="24" rx="4" fill="${clasp}"/>`;
  return (
    ground(sketch, 300, 576, 220) +
    volume(sketch, body, { fill: cloth(sketch, look), rim: 30, depth: 0.36, inside }) +
    (look.style === 'zip around'
      ? zipped
      : volume(sketch, cover, {
          fill: look.pattern === 'Colourblocked' ? look.accent : cloth(sketch, look),
          rim: 18,
          depth: 0.36,
          inside,
        }) +
        svg`<rect x="272" y="428" width="56" height="44" rx="9" fill="${clasp}" stroke="#5a3f10" stroke-opacity="0.5"/><circle cx="300" cy="450" r="8" fill="#8b6620" opacity="0.7"/>`) +
    seam('M98 556 H502', { dash: '7 4', color: shade(look.color, 0.45), opacity: 0.7, width: 2 })
  );
}

function handleOf(look: Look, d: string, width: number, tone = -0.18): string {
  const base = look.pattern === 'Solid' ? look.color : mix(look.color, look.accent, 0.8);
  return svg`<g fill="none" stroke-linecap="round">${softStroke(d, width + 9, '#05060c', 0.3, [4, 7])}<path d="${d}" stroke="${shade(base, tone - 0.2)}" stroke-width="${width + 2}"/><path d="${d}" stroke="${shade(base, tone)}" stroke-width="${width - 3}"/><path d="${d}" transform="translate(-3 -2)" stroke="#ffffff" stroke-opacity="0.3" stroke-width="${width * 0.22}"/></g>`;
}

function stitching(look: Look): string {
  const color = shade(look.color, 0.5);
  return seam(look.style === 'bowling' ? 'M78 600 C200 640 400 640 522 600' : 'M96 654 C200 672 400 672 504 654', {
    dash: '8 5',
    color,
    opacity: 0.7,
    width: 2.2,
  });
}

function flap(sketch: Sketch, look: Look): string {
  const cover = symmetric(
    [300, 348],
    [
      [400, 346, 450, 348, 480, 356],
      [494, 420, 500, 470, 496, 506],
      [440, 552, 360, 560, 300, 560],
    ],
  );
  return (
    volume(sketch, cover, {
      fill: look.pattern === 'Colourblocked' ? look.accent : cloth(sketch, look, 1.1),
      rim: 26,
      depth: 0.36,
      inside: finish(sketch, look, [80, 340, 440, 220]),
    }) +
    svg`<path d="M278 520 h44 v70 q-22 18 -44 0Z" fill="${shade(look.color, -0.3)}" stroke="#05060c" stroke-opacity="0.4"/><rect x="284" y="544" width="32" height="30" rx="5" fill="${BRASS}" stroke="#5a3f10"/>`
  );
}

function zip(): string {
  const d = 'M118 420 C160 378 220 366 300 366 C380 366 440 378 482 420';
  return (
    seam(d, { width: 12, opacity: 0.5 }) +
    seam(d, { color: '#e7cf8c', dash: '4 3', width: 4, opacity: 1 }) +
    svg`<path d="M478 416 q14 24 8 56" stroke="${BRASS}" stroke-width="7" fill="none" stroke-linecap="round"/>`
  );
}

function drawstring(look: Look): string {
  return svg`<path d="M150 402 C220 424 380 424 450 402" fill="none" stroke="${shade(look.color, -0.4)}" stroke-width="9"/><path d="M290 418 C276 470 262 500 270 548 M310 418 C324 470 336 496 326 540" fill="none" stroke="${shade(look.color, -0.4)}" stroke-width="8" stroke-linecap="round"/><circle cx="270" cy="556" r="12" fill="${BRASS}"/><circle cx="326" cy="548" r="12" fill="${BRASS}"/>`;
}

function ground(sketch: Sketch, x: number, y: number, radius: number): string {
  return svg`${softSpot(sketch, [x, y, radius + 10.8, 24.8], '#101218', 0.4)}`;
}
