import { byStyle, type Draw } from './look.ts';
import { mix, shade } from './palette.ts';
import { linear, type Sketch, softSpot, svg, volume } from './sketch.ts';

/** Lipsticks with their cap beside them. The look's accent is the case. */
export const lipstick: Draw = (sketch, look) => {
  const stick = 'M216 318 L216 240 C216 196 262 150 292 146 C300 150 304 160 304 176 L304 318Z';
  const tube = cylinder(sketch, 200, 318, 120, 96, look.accent === '#1c1c20' ? '#d2a541' : shade(look.accent, 0.35));
  const base = cylinder(sketch, 184, 410, 152, 250, look.accent);
  const lid = cylinder(sketch, 366, 396, 132, 264, look.accent);
  const tip = svg`<path d="M222 236 C232 200 268 168 290 162 C292 196 270 240 222 236Z" fill="#ffffff" opacity="0.22"/>`;
  return svg`${softSpot(sketch, [320, 664, 210.8, 24.8], '#101218', 0.4)}${volume(sketch, stick, {
    fill: linear(sketch, [
      [0, shade(look.color, -0.25)],
      [0.3, shade(look.color, 0.2)],
      [0.55, look.color],
      [1, shade(look.color, -0.35)],
    ]),
    rim: 14,
    depth: 0.3,
    inside: tip,
  })}${tube}${base}${lid}<rect x="184" y="424" width="152" height="10" fill="#e8cf8c" opacity="0.9"/><rect x="366" y="636" width="132" height="10" fill="#e8cf8c" opacity="0.9"/>`;
};

/** Nail polish: `square`, `round` or `tall` bottle under a long cap. */
export const nailPolish: Draw = (sketch, look) => {
  const bottle = byStyle(
    {
      square:
        'M210 420 Q210 396 234 396 L366 396 Q390 396 390 420 L396 640 Q396 664 372 664 L228 664 Q204 664 204 640Z',
      round:
        'M252 396 L348 396 C352 420 412 450 412 540 C412 620 370 664 300 664 C230 664 188 620 188 540 C188 450 248 420 252 396Z',
      tall: 'M238 380 L362 380 Q372 400 378 440 L384 640 Q384 664 362 664 L238 664 Q216 664 216 640 L222 440 Q228 400 238 380Z',
    },
    look.style,
  );
  const glass = linear(sketch, [
    [0, shade(look.color, -0.35)],
    [0.18, shade(look.color, 0.3)],
    [0.34, look.color],
    [0.75, shade(look.color, -0.12)],
    [1, shade(look.color, -0.45)],
  ]);
  const shine = svg`<path d="M232 440 C226 500 226 580 232 636 L246 640 C240 580 240 500 248 436Z" fill="#ffffff" opacity="0.6"/><path d="M368 440 C374 500 374 580 368 640" fill="none" stroke="#ffffff" stroke-opacity="0.35" stroke-width="6"/><rect x="200" y="646" width="200" height="20" fill="#ffffff" opacity="0.25"/>`;
  const cap = cylinder(sketch, 250, 120, 100, 262, look.accent);
  return svg`${softSpot(sketch, [310, 668, 139.6, 22.6], '#101218', 0.4)}<rect x="262" y="374" width="76" height="26" fill="#c9ccd1"/>${volume(sketch, bottle, { fill: glass, rim: 22, depth: 0.3, inside: shine })}${cap}<rect x="250" y="356" width="100" height="9" fill="#e8cf8c" opacity="${look.accent === '#1c1c20' ? 1 : 0.3}"/>`;
};

/** Perfume in a glass bottle: `square`, `flask`, `oval`, `spray`. */
export const perfume: Draw = (sketch, look) => {
  const bottle = byStyle(
    {
      square:
        'M160 330 Q160 306 184 306 L416 306 Q440 306 440 330 L440 640 Q440 664 416 664 L184 664 Q160 664 160 640Z',
      flask:
        'M254 306 L346 306 C360 340 440 430 460 560 C466 630 440 664 400 664 L200 664 C160 664 134 630 140 560 C160 430 240 340 254 306Z',
      oval: 'M300 296 C400 296 456 380 456 484 C456 590 400 664 300 664 C200 664 144 590 144 484 C144 380 200 296 300 296Z',
      spray: 'M222 300 Q224 276 250 270 L350 270 Q376 276 378 300 L382 640 Q382 664 358 664 L242 664 Q218 664 218 640Z',
    },
    look.style,
  );
  const glass = linear(sketch, [
    [0, shade(look.color, -0.2)],
    [0.14, shade(look.color, 0.55)],
    [0.3, shade(look.color, 0.1)],
    [0.72, look.color],
    [0.9, shade(look.color, 0.4)],
    [1, shade(look.color, -0.3)],
  ]);
  const level = svg`<path d="M120 300 H480 V390 C400 400 200 400 120 390Z" fill="#ffffff" opacity="0.4"/><rect x="120" y="636" width="360" height="40" fill="#ffffff" opacity="0.35"/><path d="M196 330 C180 420 180 560 196 640 L214 640 C200 560 200 420 216 330Z" fill="#ffffff" opacity="0.55"/><path d="M300 392 V640" stroke="#ffffff" stroke-opacity="0.45" stroke-width="5"/>`;
  const label = svg`<rect x="246" y="470" width="108" height="84" rx="3" fill="#fbfaf6" opacity="0.92" stroke="${mix(look.accent, '#000000', 0.2)}" stroke-width="2"/><path d="M300 484 l8 16 l17 2 l-13 11 l4 17 l-16 -9 l-16 9 l4 -17 l-13 -11 l17 -2Z" fill="${look.accent}"/><rect x="266" y="538" width="68" height="5" fill="#555" opacity="0.6"/>`;
  const neck = cylinder(sketch, 262, look.style === 'spray' ? 236 : 262, 76, 46, '#c8ccd2');
  const stopper =
    look.style === 'oval'
      ? svg`<circle cx="300" cy="206" r="62" fill="${linear(
          sketch,
          [
            [0, shade(look.accent, 0.6)],
            [0.5, look.accent],
            [1, shade(look.accent, -0.4)],
          ],
          [0, 0, 1, 1],
        )}" stroke="#05060c" stroke-opacity="0.3"/>`
      : cylinder(sketch, 240, look.style === 'spray' ? 130 : 150, 120, look.style === 'spray' ? 110 : 116, look.accent);
  return svg`${softSpot(sketch, [310, 668, 180.8, 24.8], '#101218', 0.4)}${neck}${volume(sketch, bottle, { fill: glass, rim: 24, depth: 0.26, inside: level })}${label}${stopper}`;
};

/** An upright cylinder of polished plastic or metal. */
function cylinder(sketch: Sketch, x: number, y: number, width: number, height: number, color: string): string {
  const fill = linear(sketch, [
    [0, shade(color, -0.4)],
    [0.16, shade(color, 0.15)],
    [0.28, shade(color, 0.65)],
    [0.42, shade(color, 0.1)],
    [0.75, shade(color, -0.15)],
    [0.92, shade(color, 0.25)],
    [1, shade(color, -0.35)],
  ]);
  return svg`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="7" fill="${fill}" stroke="#05060c" stroke-opacity="0.3"/><ellipse cx="${x + width / 2}" cy="${y + 5}" rx="${width / 2 - 4}" ry="5" fill="#ffffff" opacity="0.25"/>`;
}
