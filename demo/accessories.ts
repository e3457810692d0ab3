import { cloth, finish, tile } from './cloth.ts';
import { byStyle, type Draw } from './look.ts';
import { lightness, mix, shade } from './palette.ts';
import { folds, linear, radial, seam, softSpot, svg, symmetric, volume } from './sketch.ts';
import { both } from './tops.ts';

/** Baseball caps, the brim to the lower left. */
export const cap: Draw = (sketch, look) => {
  const dome =
    'M150 470 C140 330 210 250 330 246 C450 246 500 340 492 486 C440 500 380 490 330 478 C260 462 200 462 150 470Z';
  const brim =
    'M150 462 C120 480 84 520 78 552 C90 580 190 590 300 566 C380 548 420 520 430 496 C360 470 240 446 150 462Z';
  const blockFill = look.pattern === 'Colourblocked' ? look.accent : look.color;
  const badge = svg`<g transform="translate(268 372)"><circle r="42" fill="${look.accent}" opacity="${look.pattern === 'Colourblocked' ? 0 : 0.95}"/><path d="M-24 16 L-8 -18 L4 2 L12 -10 L26 16Z" fill="${look.color}"/></g>`;
  return (
    svg`${softSpot(sketch, [270, 580, 200.8, 24.8], '#101218', 0.35)}` +
    volume(sketch, dome, {
      fill: cloth(sketch, look),
      rim: 44,
      depth: 0.4,
      inside: finish(sketch, look, [130, 240, 370, 260]),
    }) +
    seam('M330 248 C290 300 262 380 262 468 M330 248 C400 300 430 390 428 494', { opacity: 0.5, width: 2.4 }) +
    seam('M322 252 C282 304 254 384 254 468 M338 252 C408 304 438 394 436 494', {
      dash: '5 4',
      opacity: 0.5,
      color: lightness(look.color) > 0.6 ? '#333333' : '#ffffff',
    }) +
    badge +
    svg`<ellipse cx="332" cy="246" rx="17" ry="9" fill="${shade(blockFill, -0.15)}" stroke="#05060c" stroke-opacity="0.4"/>` +
    volume(sketch, brim, { fill: blockFill, rim: 26, depth: 0.4 }) +
    [0, 1, 2]
      .map((i) =>
        seam(
          svg`M${112 + i * 8} ${520 - i * 14} C${200} ${566 - i * 18} ${330} ${548 - i * 18} ${410 - i * 6} ${506 - i * 8}`,
          { dash: '5 4', opacity: 0.4, color: lightness(blockFill) > 0.6 ? '#333333' : '#ffffff' },
        ),
      )
      .join('')
  );
};

/** Neckties, hanging from the knot. */
export const tie: Draw = (sketch, look) => {
  const blade = 'M272 190 L328 190 L366 640 L300 724 L234 640Z';
  const knot = 'M252 110 L348 110 L330 192 L270 192Z';
  const band = 'M252 112 C220 70 240 40 300 36 C360 40 380 70 348 112 C330 80 270 80 252 112Z';
  const stripes = tile(
    sketch,
    54,
    54,
    svg`<rect width="54" height="54" fill="${look.color}"/><rect width="18" height="54" fill="${look.accent}"/><rect x="22" width="4" height="54" fill="${shade(look.accent, 0.4)}"/>`,
    -42,
  );
  const fill = look.pattern === 'Striped' ? stripes : cloth(sketch, look, 0.7);
  const silk = finish(sketch, { ...look, material: 'Silk' }, [220, 100, 160, 640]);
  return (
    volume(sketch, band, { fill: shade(look.color, -0.2), rim: 12 }) +
    volume(sketch, blade, {
      fill,
      rim: 24,
      depth: 0.34,
      inside: silk + folds(['M300 200 C296 240 292 270 296 320'], 0.3, 9),
    }) +
    volume(sketch, knot, { fill, rim: 16, depth: 0.4, inside: silk + folds(['M270 130 L318 190'], 0.3, 8) })
  );
};

/** A pair of socks. */
export const socks: Draw = (sketch, look) => {
  const path =
    'M190 150 L330 150 C334 260 326 360 340 430 C362 470 440 500 470 560 C490 620 450 660 390 650 C320 640 240 590 204 530 C186 480 196 300 190 150Z';
  const rib = Array.from({ length: 13 }, (_, i) => svg`M${198 + i * 10.6} 154 V212`).join(' ');
  const fill = look.pattern === 'Solid' ? look.color : cloth(sketch, look, 0.9);
  const one = (dx: number, dy: number) =>
    svg`<g transform="translate(${dx} ${dy})">${volume(sketch, path, { fill, rim: 30, depth: 0.34, inside: finish(sketch, look, [180, 150, 300, 510]) + folds(['M206 470 C250 470 300 450 338 424', 'M214 500 C260 500 310 476 350 446'], 0.22, 10) })}<path d="M190 150 L330 150 L331 214 L191 214Z" fill="${look.accent}" opacity="0.85"/>${seam(rib, { opacity: 0.35 })}<path d="M396 494 C430 510 462 540 470 560 C490 620 450 660 396 650 C372 600 372 540 396 494Z" fill="${look.accent}" opacity="0.8"/><path d="M204 530 C192 500 192 460 194 420 C240 430 262 480 262 576 C238 562 218 550 204 530Z" fill="${look.accent}" opacity="0.8"/></g>`;
  return svg`<g transform="translate(-18 0)">${one(44, -26)}${one(-26, 22)}</g>`;
};

/** Sunglasses: `aviator`, `wayfarer`, `round`, `sports`. */
export const sunglasses: Draw = (sketch, look) => {
  const lensShapes = {
    aviator: 'M322 376 C350 350 450 350 492 366 C516 410 500 500 440 526 C390 536 330 470 322 376Z',
    wayfarer: 'M322 366 C380 356 460 356 506 362 C504 430 486 496 420 500 C356 500 328 450 322 366Z',
    round:
      'M412 358 C462 358 498 392 498 434 C498 478 462 512 412 512 C362 512 326 478 326 434 C326 392 362 358 412 358Z',
    sports: 'M312 372 C380 350 480 352 534 384 C524 440 470 480 420 480 C360 480 326 440 312 372Z',
  } as const;
  const lens = byStyle(lensShapes, look.style);
  const metal = look.style === 'aviator' || look.style === 'round';
  const tint = look.accent;
  const glass = linear(
    sketch,
    [
      [0, shade(tint, -0.45), 0.97],
      [0.55, tint, 0.94],
      [1, mix(tint, '#ffffff', 0.45), 0.85],
    ],
    [0, 0, 0, 1],
  );
  const frame = metal ? 9 : 20;
  const temple = svg`<path d="M498 384 C520 366 540 356 552 352 L556 362" fill="none" stroke="${shade(look.color, -0.15)}" stroke-width="${metal ? 8 : 15}" stroke-linecap="round"/>`;
  const glare = svg`<path d="M350 384 L396 378 L356 470 C344 440 346 410 350 384Z M420 376 L440 376 L390 496 L376 490Z" fill="#ffffff" opacity="0.22"/>`;
  const bridge = metal
    ? svg`<path d="M330 388 C316 376 284 376 270 388 M332 372 C312 362 288 362 268 372" fill="none" stroke="${look.color}" stroke-width="7"/>`
    : svg`<path d="M334 384 C318 366 282 366 266 384 L266 404 C284 388 316 388 334 404Z" fill="${look.color}"/>`;
  return svg`<g transform="rotate(-7 300 420)">${softSpot(sketch, [306, 532, 219.6, 19.6], '#101218', 0.28)}${both(temple)}${both(svg`<path d="${lens}" fill="${glass}"/>${glare}<path d="${lens}" fill="none" stroke="#05060c" stroke-opacity="0.45" stroke-width="${frame + 3}"/><path d="${lens}" fill="none" stroke="${look.color}" stroke-width="${frame}"/><path d="${lens}" transform="translate(-1 -3)" fill="none" stroke="#ffffff" stroke-opacity="0.3" stroke-width="${frame * 0.2}"/>`)}${bridge}</g>`;
};

/** Watches: `round` or `square`, on leather, steel or rubber; `digital`. */
export const watch: Draw = (sketch, look) => {
  const steel = ['Steel', 'Gold'].includes(look.material);
  const metalTone = look.material === 'Gold' ? '#d9ae4a' : '#b9bdc3';
  const metal = linear(
    sketch,
    [
      [0, shade(metalTone, 0.55)],
      [0.3, shade(metalTone, -0.3)],
      [0.55, shade(metalTone, 0.5)],
      [1, shade(metalTone, -0.4)],
    ],
    [0, 0, 1, 1],
  );
  const strapColor = steel ? metalTone : look.color;
  const upper = symmetric(
    [300, 30],
    [
      [360, 30, 366, 34, 368, 60],
      [376, 150, 388, 220, 392, 280],
      [300, 280],
    ],
  );
  const lower = symmetric(
    [300, 770],
    [
      [360, 770, 366, 766, 368, 740],
      [376, 650, 388, 580, 392, 520],
      [300, 520],
    ],
  );
  const strap = (d: string) =>
    volume(sketch, d, {
      fill: strapColor,
      rim: 26,
      depth: 0.42,
      inside: finish(sketch, { ...look, material: steel ? 'Satin' : look.material }, [200, 20, 200, 760]),
    });
  const links = steel
    ? Array.from(
        { length: 9 },
        (_, i) =>
          svg`M${226 - i * 2.4 + 8} ${62 + i * 27} H${374 + i * 2.4 - 8} M${226 - i * 2.4 + 8} ${738 - i * 27} H${374 + i * 2.4 - 8}`,
      ).join(' ')
    : '';
  const dial =
    look.style === 'square'
      ? 'M176 290 Q176 268 198 268 L402 268 Q424 268 424 290 L424 510 Q424 532 402 532 L198 532 Q176 532 176 510Z'
      : 'M300 262 A138 138 0 1 1 299.9 262Z';
  const face = look.accent;
  const light = lightness(face) > 0.5;
  const ink = light ? '#22252b' : '#f3f3f0';
  const ticks = Array.from(
    { length: 12 },
    (_, i) =>
      svg`<rect x="${i % 3 === 0 ? -4 : -2}" y="-102" width="${i % 3 === 0 ? 8 : 4}" height="${i % 3 === 0 ? 24 : 14}" rx="1.5" transform="rotate(${i * 30})"/>`,
  ).join('');
  const hour = look.design.between(290, 320);
  const hands = svg`<g fill="${ink}"><rect x="-5" y="-62" width="10" height="74" rx="4" transform="rotate(${hour})"/><rect x="-3.5" y="-92" width="7" height="106" rx="3" transform="rotate(56)"/><rect x="-1.4" y="-96" width="2.8" height="122" fill="#d0342c" transform="rotate(190)"/><circle r="8"/></g>`;
  const subdials = look.design.chance(0.5)
    ? svg`<g fill="none" stroke="${ink}" stroke-opacity="0.6" stroke-width="2"><circle cx="-44" cy="6" r="22"/><circle cx="44" cy="6" r="22"/><circle cx="0" cy="50" r="22"/></g>`
    : '';
  const digits = svg`<rect x="-84" y="-46" width="168" height="92" rx="10" fill="#b9c3a8"/><g fill="#20261c"><path d="M-66 -28 h36 v10 h-26 v10 h26 v38 h-36 v-10 h26 v-18 h-26Z"/><rect x="-14" y="-16" width="9" height="9"/><rect x="-14" y="10" width="9" height="9"/><path d="M8 -28 h10 v58 h-10Z M32 -28 h36 v58 h-36Z M42 -18 v38 h16 v-38Z"/></g>`;
  return (
    strap(upper) +
    strap(lower) +
    (links === ''
      ? seam(
          'M236 60 C230 150 220 220 216 270 M364 60 C370 150 380 220 384 270 M236 740 C230 650 220 580 216 530 M364 740 C370 650 380 580 384 530',
          { dash: '7 5', color: shade(look.color, 0.5), opacity: 0.7, width: 2.2 },
        ) + [650, 684, 718].map((y) => svg`<ellipse cx="300" cy="${y}" rx="5" ry="7" fill="#08080a"/>`).join('')
      : seam(links, { width: 4, opacity: 0.4 })) +
    svg`<rect x="432" y="384" width="24" height="32" rx="5" fill="${metal}" stroke="#333" stroke-opacity="0.5"/>` +
    volume(sketch, dial, { fill: look.style === 'digital' ? shade(look.color, -0.2) : metal, rim: 12, depth: 0.35 }) +
    svg`<g transform="translate(300 400)"><circle r="116" fill="${radial(
      sketch,
      [
        [0, shade(face, 0.2)],
        [1, shade(face, -0.25)],
      ],
      [0.4, 0.35, 0.8],
    )}" stroke="#05060c" stroke-opacity="0.55" stroke-width="4"/>${look.style === 'digital' ? digits : svg`<g fill="${ink}">${ticks}</g>${subdials}${hands}`}<path d="M-82 -60 A104 104 0 0 1 30 -98 L-40 40 A104 104 0 0 1 -98 10Z" fill="#ffffff" opacity="0.13"/></g>`
  );
};
