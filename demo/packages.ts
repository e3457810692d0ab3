import { byStyle, type Draw, type Look } from './look.ts';
import { lightness, mix, shade } from './palette.ts';
import { ground } from './produce.ts';
import { linear, radial, type Sketch, svg, volume } from './sketch.ts';

/** Cartons with a gable and a cap. The first word of the look's style is the artwork. */
export const carton: Draw = (sketch, look) => {
  const side = shade(look.color, -0.26);
  const front = 'M196 214 L392 236 L392 590 L196 564Z';
  const flank = 'M392 236 L470 206 L470 544 L392 590Z';
  const roof = 'M196 214 L228 116 L424 124 L392 236Z';
  const gable = 'M392 236 L424 124 L470 206Z';
  const crest = 'M224 76 L424 84 L424 128 L224 120Z';
  return (
    ground(sketch, 350, 580, 190) +
    volume(sketch, flank, {
      fill: linear(sketch, [
        [0, side],
        [1, shade(side, -0.3)],
      ]),
      rim: 10,
      depth: 0.24,
      inside: lines(404, 300, 54, 8, lightness(side) > 0.5 ? '#3a3f48' : '#ffffff', 'skewY(-22) translate(0 170)'),
    }) +
    volume(sketch, front, {
      fill: look.color,
      rim: 12,
      depth: 0.2,
      inside: svg`<g transform="matrix(0.98 0.112 0 1 196 214)">${artwork(sketch, look)}</g><rect x="190" y="200" width="210" height="400" fill="${linear(
        sketch,
        [
          [0, '#ffffff', 0.16],
          [0.4, '#ffffff', 0],
          [1, '#05060c', 0.1],
        ],
      )}"/>`,
    }) +
    volume(sketch, roof, {
      fill: linear(
        sketch,
        [
          [0, shade(look.color, 0.1)],
          [1, shade(look.color, -0.16)],
        ],
        [0, 0, 0, 1],
      ),
      rim: 10,
      depth: 0.2,
    }) +
    volume(sketch, gable, { fill: shade(side, -0.12), rim: 8 }) +
    volume(sketch, crest, { fill: shade(look.color, -0.04), rim: 8, depth: 0.24 }) +
    svg`<ellipse cx="306" cy="180" rx="36" ry="24" fill="${shade(look.accent, -0.4)}"/><path d="M270 178 v-22 a36 22 0 0 1 72 0 v22 a36 24 0 0 1 -72 0Z" fill="${linear(
      sketch,
      [
        [0, shade(look.accent, 0.35)],
        [0.5, look.accent],
        [1, shade(look.accent, -0.35)],
      ],
    )}"/><ellipse cx="306" cy="156" rx="36" ry="20" fill="${shade(look.accent, 0.15)}"/>`
  );
};

/** Pots of yoghurt and cream with a foil lid. */
export const pot: Draw = (sketch, look) => {
  const body = 'M190 236 L450 236 C444 350 432 460 416 556 C390 582 250 582 224 556 C208 460 196 350 190 236Z';
  return (
    ground(sketch, 326, 570, 150) +
    volume(sketch, body, {
      fill: look.color,
      rim: 30,
      depth: 0.26,
      inside: svg`<g transform="translate(216 244) scale(1.04 0.95)">${artwork(sketch, look)}</g><rect x="180" y="220" width="290" height="370" fill="${linear(
        sketch,
        [
          [0, '#05060c', 0.28],
          [0.2, '#ffffff', 0.28],
          [0.45, '#ffffff', 0],
          [1, '#05060c', 0.32],
        ],
      )}"/>`,
    }) +
    svg`<path d="M178 214 C178 176 462 176 462 214 L458 240 C440 262 200 262 182 240Z" fill="${linear(sketch, [
      [0, '#8e949c'],
      [0.3, '#f4f6f8'],
      [0.6, '#c3c8ce'],
      [1, '#878d95'],
    ])}"/><ellipse cx="320" cy="208" rx="142" ry="34" fill="${linear(
      sketch,
      [
        [0, shade(look.accent, 0.3)],
        [1, shade(look.accent, -0.1)],
      ],
      [0, 0, 1, 1],
    )}"/><path d="M452 214 q30 14 22 44 q-18 6 -30 -14Z" fill="#c9cdd3"/>`
  );
};

function artwork(sketch: Sketch, look: Look): string {
  const ink = lightness(look.color) > 0.55 ? mix(look.accent, '#101830', 0.15) : '#ffffff';
  const title = svg`<rect x="24" y="46" width="152" height="30" rx="15" fill="${ink}"/><rect x="44" y="88" width="112" height="10" rx="5" fill="${ink}" opacity="0.6"/>`;
  return title + picture(sketch, look) + lines(30, 318, 140, 3, ink, '');
}

/** What the front of a package shows, 200 wide and 330 high from the origin. */
function picture(sketch: Sketch, look: Look): string {
  const fruit = (color: string, x: number, y: number, r: number) =>
    svg`<circle cx="${x}" cy="${y}" r="${r}" fill="${radial(
      sketch,
      [
        [0, shade(color, 0.5)],
        [0.5, color],
        [1, shade(color, -0.35)],
      ],
      [0.36, 0.3, 0.8],
    )}"/>`;
  const wedge = (color: string, x: number, y: number, r: number) =>
    svg`<circle cx="${x}" cy="${y}" r="${r}" fill="${color}"/><circle cx="${x}" cy="${y}" r="${r * 0.86}" fill="${shade(color, 0.75)}"/>${[0, 45, 90, 135, 180, 225, 270, 315].map((angle) => svg`<path d="M0 -${r * 0.1} L${r * 0.26} -${r * 0.74} A${r * 0.8} ${r * 0.8} 0 0 0 -${r * 0.26} -${r * 0.74}Z" fill="${shade(color, 0.15)}" transform="translate(${x} ${y}) rotate(${angle})"/>`).join('')}`;
  const hills = svg`<path d="M-10 250 C40 200 90 214 130 236 C160 250 190 240 210 224 V360 H-10Z" fill="${look.accent}"/>`;
  const glassOf = (color: string) =>
    svg`<path d="M66 150 L134 150 L126 300 L74 300Z" fill="${color}"/><path d="M66 150 L134 150 L133 172 L67 172Z" fill="#ffffff" opacity="0.6"/>`;
  const flower = svg`${[0, 72, 144, 216, 288].map((angle) => svg`<ellipse cx="0" cy="-28" rx="17" ry="32" fill="#fffbe8" stroke="#d9c27a" transform="translate(104 220) rotate(${angle})"/>`).join('')}<circle cx="104" cy="220" r="13" fill="#e8b33a"/><path d="M30 300 C70 270 90 250 100 236" stroke="#4a3218" stroke-width="7" fill="none"/>`;
  const berry = (x: number, y: number) =>
    svg`<path d="M${x - 34} ${y - 20} C${x - 30} ${y - 44} ${x + 30} ${y - 44} ${x + 34} ${y - 20} C${x + 36} ${y + 20} ${x + 8} ${y + 48} ${x} ${y + 50} C${x - 8} ${y + 48} ${x - 36} ${y + 20} ${x - 34} ${y - 20}Z" fill="#d3202f"/><path d="M${x - 30} ${y - 28} l16 8 l14 -14 l14 14 l16 -8 l-12 20 l-36 0Z" fill="#3f7a2f"/>`;
  const art = {
    milk: svg`${hills}<path d="M64 210 C60 176 136 176 134 206 L150 250 C150 282 52 282 50 250Z" fill="#ffffff" stroke="#1c1c20" stroke-width="3"/><path d="M60 214 C72 200 86 214 78 234 C64 240 56 232 60 214Z M120 236 C134 232 146 246 138 262 C124 268 112 254 120 236Z" fill="#1c1c20"/><ellipse cx="100" cy="262" rx="22" ry="13" fill="#f0b3ae"/><circle cx="84" cy="228" r="4"/><circle cx="116" cy="228" r="4"/>`,
    oat: svg`<g fill="#e3c27c" stroke="#8a6a2a">${[0, 1, 2, 3, 4].map((i) => svg`<ellipse cx="${88 - i * 2}" cy="${180 + i * 24}" rx="9" ry="19" transform="rotate(-32 ${88 - i * 2} ${180 + i * 24})"/><ellipse cx="${118 - i * 2}" cy="${180 + i * 24}" rx="9" ry="19" transform="rotate(32 ${118 - i * 2} ${180 + i * 24})"/>`).join('')}</g><path d="M104 150 C100 220 96 270 90 320" stroke="#8a6a2a" stroke-width="5" fill="none"/>`,
    soy: svg`<path d="M30 250 C60 190 140 170 176 200 C160 262 80 290 30 250Z" fill="#7fb04a" stroke="#3f6a22" stroke-width="3"/>${[62, 100, 138].map((x) => fruit('#e9dca0', x, 262 - x * 0.3, 17)).join('')}`,
    orange: fruit('#f08a1c', 76, 214, 52) + wedge('#f08a1c', 134, 262, 44),
    grapefruit: glassOf('#e8594a') + wedge('#e0524a', 60, 276, 40) + wedge('#e0524a', 148, 270, 34),
    apple: svg`<g transform="translate(104 232) scale(0.62)"><path d="M0 -84 C34 -112 108 -96 112 -18 C114 54 66 116 30 110 C16 108 8 102 0 102 C-8 102 -16 108 -30 110 C-66 116 -114 54 -112 -18 C-108 -96 -34 -112 0 -84Z" fill="${radial(
      sketch,
      [
        [0, '#d6ee9a'],
        [0.5, '#7ab53a'],
        [1, '#3f7a22'],
      ],
      [0.36, 0.3, 0.8],
    )}"/><path d="M2 -80 C0 -104 8 -122 20 -132" stroke="#4a3218" stroke-width="9" fill="none"/></g>`,
    vanilla: flower,
    strawberry: berry(72, 230) + berry(134, 256),
    blueberry: [
      [70, 220],
      [116, 206],
      [94, 256],
      [140, 252],
      [60, 272],
    ]
      .map(([x = 0, y = 0]) => fruit('#3f4a8c', x, y, 25))
      .join(''),
    natural: svg`${hills}<path d="M50 226 C60 190 100 214 100 184 C130 196 150 210 146 236 C130 262 70 262 50 226Z" fill="#ffffff" opacity="0.95"/><ellipse cx="98" cy="244" rx="60" ry="18" fill="#eef2f6"/>`,
  };
  return byStyle(art, look.style.split(' ')[0] ?? '');
}

/** Small print, as bars: fonts are not to be relied on. */
function lines(x: number, y: number, width: number, count: number, color: string, transform: string): string {
  const bars = Array.from(
    { length: count },
    (_, i) => svg`<rect x="${x}" y="${y + i * 11}" width="${width * (i % 3 === 1 ? 0.7 : 0.95)}" height="4" rx="2"/>`,
  ).join('');
  return svg`<g fill="${color}" opacity="0.5" transform="${transform}">${bars}</g>`;
}
