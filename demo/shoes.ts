import { finish, grain } from './cloth.ts';
import type { Draw, Look } from './look.ts';
import { lightness, mix, shade } from './palette.ts';
import { folds, type Sketch, seam, softSpot, softStroke, svg, volume } from './sketch.ts';

/** Shoes are drawn from the side, toes to the right, heel lifted a little, as shops show a single shoe. */
const POSE = 'rotate(9 300 420)';

/** Canvas sneakers: `low`, `high`, `slip-on`. */
export const sneaker: Draw = (sketch, look) => {
  const high = look.style === 'high';
  const top = high
    ? 'M104 452 C92 380 96 300 112 222 C150 208 196 210 232 226 C236 262 246 292 266 318'
    : 'M96 452 C86 400 92 352 112 316 C140 330 190 338 232 306 C244 312 256 318 268 322';
  const upper = svg`${top} C320 352 380 384 420 392 C480 402 528 424 530 462 C400 486 220 480 96 452Z`;
  const sole =
    'M88 446 C220 478 400 484 534 456 C542 480 540 500 526 508 C400 526 220 522 96 500 C86 488 84 466 88 446Z';
  const rubber = lightness(look.color) > 0.85 ? '#e6e4df' : '#f3f1ec';
  const toe = 'M424 470 C424 430 440 400 462 402 C504 410 530 430 530 462 C500 470 460 474 424 470Z';
  const inside = svg`<path d="${high ? 'M112 222 C150 208 196 210 232 226 C200 240 150 240 112 222Z' : 'M112 316 C140 292 200 284 232 306 C196 340 140 332 112 316Z'}" fill="${shade(look.color, -0.55)}"/>`;
  const lace =
    look.style === 'slip-on'
      ? svg`<path d="M262 330 L300 316 L344 362 L312 392Z" fill="${shade(look.color, -0.35)}"/>`
      : laces(
          high
            ? [
                [226, 250],
                [236, 282],
                [252, 312],
                [284, 336],
                [322, 358],
                [360, 376],
              ]
            : [
                [246, 316],
                [280, 334],
                [316, 352],
                [352, 370],
                [386, 384],
              ],
          lightness(look.color) > 0.8 ? '#d8d8d6' : '#fbfaf6',
        );
  return pose(
    sketch,
    volume(sketch, upper, {
      fill: look.pattern === 'Solid' ? look.color : patterned(sketch, look),
      rim: 26,
      depth: 0.34,
      inside: svg`${finish(sketch, look, [80, 200, 460, 290])}${grain(sketch, 'x="80" y="200" width="460" height="290"', 50, 0.3)}`,
    }) +
      (high || look.style === 'slip-on' ? '' : tongue(sketch, look)) +
      inside +
      volume(sketch, toe, { fill: look.style === 'slip-on' ? look.color : rubber, rim: 16, depth: 0.26 }) +
      seam(
        high
          ? 'M140 226 C128 320 132 400 142 462 M250 310 C262 380 262 430 254 474'
          : 'M140 330 C134 380 138 430 146 464 M262 330 C262 390 256 440 246 474',
        { dash: '5 3', color: shade(look.color, lightness(look.color) > 0.5 ? -0.5 : 0.5), opacity: 0.8 },
      ) +
      (high
        ? svg`<circle cx="170" cy="310" r="26" fill="#f5f3ee" stroke="${look.accent}" stroke-width="5"/><path d="M170 292 l6 12 14 2 -10 9 3 14 -13 -7 -13 7 3 -14 -10 -9 14 -2Z" fill="${look.accent}"/>`
        : svg`<path d="M168 446 L214 372 L236 376 L192 456Z M206 458 L252 380 L272 386 L230 464Z" fill="${look.accent}" opacity="0.9"/>`) +
      lace +
      volume(sketch, sole, { fill: rubber, rim: 16, depth: 0.3 }) +
      seam('M92 482 C220 506 400 508 536 482', { color: look.accent, width: 5, opacity: 0.85 }),
  );
};

/** Running shoes: mesh, overlays in a second colour, a thick sole. */
export const sportsShoe: Draw = (sketch, look) => {
  const upper =
    'M92 440 C76 380 82 318 116 288 C130 300 150 318 176 320 C206 322 228 300 244 280 C262 286 276 294 284 304 C326 344 372 372 424 384 C486 398 534 416 538 456 C400 480 220 474 92 440Z';
  const sole =
    'M80 428 C200 462 260 452 330 456 C400 462 470 464 544 446 C560 462 556 494 534 506 C470 520 420 512 360 506 C280 500 200 522 112 512 C84 506 68 466 80 428Z';
  const heel =
    'M92 440 C76 380 82 318 116 288 C130 300 150 318 170 320 C160 360 176 420 214 462 C170 458 130 452 92 440Z';
  const front = 'M420 384 C486 398 534 416 538 456 C500 464 460 467 416 468 C400 440 402 404 420 384Z';
  const swoop = look.design.pick([
    'M180 440 C240 430 300 400 338 352 L360 366 C330 420 260 456 196 462Z',
    'M196 460 L236 336 L262 332 L232 464Z M254 466 L292 346 L316 352 L290 468Z',
    'M200 380 C260 360 290 372 350 420 C300 410 260 410 214 436Z',
  ]);
  const mesh = sketch.define(
    (id) =>
      svg`<pattern id="${id}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${look.color}"/><circle cx="2" cy="2" r="1.5" fill="${shade(look.color, -0.4)}" opacity="0.6"/><circle cx="6" cy="6" r="1.5" fill="${shade(look.color, -0.4)}" opacity="0.6"/></pattern>`,
  );
  const light = lightness(look.color) > 0.8 ? '#ebebea' : '#f7f7f6';
  return pose(
    sketch,
    volume(sketch, 'M206 318 C214 280 230 250 262 244 C284 262 296 290 300 320 L270 350Z', {
      fill: shade(look.color, -0.2),
      rim: 14,
    }) +
      volume(sketch, upper, { fill: mesh, rim: 26, depth: 0.34, inside: finish(sketch, look, [70, 260, 480, 230]) }) +
      volume(sketch, heel, { fill: mix(look.color, look.accent, 0.25), rim: 18, depth: 0.3 }) +
      volume(sketch, front, { fill: shade(look.color, -0.08), rim: 16, depth: 0.28 }) +
      svg`<path d="${swoop}" fill="${look.accent}" stroke="#05060c" stroke-opacity="0.25"/>` +
      svg`<path d="M116 288 C130 306 150 320 176 320 C206 322 228 300 244 280 C210 286 150 296 116 288Z" fill="#22242a"/>` +
      laces(
        [
          [262, 300],
          [296, 324],
          [330, 346],
          [366, 364],
          [400, 376],
        ],
        lightness(look.color) > 0.8 ? look.accent : '#fbfbf8',
      ) +
      volume(sketch, sole, { fill: light, rim: 18, depth: 0.32 }) +
      svg`<path d="M98 478 C200 500 260 480 340 482 C420 486 480 496 548 472 L546 486 C480 510 420 500 340 496 C260 494 200 514 108 496Z" fill="${look.accent}" opacity="0.9"/>` +
      seam('M150 512 v-12 M200 512 v-12 M250 508 v-12 M300 504 v-10 M400 510 v-10 M450 514 v-12 M500 513 v-12', {
        width: 4,
        opacity: 0.4,
      }),
  );
};

/** Leather shoes: `derby` with laces, `loafer`, `monk`. */
export const formalShoe: Draw = (sketch, look) => {
  const upper =
    'M98 446 C84 390 92 340 116 314 C150 330 190 330 226 304 C262 330 330 376 400 388 C470 398 546 424 548 460 C420 482 260 478 98 446Z';
  const sole =
    'M94 442 C240 478 420 482 552 456 C556 470 554 480 548 484 C440 500 300 496 240 490 L232 516 L102 516 C92 490 90 466 94 442Z';
  const shine = svg`<path d="M430 404 C480 410 520 430 530 446 C490 436 450 424 430 404Z" fill="#ffffff" opacity="0.28"/>${softStroke('M110 350 C112 390 116 420 124 440', 16, '#ffffff', 0.3)}${softStroke('M240 350 C300 390 360 404 410 410', 21, '#ffffff', 0.28)}`;
  const lines = seam(
    'M116 332 C170 352 200 352 236 330 C260 400 250 440 236 476 M410 392 C396 420 398 450 408 476 M398 390 C384 420 386 450 396 478',
    { dash: '4 2', opacity: 0.55 },
  );
  const closing =
    look.style === 'loafer'
      ? svg`<path d="M262 330 L370 386 L350 430 L240 372Z" fill="${shade(look.color, -0.25)}" stroke="#05060c" stroke-opacity="0.5"/><rect x="292" y="364" width="40" height="16" rx="5" fill="#d0b25a" transform="rotate(28 312 372)"/>`
      : look.style === 'monk'
        ? svg`<path d="M228 366 L372 372 L366 400 L232 408Z" fill="${shade(look.color, -0.12)}" stroke="#05060c" stroke-opacity="0.5"/><rect x="250" y="372" width="28" height="34" rx="4" fill="none" stroke="#cfd2d6" stroke-width="6"/>`
        : laces(
            [
              [250, 324],
              [282, 344],
              [314, 362],
              [346, 376],
            ],
            shade(look.color, -0.5),
          );
  return pose(
    sketch,
    svg`<path d="M116 314 C150 290 200 284 226 304 C190 334 150 332 116 314Z" fill="${mix(look.color, '#d9b48a', 0.45)}"/>` +
      volume(sketch, upper, {
        fill: look.color,
        rim: 28,
        depth: 0.42,
        inside: finish(sketch, { ...look, material: 'Leather' }, [90, 300, 460, 190]) + shine,
      }) +
      lines +
      closing +
      volume(sketch, sole, { fill: '#2a1d15', rim: 10, depth: 0.4 }),
  );
};

/** Ankle boots of leather or suede, laced (`lace-up`) or with elastic sides (`chelsea`). */
export const boot: Draw = (sketch, look) => {
  const upper =
    'M104 456 C88 400 96 300 106 196 C150 180 210 180 248 196 C252 250 262 306 290 336 C340 366 400 384 430 392 C490 404 534 426 536 462 C420 484 240 484 104 456Z';
  const sole =
    'M98 450 C240 486 420 490 542 458 C550 480 546 500 536 506 C440 518 330 514 250 508 L246 530 L108 530 C94 506 92 474 98 450Z';
  const closing =
    look.style === 'chelsea'
      ? svg`<path d="M168 200 L214 200 L206 330 Q190 346 176 330Z" fill="${shade(look.color, -0.5)}"/>${seam('M174 204 V330 M182 204 V336 M190 204 V338 M198 204 V336 M206 204 V330', { color: '#ffffff', opacity: 0.2 })}<path d="M96 190 l14 -26 l10 4 l-8 26z" fill="${look.accent}"/>`
      : laces(
          [
            [252, 226],
            [258, 256],
            [268, 286],
            [284, 316],
            [314, 342],
            [352, 362],
          ],
          '#e8c27a',
        );
  return pose(
    sketch,
    svg`<path d="M106 196 C150 174 210 172 248 196 C210 212 150 212 106 196Z" fill="${shade(look.color, -0.6)}"/>` +
      volume(sketch, upper, {
        fill: look.color,
        rim: 30,
        depth: 0.4,
        inside:
          finish(sketch, { ...look, material: 'Leather' }, [80, 180, 470, 310]) +
          folds(['M128 330 C180 350 230 346 270 326', 'M130 364 C190 386 240 380 296 356'], 0.26, 9),
      }) +
      seam('M410 392 C394 420 394 456 404 480 M150 200 C140 300 148 390 160 466', {
        dash: '5 3',
        color: '#e3b56d',
        opacity: 0.6,
      }) +
      closing +
      volume(sketch, sole, { fill: look.style === 'chelsea' ? '#1d1a18' : '#8a6237', rim: 12, depth: 0.4 }),
  );
};

/** Laces over a shoe's instep, one bar at each point. */
function laces(points: readonly (readonly [number, number])[], color: string): string {
  const bars = points.map(([x, y]) => svg`M${x - 16} ${y + 22} L${x + 14} ${y - 6}`).join(' ');
  const cross = points
    .slice(1)
    .map(([x, y], i) => svg`M${x - 16} ${y + 22} L${(points[i]?.[0] ?? x) + 14} ${(points[i]?.[1] ?? y) - 6}`)
    .join(' ');
  return svg`<g fill="none" stroke-linecap="round"><path d="${bars} ${cross}" transform="translate(1.5 3)" stroke="#05060c" stroke-opacity="0.35" stroke-width="8"/><path d="${bars} ${cross}" stroke="${color}" stroke-width="7"/></g>`;
}

function tongue(sketch: Sketch, look: Look): string {
  return volume(sketch, 'M212 322 C216 286 232 264 256 262 C276 276 284 300 288 330 L262 350Z', {
    fill: shade(look.color, -0.14),
    rim: 12,
    depth: 0.32,
  });
}

function patterned(sketch: Sketch, look: Look): string {
  const stripes = svg`<rect width="60" height="60" fill="${look.color}"/><path d="M0 0 L60 60 M60 0 L0 60" stroke="${look.accent}" stroke-width="7"/>`;
  const dots = svg`<rect width="60" height="60" fill="${look.color}"/><circle cx="15" cy="15" r="7" fill="${look.accent}"/><circle cx="45" cy="45" r="7" fill="${look.accent}"/>`;
  return sketch.define(
    (id) =>
      svg`<pattern id="${id}" width="60" height="60" patternUnits="userSpaceOnUse" patternTransform="scale(0.7)">${look.pattern === 'Dotted' ? dots : stripes}</pattern>`,
  );
}

/** The shoe in its pose with a contact shadow below. */
export function pose(sketch: Sketch, shoe: string, transform = POSE): string {
  return svg`<g transform="${transform}">${softSpot(sketch, [312, 512, 244, 26], '#101218', 0.45)}${shoe}</g>`;
}
