import { cloth, finish } from './cloth.ts';
import { legs, VIEWS } from './figure.ts';
import { byStyle, type Draw, type Look } from './look.ts';
import { mix, shade } from './palette.ts';
import { folds, type Sketch, seam, svg, symmetric, volume } from './sketch.ts';
import { both } from './tops.ts';

/** Jeans: `slim`, `straight`; stitched, faded, with pockets and rivets. */
export const jeans: Draw = (sketch, look) => {
  const thread = mix(look.color, '#dca14f', 0.8);
  const stitched = { color: thread, dash: '6 4', width: 2.2, opacity: 0.9 };
  const details =
    waistband(sketch, look) +
    both(
      seam('M326 596 C332 640 360 660 400 664', stitched) +
        seam('M406 670 C412 760 404 1000 388 1380', { ...stitched, opacity: 0.4 }),
    ) +
    seam('M300 596 V690 M322 596 C324 650 318 680 302 696', stitched) +
    svg`<circle cx="300" cy="574" r="8" fill="#c98f4a" stroke="#4a2f12"/>` +
    both(svg`<circle cx="330" cy="600" r="4" fill="#c98f4a"/><circle cx="398" cy="660" r="4" fill="#c98f4a"/>`);
  return bottom(sketch, look, trouserPath(look.style === 'slim' ? 0.84 : 1), details, true);
};

/** Trousers with a crease (`formal`), or plain (`chino`). */
export const trousers: Draw = (sketch, look) => {
  const crease =
    look.style === 'formal' ? both(seam('M366 640 C372 900 366 1200 352 1400', { opacity: 0.35, width: 3 })) : '';
  const details =
    waistband(sketch, look) +
    both(seam('M340 596 L398 676', { width: 2.6, opacity: 0.5 })) +
    seam('M300 596 V694', { opacity: 0.5 }) +
    crease +
    svg`<circle cx="300" cy="574" r="6" fill="${shade(look.color, -0.4)}"/>`;
  return bottom(sketch, look, trouserPath(look.style === 'formal' ? 1.04 : 0.92), details, true);
};

/** Shorts to above the knee, with turned-up hems or a drawstring (`sports`). */
export const shorts: Draw = (sketch, look) => {
  const sporty = look.style === 'sports';
  const path = symmetric(
    [300, 552],
    [
      [340, 556, 370, 556, 400, 550],
      [416, 640, 432, 780, 440, 936],
      [400, 952, 350, 954, 312, 948],
      [310, 860, 306, 790, 300, 740],
    ],
  );
  const side = sporty
    ? both(
        svg`<path d="M404 560 C418 650 430 780 438 934 L414 942 C410 800 402 680 390 558Z" fill="${look.accent}" opacity="0.95"/>`,
      )
    : both(seam('M340 596 L402 676', { width: 2.6, opacity: 0.5 }));
  const cords = svg`<g stroke="#f4f2ec" stroke-width="5" fill="none" stroke-linecap="round"><path d="M294 592 C286 640 288 660 282 690"/><path d="M306 592 C316 640 312 670 320 700"/></g>`;
  const details =
    waistband(sketch, look) +
    side +
    (sporty ? cords : svg`<circle cx="300" cy="574" r="7" fill="${shade(look.color, -0.4)}"/>`) +
    seam('M300 596 V740', { opacity: 0.4 }) +
    both(seam('M313 926 C350 934 400 932 438 914', { dash: '6 4', opacity: 0.5 }));
  return bottom(sketch, look, path, details, false);
};

/** Skirts: `a-line`, `pencil`, `pleated`, `mini` of denim. */
export const skirt: Draw = (sketch, look) => {
  const [x, y] = byStyle<readonly [number, number]>(
    { 'a-line': [470, 990], pencil: [392, 1010], pleated: [500, 960], mini: [436, 880] },
    look.style,
  );
  const path = symmetric(
    [300, 540],
    [
      [340, 544, 364, 544, 388, 540],
      [410, 620, (x + 400) / 2 + 14, 760, x, y - 20],
      [x - 60, y + 10, 360, y + 16, 300, y + 16],
    ],
  );
  const pleats = [0.14, 0.34, 0.56, 0.8].map(
    (t) =>
      svg`M${300 + 80 * t} 590 C${300 + 100 * t} 700 ${300 + (x - 300) * t} 840 ${300 + (x - 300) * t * 1.02} ${y + 6 - 12 * t}`,
  );
  const soft = look.style === 'pencil' || look.style === 'mini' ? [] : pleats;
  const creases = [
    ...soft,
    ...soft.map((d) =>
      d.replace(/(\d+(?:\.\d+)?) (\d+(?:\.\d+)?)/g, (_, a: string, b: string) => svg`${600 - Number(a)} ${b}`),
    ),
  ];
  const denim =
    look.material === 'Denim'
      ? seam('M300 590 V860', { color: '#dca14f', dash: '6 4', opacity: 0.9, width: 2 }) +
        both(seam('M322 590 C330 640 356 656 400 658', { color: '#dca14f', dash: '6 4', opacity: 0.9, width: 2 }))
      : '';
  const fill = cloth(sketch, look, 1.2);
  const inside =
    finish(sketch, look, [100, 530, 400, 500]) + folds(creases, look.style === 'pleated' ? 0.32 : 0.24, 12);
  const garment = volume(sketch, path, { fill, rim: 30, depth: 0.34, inside }) + waistband(sketch, look, -6) + denim;
  if (!look.staged) return svg`<g transform="translate(-60 -526) scale(1.2)">${garment}</g>`;
  return worn(sketch, look, garment);
};

function bottom(sketch: Sketch, look: Look, path: string, details: string, long: boolean): string {
  const creases = [
    'M318 700 C340 690 370 684 400 690',
    'M282 700 C260 690 230 684 200 690',
    'M312 720 C336 722 356 730 380 746',
    'M288 720 C264 722 244 730 220 746',
  ];
  if (long)
    creases.push(
      'M330 1010 C350 1020 370 1018 388 1006',
      'M270 1010 C250 1020 230 1018 212 1006',
      'M326 1370 C344 1384 370 1384 384 1372',
      'M274 1370 C256 1384 230 1384 216 1372',
      'M330 1340 C346 1350 366 1350 382 1338',
    );
  else creases.push('M400 760 C396 820 400 880 410 930', 'M200 760 C204 820 200 880 190 930');
  const inside = both(finish(sketch, look, [300, 540, 140, 900])) + folds(creases, 0.22, 11);
  const garment = volume(sketch, path, { fill: cloth(sketch, look, 1.2), rim: 30, depth: 0.36, inside }) + details;
  if (look.staged) return worn(sketch, look, garment);
  return long
    ? svg`<g transform="translate(54 -425) scale(0.82)">${garment}</g>`
    : svg`<g transform="translate(-60 -500) scale(1.2)">${garment}</g>`;
}

/** On legs, below the hem of a plain top. */
function worn(sketch: Sketch, look: Look, garment: string): string {
  const narrow = look.woman ? 'translate(30 0) scale(0.9 1)' : '';
  const shirt = look.design.pick(['#f3f3f1', '#dfe6ee', '#c9ced6', '#31343b']);
  const hem = symmetric(
    [300, 440],
    [
      [396, 440],
      [400, 500, 404, 540, 408, 584],
      [370, 598, 340, 600, 300, 600],
    ],
  );
  const arm =
    'M420 440 L474 440 C480 520 488 580 482 640 C490 670 488 700 476 716 C462 720 454 704 452 680 C450 600 440 520 420 440Z';
  return svg`<g transform="${VIEWS.lower}">${legs(sketch, { woman: look.woman, person: String(look.design.integer(1, 40)) })}<g transform="${narrow}">${both(volume(sketch, arm, { fill: '#dfae8a', rim: 14, depth: 0.26 }))}${garment}${volume(sketch, hem, { fill: shirt, rim: 24, depth: 0.26, inside: folds(['M230 590 C250 560 250 520 240 480', 'M370 590 C352 550 356 520 366 480'], 0.18, 9) })}</g></g>`;
}

function trouserPath(width: number): string {
  const x = (value: number) => 360 + (value - 360) * width;
  return symmetric(
    [300, 552],
    [
      [340, 556, 370, 556, 400, 550],
      [416, 640, 420, 720, x(418), 800],
      [x(416), 1000, x(408), 1200, x(404), 1416],
      [x(380), 1430, x(340), 1430, x(316), 1420],
      [x(318), 1200, x(314), 1000, 308, 800],
      [306, 770, 303, 740, 300, 716],
    ],
  );
}

function waistband(sketch: Sketch, look: Look, dy = 0): string {
  const band = symmetric(
    [300, 556 + dy],
    [
      [340, 558 + dy, 370, 558 + dy, 399, 550 + dy],
      [404, 592 + dy],
      [370, 600 + dy, 340, 600 + dy, 300, 600 + dy],
    ],
  );
  const loops = both(svg`<path d="M352 ${552 + dy} v52" stroke="${shade(look.color, -0.3)}" stroke-width="9"/>`);
  return (
    volume(sketch, band, {
      fill: look.material === 'Denim' ? cloth(sketch, look) : shade(look.color, -0.1),
      rim: 10,
      depth: 0.34,
    }) + loops
  );
}
