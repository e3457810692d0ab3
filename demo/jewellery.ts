import { byStyle, type Draw } from './look.ts';
import { shade } from './palette.ts';
import { linear, radial, type Sketch, softSpot, softStroke, svg } from './sketch.ts';

/** A pair of earrings: `drop`, `hoop`, `stud`, `jhumka`. */
export const earrings: Draw = (sketch, look) => {
  const metal = metalFill(sketch, look.color);
  const one = byStyle(
    {
      drop: svg`<path d="M0 -120 C-18 -150 22 -156 12 -122" fill="none" stroke="${metal}" stroke-width="6"/>${gem(sketch, look.accent, 0, -92, 17)}<path d="M0 -76 V-30" stroke="${metal}" stroke-width="5"/><path d="M0 -40 C34 20 54 50 54 82 C54 116 30 138 0 138 C-30 138 -54 116 -54 82 C-54 50 -34 20 0 -40Z" fill="${metal}" stroke="#4a3a12" stroke-opacity="0.4"/>${gem(sketch, look.accent, 0, 80, 34)}`,
      hoop: svg`<circle cx="0" cy="20" r="86" fill="none" stroke="#05060c" stroke-opacity="0.3" stroke-width="21"/><circle cx="0" cy="20" r="86" fill="none" stroke="${metal}" stroke-width="18"/><circle cx="-2" cy="17" r="88" fill="none" stroke="#ffffff" stroke-opacity="0.5" stroke-width="3"/>${gem(sketch, look.accent, 0, -66, 14)}`,
      stud: svg`${Array.from({ length: 8 }, (_, i) => svg`<g transform="rotate(${i * 45})"><ellipse cx="0" cy="-46" rx="17" ry="26" fill="${metal}" stroke="#4a3a12" stroke-opacity="0.4"/></g>`).join('')}${gem(sketch, look.accent, 0, 0, 34)}`,
      jhumka: svg`${gem(sketch, look.accent, 0, -96, 22)}<path d="M0 -74 V-40" stroke="${metal}" stroke-width="6"/><path d="M-66 60 C-66 -10 -30 -46 0 -46 C30 -46 66 -10 66 60 C40 76 -40 76 -66 60Z" fill="${metal}" stroke="#4a3a12" stroke-opacity="0.5"/><path d="M-60 34 C-30 48 30 48 60 34" fill="none" stroke="${look.accent}" stroke-width="9"/>${[-52, -26, 0, 26, 52].map((x) => svg`<circle cx="${x}" cy="${88 - Math.abs(x) * 0.2}" r="11" fill="${look.accent}" stroke="#05060c" stroke-opacity="0.3"/>`).join('')}`,
    },
    look.style,
  );
  return svg`<g transform="translate(205 380)">${shadow(sketch, 150)}${one}</g><g transform="translate(395 430)">${shadow(sketch, 150)}${one}</g>`;
};

/** Rings: `solitaire` with one stone, `band`, `cocktail` with many. */
export const ring: Draw = (sketch, look) => {
  const metal = metalFill(sketch, look.color);
  const dark = shade(look.color, -0.45);
  const hoop = svg`<ellipse cx="300" cy="450" rx="150" ry="132" fill="none" stroke="${dark}" stroke-width="44"/><ellipse cx="300" cy="440" rx="156" ry="136" fill="none" stroke="${metal}" stroke-width="34"/><ellipse cx="298" cy="434" rx="162" ry="140" fill="none" stroke="#ffffff" stroke-opacity="0.55" stroke-width="4"/><ellipse cx="300" cy="446" rx="139" ry="119" fill="none" stroke="#05060c" stroke-opacity="0.35" stroke-width="3"/>`;
  const stone = byStyle(
    {
      solitaire: svg`<path d="M252 300 L268 336 L332 336 L348 300Z" fill="${metal}"/>${gem(sketch, look.accent, 300, 276, 54)}`,
      band: [-60, -30, 0, 30, 60]
        .map((angle) => svg`<g transform="rotate(${angle} 300 440)">${gem(sketch, look.accent, 300, 304, 15)}</g>`)
        .join(''),
      cocktail: svg`${gem(sketch, look.accent, 300, 276, 46)}${Array.from({ length: 12 }, (_, i) => gem(sketch, '#eef2f6', 300 + 66 * Math.cos((i * Math.PI) / 6), 276 + 60 * Math.sin((i * Math.PI) / 6), 14)).join('')}`,
    },
    look.style,
  );
  return svg`${softSpot(sketch, [306, 606, 159.6, 22.6], '#101218', 0.35)}${hoop}${stone}`;
};

/** Necklaces: `pendant` on a chain, `beads`, `layered`. */
export const necklace: Draw = (sketch, look) => {
  const metal = metalFill(sketch, look.color);
  const curve = (depth: number, width: number) =>
    svg`M${300 - width} 70 C${300 - width - 14} 300 ${300 - width * 0.5} ${depth} 300 ${depth} C${300 + width * 0.5} ${depth} ${300 + width + 14} 300 ${300 + width} 70`;
  const chain = (d: string, width: number) =>
    svg`${softStroke(d, width + 6, '#05060c', 0.22, [4, 8])}<path d="${d}" fill="none" stroke="${shade(look.color, -0.4)}" stroke-width="${width}"/><path d="${d}" fill="none" stroke="${metal}" stroke-width="${width}" stroke-dasharray="${width} ${width * 0.6}" stroke-linecap="round"/>`;
  const beads = (depth: number, width: number, size: number) =>
    Array.from({ length: 31 }, (_, i) => {
      const t = i / 30;
      const [u, v] = [1 - t, t];
      const x =
        u ** 3 * (300 - width) + 3 * u * u * v * (286 - width) + 3 * u * v * v * (314 + width) + v ** 3 * (300 + width);
      const y = (u ** 3 + v ** 3) * 70 + 3 * u * v * (depth * 1.28);
      return gem(sketch, look.accent, x, y, size * (0.75 + 0.7 * Math.sin(Math.PI * t)), true);
    }).join('');
  if (look.style === 'beads') return chain(curve(600, 150), 4) + beads(620, 150, 15);
  if (look.style === 'layered')
    return (
      chain(curve(420, 130), 9) +
      chain(curve(520, 150), 9) +
      chain(curve(620, 168), 9) +
      [
        [300, 428],
        [300, 528],
        [300, 632],
      ]
        .map(([x = 0, y = 0]) => gem(sketch, look.accent, x, y, 20))
        .join('')
    );
  return svg`${chain(curve(560, 150), 8)}<path d="M300 548 v24" stroke="${metal}" stroke-width="8"/><path d="M300 566 C350 620 356 664 300 716 C244 664 250 620 300 566Z" fill="${metal}" stroke="#4a3a12" stroke-opacity="0.5"/>${gem(sketch, look.accent, 300, 644, 30)}`;
};

function metalFill(sketch: Sketch, color: string): string {
  return linear(
    sketch,
    [
      [0, shade(color, 0.65)],
      [0.28, shade(color, -0.15)],
      [0.5, shade(color, 0.55)],
      [0.72, shade(color, -0.35)],
      [1, shade(color, 0.25)],
    ],
    [0, 0, 1, 1],
  );
}

/** A cut stone, or a round bead. */
function gem(sketch: Sketch, color: string, x: number, y: number, radius: number, bead = false): string {
  const fill = radial(
    sketch,
    [
      [0, shade(color, 0.8)],
      [0.35, color],
      [1, shade(color, -0.5)],
    ],
    [0.36, 0.3, 0.75],
  );
  const facets = bead
    ? ''
    : svg`<path d="M${x - radius * 0.55} ${y - radius * 0.3} L${x} ${y - radius * 0.62} L${x + radius * 0.55} ${y - radius * 0.3} L${x + radius * 0.4} ${y + radius * 0.45} L${x - radius * 0.4} ${y + radius * 0.45}Z" fill="#ffffff" fill-opacity="0.28" stroke="#ffffff" stroke-opacity="0.5" stroke-width="1"/>`;
  return svg`<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" stroke="#05060c" stroke-opacity="0.35" stroke-width="1.6"/>${facets}<ellipse cx="${x - radius * 0.35}" cy="${y - radius * 0.42}" rx="${radius * 0.26}" ry="${radius * 0.18}" fill="#ffffff" opacity="0.85"/>`;
}

function shadow(sketch: Sketch, y: number): string {
  return svg`${softSpot(sketch, [6, y, 68.4, 18.4], '#101218', 0.3)}`;
}
