import { cloth, finish } from './cloth.ts';
import type { Draw, Look } from './look.ts';
import { mix, shade } from './palette.ts';
import { type Sketch, seam, svg, symmetric, volume } from './sketch.ts';
import { both, top } from './tops.ts';

const SLEEVE =
  'M446 256 C484 280 500 340 506 424 C516 510 516 580 504 676 C488 684 466 684 448 676 C450 590 446 500 434 430 C426 396 420 376 418 352 C420 318 430 288 446 256Z';

/** Jackets: `biker` with lapels, `bomber` and `puffer` with a stand-up collar, `blazer`, `trucker` of denim. */
export const jacket: Draw = (sketch, look) => {
  const open = look.style === 'blazer' || look.style === 'biker';
  const length = look.style === 'blazer' ? 716 : 672;
  const torso = symmetric(
    [300, 262],
    [
      [330, 256, 356, 240, 358, 216],
      [390, 228, 420, 240, 446, 256],
      [434, 290, 424, 322, 422, 356],
      [422, 430, 414, 500, 414, 560],
      [416, 600, 420, 640, 420, length - 14],
      [380, length, 340, length, 300, length],
    ],
  );
  const dark = shade(look.color, -0.3);
  return top(sketch, look, {
    back: svg`<path d="M244 220 C262 206 338 206 356 220 C346 270 254 270 244 220Z" fill="${dark}"/>`,
    torso,
    sleeve: SLEEVE,
    details: [
      look.style === 'puffer' ? quilting(sketch) : '',
      pockets(look),
      look.style === 'trucker' ? trucker(look) : '',
      look.style === 'blazer' ? '' : hem(look, length),
      open
        ? lapels(sketch, look)
        : (unzipped(look) ? underneath(look, length) : frontZip(look, length)) + standCollar(sketch, look),
      look.style === 'blazer' ? blazerButtons(dark) : '',
    ].join(''),
    creases: [
      'M412 380 C392 440 386 500 396 560',
      'M188 380 C208 440 214 500 204 560',
      'M484 340 C476 400 484 460 492 520',
      'M116 340 C124 400 116 460 108 520',
      'M462 440 C478 448 494 448 506 440',
      'M138 440 C122 448 106 448 94 440',
      'M240 650 C256 610 250 570 238 530',
    ],
  });
};

function quilting(sketch: Sketch): string {
  const rows = [300, 352, 404, 456, 508, 560, 612]
    .map((y) => svg`M180 ${y} C240 ${y + 14} 360 ${y + 14} 420 ${y}`)
    .join(' ');
  const sleeves = [320, 372, 424, 476, 528, 580, 632]
    .map((y) => svg`M424 ${y} C450 ${y + 12} 490 ${y + 8} 514 ${y - 6}`)
    .join(' ');
  const puff = (d: string) =>
    svg`<g fill="none"><path d="${d}" stroke="#05060c" stroke-opacity="0.5" stroke-width="3"/><path d="${d}" transform="translate(0 12)" stroke="#ffffff" stroke-opacity="0.22" stroke-width="10"/><path d="${d}" transform="translate(0 -8)" stroke="#05060c" stroke-opacity="0.16" stroke-width="10"/></g>`;
  const area = symmetric(
    [300, 262],
    [
      [446, 256],
      [422, 356],
      [414, 560],
      [420, 660],
      [300, 672],
    ],
  );
  const inside = sketch.define((id) => `<clipPath id="${id}"><path d="${area}"/></clipPath>`);
  const arm = sketch.define((id) => svg`<clipPath id="${id}"><path d="${SLEEVE}"/></clipPath>`);
  return svg`<g clip-path="${inside}">${puff(rows)}</g>${both(svg`<g clip-path="${arm}">${puff(sleeves)}</g>`)}`;
}

function pockets(look: Look): string {
  const metal = look.style === 'biker' || look.style === 'bomber';
  return both(
    svg`<path d="M348 570 L392 520" stroke="#05060c" stroke-opacity="0.55" stroke-width="6"/>${metal ? svg`<path d="M348 570 L392 520" stroke="#d8dade" stroke-width="2.4" stroke-dasharray="3 2"/>` : ''}`,
  );
}

function unzipped(look: Look): boolean {
  return look.style !== 'trucker';
}

/** The T-shirt that shows where the jacket hangs open. */
function underneath(look: Look, length: number): string {
  const shirt = look.design.pick(['#eef0f2', '#c9ced8', '#2b2d33', '#d8d2c4']);
  const gap = svg`M262 232 C276 262 324 262 338 232 C344 330 346 500 352 ${length} L262 ${length} C262 500 262 330 262 232Z`;
  return (
    svg`<path d="${gap}" fill="${shirt}"/><path d="M262 236 C278 270 322 270 338 236" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="6"/>` +
    svg`<path d="M290 330 C284 420 300 520 292 640 M330 360 C322 460 330 540 326 650" fill="none" stroke="#000" stroke-opacity="0.12" stroke-width="9"/>` +
    svg`<path d="M338 232 C344 330 346 500 352 ${length} M262 232 C262 330 262 500 262 ${length}" fill="none" stroke="#0b0c10" stroke-opacity="0.45" stroke-width="9"/>` +
    svg`<path d="M341 240 C347 330 349 500 355 ${length} M259 240 C259 330 259 500 259 ${length}" fill="none" stroke="#d3d6db" stroke-width="3.4" stroke-dasharray="3 2"/>`
  );
}

function lapels(sketch: Sketch, look: Look): string {
  const shirt = look.design.pick(['#eef0f2', '#dfe4ea', '#2b2d33']);
  const notch =
    'M306 470 C312 380 338 300 360 214 C376 220 392 232 398 246 L404 306 L378 318 L392 336 C372 390 340 440 306 470Z';
  return (
    svg`<path d="M254 218 C268 256 332 256 346 218 C340 300 318 380 300 470 C282 380 260 300 254 218Z" fill="${shirt}"/>` +
    svg`<path d="M262 232 C276 268 324 268 338 232" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="5"/>` +
    both(
      volume(sketch, notch, {
        fill: cloth(sketch, { ...look, color: shade(look.color, 0.04) }),
        rim: 12,
        depth: 0.4,
        inside: finish(sketch, look, [300, 210, 110, 270]),
      }),
    ) +
    seam('M300 470 L300 660', { width: 3, opacity: 0.6 })
  );
}

function frontZip(look: Look, length: number): string {
  const y = length - 4;
  if (look.style === 'trucker')
    return (
      seam(svg`M290 262 V${y} M312 262 V${y}`, { opacity: 0.45 }) +
      [300, 372, 444, 516, 588, 652]
        .map((at) => svg`<circle cx="301" cy="${at}" r="5.5" fill="#c98f4a" stroke="#4a2f12" stroke-width="1.2"/>`)
        .join('')
    );
  return svg`<path d="M300 244 V${y}" stroke="#101216" stroke-opacity="0.6" stroke-width="11"/><path d="M300 244 V${y}" stroke="#cfd2d7" stroke-width="4" stroke-dasharray="3 2"/><rect x="296" y="252" width="8" height="22" rx="3" fill="#e4e6ea" stroke="#555" stroke-width="0.8"/>`;
}

function standCollar(sketch: Sketch, look: Look): string {
  const fill =
    look.style === 'trucker'
      ? cloth(sketch, look)
      : shade(mix(look.color, look.accent, look.pattern === 'Colourblocked' ? 0.8 : 0), -0.1);
  return both(
    volume(sketch, 'M301 262 C324 254 346 232 350 194 C364 200 374 212 376 228 C366 258 340 284 301 292Z', {
      fill,
      rim: 12,
      depth: 0.36,
    }),
  );
}

function trucker(look: Look): string {
  const thread = mix(look.color, '#d39a4e', 0.75);
  return both(
    seam('M312 330 L424 326', { color: thread, dash: '5 3', opacity: 0.9, width: 2 }) +
      svg`<path d="M336 330 h56 v54 l-28 14 l-28 -14Z" fill="#000" fill-opacity="0.1" stroke="${thread}" stroke-width="2" stroke-dasharray="5 3"/><circle cx="364" cy="346" r="5" fill="#c98f4a"/>` +
      seam('M330 400 L318 660 M404 400 L390 660', { color: thread, dash: '5 3', opacity: 0.85, width: 2 }),
  );
}

function blazerButtons(dark: string): string {
  return (
    [500, 556]
      .map((y) => svg`<circle cx="292" cy="${y}" r="8" fill="${dark}" stroke="#ffffff" stroke-opacity="0.3"/>`)
      .join('') + svg`<path d="M340 390 l46 -8 v8 l-46 8z" fill="${dark}" opacity="0.7"/>`
  );
}

function hem(look: Look, length: number): string {
  if (look.style === 'puffer' || look.style === 'biker')
    return both(seam('M449 652 C466 660 488 660 506 652', { width: 2.4, opacity: 0.5 }));
  const rib = look.pattern === 'Colourblocked' ? look.accent : shade(look.color, -0.22);
  return (
    svg`<path d="M181 ${length - 46} C240 ${length - 34} 360 ${length - 34} 419 ${length - 46} L420 ${length - 14} C380 ${length} 220 ${length} 180 ${length - 14}Z" fill="${rib}" stroke="#05060c" stroke-opacity="0.3"/>` +
    both(
      svg`<path d="M450 644 C466 652 490 652 507 642 L504 676 C488 684 466 684 448 676Z" fill="${rib}" stroke="#05060c" stroke-opacity="0.3"/>`,
    )
  );
}
