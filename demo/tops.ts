import { cloth, finish } from './cloth.ts';
import { upperFigure, VIEWS } from './figure.ts';
import type { Draw, Look } from './look.ts';
import { lightness, mix, shade } from './palette.ts';
import { folds, linear, type Sketch, seam, svg, symmetric, volume } from './sketch.ts';

/** What an upper garment is made of; all in the figure's space. */
export interface TopParts {
  /** Drawn behind the front: the inside of the back. */
  readonly back?: string;
  readonly torso: string;
  /** The right sleeve; the left one is its mirror image. */
  readonly sleeve: string;
  /** Drawn over torso and sleeves: collar, buttons, pocket, print. */
  readonly details: string;
  readonly creases: readonly string[];
}

/** T-shirts: crew neck, `v-neck`, and `polo` with its collar. */
export const tshirt: Draw = (sketch, look) => {
  const polo = look.style === 'polo';
  const dip = look.style === 'v-neck' ? 340 : polo ? 300 : 274;
  const neck = look.style === 'v-neck' ? [312, 310, 344, 252, 352, 224] : [328, dip, 352, 252, 354, 224];
  const torso = symmetric(
    [300, dip],
    [
      neck,
      [385, 236, 412, 242, 432, 256],
      [424, 290, 414, 320, 412, 352],
      [410, 420, 401, 470, 401, 520],
      [401, 570, 406, 620, 410, 668],
      [380, 682, 340, 686, 300, 686],
    ],
  );
  const sleeve =
    'M432 256 C464 276 482 336 498 418 C478 434 450 440 426 438 C422 400 416 376 411 350 C412 316 422 286 432 256Z';
  const trim = mix(look.color, look.accent, look.pattern === 'Solid' ? 0 : 0.85);
  return top(sketch, look, {
    back: svg`<path d="M246 224 C262 214 338 214 354 224 C350 270 250 270 246 224Z" fill="${shade(look.color, -0.45)}"/>`,
    torso,
    sleeve,
    details:
      (polo ? poloCollar(sketch, look, trim) : neckband(sketch, look, dip)) +
      both(seam('M424 432 C450 434 478 428 495 413', { dash: '4 3' })) +
      seam('M192 662 C240 676 360 676 408 662', { dash: '4 3' }) +
      (look.pattern === 'Printed' ? print(look) : ''),
    creases: [
      'M410 360 C390 420 384 470 392 520',
      'M190 360 C210 420 216 480 206 540',
      'M240 640 C262 590 258 540 244 500',
      'M366 650 C350 600 352 560 364 520',
    ],
  });
};

/** Shirts with collar, button placket and pocket; long sleeves rolled to the elbow or down to the cuff. */
export const shirt: Draw = (sketch, look) => {
  const torso = symmetric(
    [300, 290],
    [
      [326, 282, 350, 252, 352, 222],
      [385, 234, 412, 242, 434, 256],
      [424, 290, 414, 320, 413, 352],
      [410, 420, 400, 470, 400, 520],
      [400, 580, 406, 640, 412, 690],
      [380, 712, 345, 722, 300, 722],
    ],
  );
  const long = look.style !== 'half sleeves';
  const sleeve = long
    ? 'M434 256 C470 276 482 336 490 420 C500 500 504 570 494 652 C480 660 462 660 448 654 C450 580 444 500 428 430 C420 390 414 372 412 350 C412 316 422 286 434 256Z'
    : 'M434 256 C466 276 484 336 500 424 C480 440 450 446 428 444 C422 400 416 376 411 350 C412 316 422 286 434 256Z';
  const buttons = [330, 400, 470, 540, 610, 676]
    .map(
      (y) =>
        svg`<circle cx="300" cy="${y}" r="5" fill="${lightness(look.color) > 0.7 ? '#b9b4a8' : '#efece4'}" stroke="#222" stroke-opacity="0.4"/>`,
    )
    .join('');
  const pocket = svg`<path d="M332 372 h58 v52 q-29 22 -58 0Z" fill="${cloth(sketch, look)}" stroke="#05060c" stroke-opacity="0.4" stroke-width="1.6"/>${seam('M336 380 h50', { dash: '4 3' })}`;
  return top(sketch, look, {
    back: svg`<path d="M244 222 C262 210 338 210 356 222 C348 276 252 276 244 222Z" fill="${shade(look.color, -0.4)}"/>`,
    torso,
    sleeve,
    details:
      pocket +
      seam('M288 296 L288 716 M312 292 L312 716', { opacity: 0.3 }) +
      buttons +
      shirtCollar(sketch, look) +
      (long ? both(seam('M449 612 C464 618 482 618 498 612', { opacity: 0.5, width: 2.4 })) : ''),
    creases: [
      'M408 370 C384 430 380 480 388 540',
      'M194 370 C214 430 218 490 208 550',
      'M240 690 C258 630 256 570 240 520',
      'M366 690 C350 640 350 580 366 530',
      'M470 330 C466 400 470 440 478 500',
      'M130 330 C134 400 130 440 122 500',
    ],
  });
};

/** Sweaters (`crew neck`, `v-neck`, `cardigan`) and sweatshirts (`hooded`, `sweatshirt`). */
export const sweater: Draw = (sketch, look) => {
  const hooded = look.style === 'hooded';
  const dip = look.style === 'v-neck' || look.style === 'cardigan' ? 372 : 272;
  const neck = dip > 300 ? [312, 330, 346, 260, 354, 222] : [330, 272, 354, 250, 356, 222];
  const torso = symmetric(
    [300, dip],
    [
      neck,
      [388, 234, 416, 242, 440, 258],
      [430, 290, 420, 322, 418, 356],
      [418, 430, 410, 500, 412, 560],
      [414, 600, 416, 620, 414, 690],
      [380, 700, 340, 702, 300, 702],
    ],
  );
  const sleeve =
    'M440 258 C476 280 492 340 500 424 C510 510 512 580 500 668 C486 676 466 676 450 668 C452 590 446 500 432 430 C424 396 418 376 416 352 C418 318 428 288 440 258Z';
  const rib = mix(look.color, look.accent, look.pattern === 'Solid' ? 0 : 0.6);
  const cuffs = both(
    svg`<path d="M450 636 C466 642 488 642 504 634 L500 668 C486 676 466 676 450 668Z" fill="${shade(rib, -0.14)}"/>${seam('M460 640 L459 671 M470 641 L469 673 M480 641 L479 673 M490 640 L488 671', { opacity: 0.3 })}`,
  );
  const hem = svg`<path d="M186 656 C240 668 360 668 414 656 L414 692 C360 704 240 704 186 692Z" fill="${shade(rib, -0.14)}"/>${seam(ribs(192, 410, 662, 696), { opacity: 0.28 })}`;
  const hood = both(
    volume(sketch, 'M300 322 C326 290 350 250 352 204 C376 208 396 226 396 250 C380 296 344 330 310 344Z', {
      fill: shade(look.color, -0.1),
      rim: 18,
      depth: 0.4,
    }),
  );
  const cords = svg`<g stroke="#f4f2ec" stroke-width="4" fill="none" stroke-linecap="round"><path d="M284 336 C278 360 284 390 278 420"/><path d="M316 336 C322 360 316 390 322 430"/></g>`;
  const pouch = svg`<path d="M226 656 L242 540 L358 540 L374 656Z" fill="${cloth(sketch, look)}" stroke="#05060c" stroke-opacity="0.35" stroke-width="2"/>${seam('M248 546 L234 650 M352 546 L366 650', { dash: '5 3' })}`;
  const placket =
    seam('M300 374 L300 660', { width: 3, opacity: 0.5 }) +
    [410, 470, 530, 590].map((y) => svg`<circle cx="307" cy="${y}" r="6" fill="${shade(look.color, -0.5)}"/>`).join('');
  return top(sketch, look, {
    back: svg`<path d="M246 222 C262 212 338 212 354 222 C346 262 254 262 246 222Z" fill="${shade(look.color, -0.45)}"/>`,
    torso,
    sleeve,
    details:
      hem +
      cuffs +
      (hooded ? pouch + hood + cords : neckband(sketch, { ...look, color: shade(rib, -0.12) }, dip, 15)) +
      (look.style === 'cardigan' ? placket : '') +
      (look.pattern === 'Printed' ? print(look) : ''),
    creases: [
      'M412 370 C392 430 388 490 398 560',
      'M188 370 C208 430 212 490 202 560',
      'M236 650 C256 600 252 560 240 520',
      'M478 340 C472 400 478 460 486 520',
      'M122 340 C128 400 122 460 114 520',
      'M460 450 C474 456 488 456 500 450',
      'M140 450 C126 456 112 456 100 450',
    ],
  });
};

/** An upper garment on its figure, or laid flat with its sleeves spread a little. */
export function top(sketch: Sketch, look: Look, parts: TopParts): string {
  const fill = cloth(sketch, look);
  const inside = finish(sketch, look, [90, 200, 420, 540]) + folds(parts.creases, 0.17, 9);
  const sleeveFill = look.pattern === 'Colourblocked' ? look.accent : fill;
  const right = volume(sketch, parts.sleeve, {
    fill: sleeveFill,
    rim: 22,
    depth: 0.3,
    inside: finish(sketch, look, [400, 240, 120, 460]),
  });
  const garment =
    (look.staged ? '' : (parts.back ?? '')) +
    both(right) +
    volume(sketch, parts.torso, { fill, rim: 30, depth: 0.3, inside }) +
    parts.details;
  const narrow = look.woman ? 'translate(33 0) scale(0.89 1)' : '';
  if (!look.staged)
    return svg`<g transform="translate(-66 -112) scale(1.22 1.1)"><g transform="${narrow}">${garment}</g></g>`;
  return svg`<g transform="${VIEWS.upper}">${upperFigure(sketch, { woman: look.woman, person: String(look.design.integer(1, 40)) })}${below(sketch, look)}<g transform="${narrow}">${garment}</g></g>`;
}

/** The trousers that a worn top ends in. */
function below(sketch: Sketch, look: Look): string {
  const color = lightness(look.color) < 0.3 ? '#6f7f9a' : look.design.pick(['#27344f', '#33363d', '#3d5478']);
  const hips = symmetric(
    [300, 600],
    [
      [398, 600],
      [410, 660, 418, 730, 420, 830],
      [308, 830],
      [304, 740],
      [300, 740],
    ],
  );
  const w = look.woman ? 'translate(33 0) scale(0.89 1)' : '';
  return svg`<g transform="${w}">${volume(sketch, hips, { fill: color, rim: 24, depth: 0.35 })}</g>`;
}

/** The shape and its mirror image about the figure's middle. */
export function both(right: string): string {
  return svg`${right}<g transform="translate(600 0) scale(-1 1)">${right}</g>`;
}

function neckband(sketch: Sketch, look: Look, dip: number, width = 11): string {
  const d =
    dip > 330
      ? svg`M246 224 C254 254 288 ${dip - 40} 300 ${dip} C312 ${dip - 40} 346 254 354 224`
      : svg`M246 224 C250 ${dip - 18} 276 ${dip} 300 ${dip} C324 ${dip} 350 ${dip - 18} 354 224`;
  const color = linear(sketch, [
    [0, shade(look.color, 0.05)],
    [1, shade(look.color, -0.22)],
  ]);
  return svg`<path d="${d}" fill="none" stroke="#05060c" stroke-opacity="0.35" stroke-width="${width + 3}"/><path d="${d}" fill="none" stroke="${color}" stroke-width="${width}"/>`;
}

function poloCollar(sketch: Sketch, look: Look, trim: string): string {
  const wing = 'M300 300 C322 284 348 256 356 216 C370 224 380 236 380 250 C364 282 346 304 326 318 Z';
  const fill = shade(trim, lightness(trim) > 0.5 ? -0.05 : 0.08);
  const buttons = [326, 356, 386]
    .map((y) => svg`<circle cx="300" cy="${y}" r="4.5" fill="#f2efe8" stroke="#222" stroke-opacity="0.5"/>`)
    .join('');
  return (
    svg`<path d="M286 298 h28 v108 h-28Z" fill="${shade(look.color, -0.08)}" stroke="#05060c" stroke-opacity="0.3" stroke-width="1.6"/>${buttons}` +
    both(volume(sketch, wing, { fill, rim: 10, depth: 0.3 })) +
    svg`<path d="M352 372 l16 -6 l4 14 l-10 8z" fill="${look.accent}" opacity="0.9"/>`
  );
}

function shirtCollar(sketch: Sketch, look: Look): string {
  const wing = 'M300 292 C322 274 346 250 352 208 C366 214 380 226 382 240 C372 276 354 306 336 330 Z';
  return both(volume(sketch, wing, { fill: cloth(sketch, look, 0.8), rim: 10, depth: 0.32 }));
}

/** A picture on the chest, of plain shapes. */
function print(look: Look): string {
  const { accent, design } = look;
  const second = mix(accent, design.pick(['#f4d35e', '#ffffff', '#e05252', '#2ec4b6']), 0.75);
  const art = design.pick([
    svg`<circle cx="300" cy="410" r="66" fill="${accent}"/><path d="M234 424 q33 -34 66 0 t66 0 v22 a66 66 0 0 1 -132 -2Z" fill="${second}"/><circle cx="322" cy="382" r="15" fill="${second}"/>`,
    svg`<path d="M228 470 L284 352 L318 420 L336 388 L376 470Z" fill="${accent}"/><path d="M284 352 L266 392 L282 402 L292 388 L304 398Z M336 388 l-12 22 l14 6 l8 -10Z" fill="${second}"/>`,
    svg`<path d="M300 340 l20 46 50 4 -38 32 12 48 -44 -26 -44 26 12 -48 -38 -32 50 -4Z" fill="${accent}"/><circle cx="300" cy="404" r="22" fill="${second}"/>`,
    svg`<g fill="${accent}"><rect x="232" y="352" width="136" height="20" rx="10"/><rect x="232" y="388" width="100" height="20" rx="10"/><rect x="232" y="424" width="136" height="20" rx="10"/></g><rect x="344" y="388" width="24" height="20" rx="10" fill="${second}"/>`,
  ]);
  return svg`<g opacity="0.94">${art}</g>`;
}

function ribs(from: number, to: number, top_: number, bottom: number): string {
  let d = '';
  for (let x = from; x < to; x += 10) d += svg`M${x} ${top_} V${bottom} `;
  return d;
}
