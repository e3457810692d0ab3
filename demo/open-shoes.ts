import { finish } from './cloth.ts';
import type { Draw, Look } from './look.ts';
import { mix, shade } from './palette.ts';
import { pose } from './shoes.ts';
import { linear, type Sketch, seam, softSpot, softStroke, svg, volume } from './sketch.ts';

/** High heels: `pump`, `stiletto` with an ankle strap, `peep-toe`. */
export const heel: Draw = (sketch, look) => {
  const satin = look.material === 'Satin' || look.material === 'Patent Leather';
  const stem = 'M118 396 C112 450 104 500 108 580 L128 580 C134 520 146 470 176 430Z';
  const foot =
    'M96 346 C90 300 102 270 124 256 C150 300 196 330 246 362 C300 398 360 440 424 460 C470 470 518 498 528 540 C520 562 480 566 440 562 C370 556 300 500 240 452 C200 424 140 420 118 404 C102 390 98 366 96 346Z';
  const bed =
    'M124 256 C160 272 220 320 262 366 C320 420 372 452 424 460 C360 470 280 420 220 372 C176 336 140 296 124 256Z';
  const sole =
    'M118 400 C160 414 204 424 246 452 C304 500 372 552 440 558 C480 562 516 560 528 542 C532 560 524 574 500 576 L430 574 C360 568 290 510 232 464 C196 438 150 432 118 416Z';
  const shine = svg`<path d="M440 480 C480 490 510 510 514 534 C480 520 452 506 440 480Z" fill="#fff" opacity="${(satin ? 0.6 : 0.32) * 0.7}"/>${softStroke('M112 290 C112 330 118 360 136 384', 16, '#fff', 0.35)}`;
  const strap =
    look.style === 'stiletto'
      ? svg`<path d="M104 292 C100 232 132 206 170 206 C214 208 226 240 206 262 C186 284 140 288 106 270" fill="none" stroke="#05060c" stroke-opacity="0.5" stroke-width="17"/><path d="M104 292 C100 232 132 206 170 206 C214 208 226 240 206 262 C186 284 140 288 106 270" fill="none" stroke="${look.color}" stroke-width="14"/><rect x="206" y="226" width="24" height="22" rx="3" fill="none" stroke="#e2c15e" stroke-width="5"/>`
      : '';
  const toe =
    look.style === 'peep-toe'
      ? svg`<path d="M496 520 C512 528 524 540 520 556 C500 558 484 550 480 536Z" fill="#f0dccb"/><path d="M380 452 c20 -34 44 -34 58 -6 c24 -16 44 -2 40 26 c-30 16 -70 10 -98 -20Z" fill="${look.accent}" stroke="#05060c" stroke-opacity="0.35"/>`
      : '';
  return raised(
    sketch,
    volume(sketch, stem, { fill: shade(look.color, -0.12), rim: 10, depth: 0.45 }) +
      svg`<path d="${bed}" fill="${mix('#d8b48c', look.color, 0.18)}"/>` +
      volume(sketch, foot, {
        fill: look.color,
        rim: 22,
        depth: 0.4,
        inside: finish(sketch, { ...look, material: satin ? 'Satin' : 'Leather' }, [90, 250, 450, 320]) + shine,
      }) +
      volume(sketch, sole, { fill: '#3a241b', rim: 6, depth: 0.3 }) +
      strap +
      toe,
  );
};

/** Sandals: `strappy` leather, or `sports` with wide straps. */
export const sandal: Draw = (sketch, look) => {
  const sporty = look.style === 'sports';
  const sole = sporty
    ? 'M84 440 C220 470 400 476 536 446 C552 466 548 500 528 510 C400 526 220 524 98 502 C80 488 76 462 84 440Z'
    : 'M84 450 C220 476 400 480 540 452 C550 468 548 486 536 492 C400 508 220 506 92 490 C80 478 78 464 84 450Z';
  const bed = 'M84 442 C140 420 300 410 420 420 C490 426 536 438 540 452 C400 486 220 480 84 450Z';
  const strapWidth = sporty ? 44 : 30;
  const straps = sporty
    ? [
        'M330 462 C340 380 400 350 446 372 C486 394 496 430 490 460',
        'M170 462 C176 360 214 310 254 300 C296 322 312 400 306 462',
        'M108 440 C96 360 116 310 140 296 C180 300 226 316 258 310',
      ]
    : [
        'M372 464 C382 400 420 378 452 396 C484 412 492 440 488 462',
        'M250 464 C262 390 300 352 346 372 C392 392 410 430 412 462',
        'M100 446 C92 370 112 316 140 304 C178 300 210 316 240 346 C262 370 276 400 284 440',
      ];
  return pose(
    sketch,
    volume(sketch, sole, { fill: sporty ? '#2b2c30' : '#7d5433', rim: 14, depth: 0.36 }) +
      volume(sketch, bed, { fill: sporty ? '#4a4b50' : '#c49a6c', rim: 18, depth: 0.26 }) +
      straps.map((d) => strap(look, d, strapWidth)).join('') +
      (sporty
        ? svg`<rect x="214" y="344" width="46" height="26" rx="5" fill="${look.accent}" transform="rotate(-52 237 357)"/>`
        : svg`<rect x="196" y="300" width="24" height="30" rx="4" fill="none" stroke="#d9b85c" stroke-width="6" transform="rotate(24 208 315)"/>`),
  );
};

/** Flip flops, seen from above and the side. */
export const flipFlop: Draw = (sketch, look) => {
  const bed =
    'M70 384 C60 344 110 318 180 330 C260 344 330 330 410 346 C490 362 552 402 548 446 C540 492 450 500 370 482 C290 464 230 470 160 452 C110 440 78 414 70 384Z';
  const print =
    look.pattern === 'Solid'
      ? ''
      : svg`<g fill="none" stroke="${look.accent}" stroke-width="12" opacity="0.85"><path d="M110 350 L150 440 M170 344 L210 452 M230 346 L270 458 M420 352 L460 490 M480 376 L512 480"/></g>`;
  const thong = 'M168 348 C240 372 340 394 432 402 C360 424 280 440 216 452';
  return pose(
    sketch,
    volume(sketch, bed, { fill: shade(look.color, -0.45), rim: 10, depth: 0.4 })
      .replace('<path', '<g transform="translate(2 26)"><path')
      .concat('</g>') +
      volume(sketch, bed, {
        fill: look.color,
        rim: 26,
        depth: 0.3,
        inside: print + seam('M100 380 C200 360 420 380 520 440', { opacity: 0.1, width: 60 }),
      }) +
      svg`<g fill="none" stroke-linecap="round" stroke-linejoin="round">${softStroke(thong, 33, '#05060c', 0.35, [4, 14])}<path d="${thong}" stroke="${shade(look.accent, -0.3)}" stroke-width="26"/><path d="${thong}" transform="translate(-1 -4)" stroke="${look.accent}" stroke-width="20"/><path d="${thong}" transform="translate(-2 -8)" stroke="#ffffff" stroke-opacity="0.35" stroke-width="5"/></g><circle cx="434" cy="402" r="12" fill="${shade(look.accent, -0.25)}"/>`,
    'translate(0 -20) rotate(6 300 420)',
  );
};

/** Ballerinas, with a bow. */
export const flat: Draw = (sketch, look) => {
  const back = 'M90 412 C86 372 104 350 132 352 C200 388 300 396 372 400 C330 372 220 340 132 352Z';
  const upper =
    'M88 448 C80 400 96 356 128 350 C160 400 260 432 350 418 C380 400 410 392 440 396 C500 404 546 430 548 460 C420 486 240 482 88 448Z';
  const sole = 'M86 444 C240 480 420 484 552 456 C556 470 552 482 544 486 C420 502 220 500 92 476Z';
  const bow = svg`<g transform="translate(416 398)" fill="${look.accent}" stroke="#05060c" stroke-opacity="0.4"><path d="M0 0 C-30 -34 -56 -26 -50 4 C-46 24 -20 18 0 0Z M0 0 C30 -34 56 -26 50 4 C46 24 20 18 0 0Z"/><circle r="9"/></g>`;
  const shine = svg`<path d="M450 412 C490 418 520 434 528 448 C496 440 466 430 450 412Z" fill="#fff" opacity="0.28"/>`;
  return pose(
    sketch,
    svg`<path d="${back}" fill="#d9bd9c"/><path d="M128 350 C180 340 330 370 372 402 C300 440 170 420 128 350Z" fill="${linear(
      sketch,
      [
        [0, '#c7a27c'],
        [1, '#ead4b8'],
      ],
    )}"/>` +
      volume(sketch, upper, {
        fill: look.pattern === 'Dotted' ? dots(sketch, look) : look.color,
        rim: 24,
        depth: 0.36,
        inside: finish(sketch, look, [80, 340, 470, 150]) + shine,
      }) +
      volume(sketch, sole, { fill: '#4a3324', rim: 8, depth: 0.3 }) +
      bow,
  );
};

function dots(sketch: Sketch, look: Look): string {
  return sketch.define(
    (id) =>
      svg`<pattern id="${id}" width="36" height="36" patternUnits="userSpaceOnUse"><rect width="36" height="36" fill="${look.color}"/><circle cx="9" cy="9" r="5" fill="${look.accent}"/><circle cx="27" cy="27" r="5" fill="${look.accent}"/></pattern>`,
  );
}

/** A flat strap with a seam along it. */
function strap(look: Look, d: string, width: number): string {
  const line = (color: string, size: number) => svg`<path d="${d}" stroke="${color}" stroke-width="${size}"/>`;
  return svg`<g fill="none">${softStroke(d, width + 8, '#05060c', 0.3, [5, 9])}${line(shade(look.color, -0.45), width + 3)}${line(look.color, width)}${seam(d, { color: shade(look.color, 0.5), dash: '6 4', width: 2, opacity: 0.8 })}</g>`;
}

function raised(sketch: Sketch, shoe: string): string {
  return svg`<g transform="translate(0 -10)">${softSpot(sketch, [320, 580, 230.8, 23.8], '#101218', 0.35)}${shoe}</g>`;
}
