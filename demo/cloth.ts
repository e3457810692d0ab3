import type { Look } from './look.ts';
import { lightness, mix, shade } from './palette.ts';
import { createRandom } from './random.ts';
import { linear, type Sketch, svg } from './sketch.ts';

/** What a garment of this look is filled with, at 1 unit per point of the garment's own space. */
export function cloth(sketch: Sketch, look: Look, scale = 1): string {
  const { color, accent } = look;
  switch (look.pattern) {
    case 'Striped':
      return look.style === 'shirt'
        ? tile(
            sketch,
            26 * scale,
            26 * scale,
            svg`<rect width="100" height="100" fill="${color}"/><rect x="0" width="${7 * scale}" height="100" fill="${accent}"/>`,
          )
        : tile(
            sketch,
            60 * scale,
            60 * scale,
            svg`<rect width="100" height="100" fill="${color}"/><rect width="100" height="${24 * scale}" fill="${accent}"/>`,
          );
    case 'Checked':
      return checks(sketch, color, accent, scale);
    case 'Dotted':
      return tile(
        sketch,
        36 * scale,
        36 * scale,
        svg`<rect width="100" height="100" fill="${color}"/><g fill="${accent}"><circle cx="${9 * scale}" cy="${9 * scale}" r="${5 * scale}"/><circle cx="${27 * scale}" cy="${27 * scale}" r="${5 * scale}"/></g>`,
      );
    case 'Floral':
      return flowers(sketch, look, scale);
    default:
      return look.material === 'Denim' ? denim(sketch, color) : look.material === 'Wool' ? knit(sketch, color) : color;
  }
}

/** A repeating tile; the content is drawn in the tile's own units. */
export function tile(sketch: Sketch, width: number, height: number, content: string, turn = 0): string {
  return sketch.define(
    (id) =>
      svg`<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">${content}</pattern>`,
  );
}

function checks(sketch: Sketch, color: string, accent: string, scale: number): string {
  const size = 64 * scale;
  const band = (x: string, y: string, width: string, height: string, fill: string, opacity: number) =>
    svg`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" opacity="${opacity}"/>`;
  const [wide, thin, at] = [String(26 * scale), String(3 * scale), String(44 * scale)];
  const light = lightness(color) > 0.5 ? shade(color, -0.5) : '#ffffff';
  return tile(
    sketch,
    size,
    size,
    svg`<rect width="100" height="100" fill="${color}"/>` +
      band('0', '0', wide, '100', accent, 0.55) +
      band('0', '0', '100', wide, accent, 0.55) +
      band(at, '0', thin, '100', light, 0.55) +
      band('0', at, '100', thin, light, 0.55),
  );
}

function flowers(sketch: Sketch, look: Look, scale: number): string {
  const size = 110 * scale;
  const { color, accent, design } = look;
  const leaf = mix(accent, '#2f7a3c', 0.65);
  let content = svg`<rect width="200" height="200" fill="${color}"/>`;
  for (const [x, y, r] of [
    [28, 30, 15],
    [82, 82, 18],
    [88, 22, 9],
    [26, 88, 10],
  ] as const) {
    const turn = design.between(0, 72);
    content += svg`<path d="M0 0 q14 -14 30 -2 q-16 10 -30 2Z" fill="${leaf}" transform="translate(${x * scale} ${y * scale}) rotate(${turn + 40}) scale(${scale})"/>`;
    const petals = [0, 72, 144, 216, 288]
      .map(
        (angle) =>
          svg`<ellipse cx="0" cy="${-r * 0.62}" rx="${r * 0.42}" ry="${r * 0.62}" transform="rotate(${angle + turn})"/>`,
      )
      .join('');
    content += svg`<g transform="translate(${x * scale} ${y * scale}) scale(${scale})" fill="${r > 14 ? accent : mix(accent, '#ffffff', 0.35)}">${petals}<circle r="${r * 0.3}" fill="#f2cf5b"/></g>`;
  }
  return tile(sketch, size, size, content);
}

function denim(sketch: Sketch, color: string): string {
  // Large, though the weave repeats every 5 units: tiles are what a pattern costs.
  const size = 80;
  const twill = Array.from({ length: 32 }, (_, i) => svg`M${i * 5 - size} ${size} L${i * 5} 0`).join('');
  return tile(
    sketch,
    size,
    size,
    svg`<rect width="${size}" height="${size}" fill="${color}"/><path d="${twill}" stroke="${shade(color, 0.35)}" stroke-width="0.9" opacity="0.55"/>`,
  );
}

function knit(sketch: Sketch, color: string): string {
  return tile(
    sketch,
    12,
    10,
    svg`<rect width="12" height="10" fill="${color}"/><path d="M0 1 L6 7 L12 1" fill="none" stroke="${shade(color, -0.35)}" stroke-width="2" opacity="0.5"/><path d="M0 4 L6 10 L12 4" fill="none" stroke="${shade(color, 0.4)}" stroke-width="1.2" opacity="0.4"/>`,
  );
}

/** What the material adds inside a garment's outline: faded denim, leather's sheen, the ribs of a puffer... Drawn over `box` = x, y, width, height. */
export function finish(sketch: Sketch, look: Look, box: readonly [number, number, number, number]): string {
  const [x, y, width, height] = box;
  const area = svg`x="${x}" y="${y}" width="${width}" height="${height}"`;
  switch (look.material) {
    case 'Denim':
      return svg`<rect ${area} fill="${linear(sketch, [
        [0, '#ffffff', 0],
        [0.3, '#ffffff', 0.28],
        [0.5, '#ffffff', 0],
        [0.72, '#ffffff', 0.26],
        [1, '#ffffff', 0],
      ])}"/>${grain(sketch, area, 70, 0.3)}`;
    case 'Leather':
      return svg`<rect ${area} fill="${linear(
        sketch,
        [
          [0, '#ffffff', 0.05],
          [0.22, '#ffffff', 0.26],
          [0.36, '#ffffff', 0.02],
          [0.66, '#ffffff', 0.2],
          [0.8, '#ffffff', 0],
        ],
        [0, 0, 1, 0.25],
      )}"/>${grain(sketch, area, 110, 0.08)}`;
    case 'Satin':
    case 'Silk':
      return svg`<rect ${area} fill="${linear(
        sketch,
        [
          [0, '#ffffff', 0],
          [0.28, '#ffffff', 0.3],
          [0.42, '#ffffff', 0],
          [0.6, '#ffffff', 0.22],
          [0.8, '#ffffff', 0],
        ],
        [0, 0, 1, 0.2],
      )}"/>`;
    default:
      return svg`<rect ${area} fill="${linear(sketch, [
        [0, '#05060c', 0.1],
        [0.4, '#ffffff', 0.1],
        [1, '#05060c', 0.12],
      ])}"/>`;
  }
}

/** Fine dark and light specks over an area, as of woven or tanned stuff; the size is the tile's that they repeat in. */
export function grain(sketch: Sketch, area: string, size: number, strength: number): string {
  const random = createRandom('grain');
  let [dark, light] = ['', ''];
  for (let i = 0; i < 90; i++) {
    const speck = svg`M${random.between(0, size)} ${random.between(0, size)}h${size * 0.025}`;
    if (i % 2 === 0) dark += speck;
    else light += speck;
  }
  const specks = tile(
    sketch,
    size,
    size,
    svg`<g stroke-width="${size * 0.025}"><path d="${dark}" stroke="#05060c"/><path d="${light}" stroke="#ffffff"/></g>`,
    17,
  );
  return svg`<rect ${area} fill="${specks}" opacity="${strength}"/>`;
}
