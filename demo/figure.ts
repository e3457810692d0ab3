import { mix, shade } from './palette.ts';
import { createRandom } from './random.ts';
import { linear, type Sketch, softSpot, svg, symmetric, volume } from './sketch.ts';

/**
 * The figure that wears the clothes, in its own space: 600 wide about x = 300, head at y = 20 to 170, shoulders at 245,
 * waist at 490, crotch at 690, knees at 1010, soles at 1450. Garments are drawn in the same space.
 */
export interface Figure {
  readonly woman: boolean;
  /** Any text: the same text is the same person. */
  readonly person: string;
}

/** Which part of the figure's space a picture of 600 x 800 shows. */
export const VIEWS = {
  upper: 'translate(0 8)',
  lower: 'translate(54 -425) scale(0.82)',
  threeQuarter: 'translate(75 4) scale(0.75)',
  whole: 'translate(141 12) scale(0.53)',
} as const;

const SKINS = ['#f0c9a8', '#e2b08a', '#c68d63', '#9a6543', '#e8bd9c'] as const;
const HAIRS = ['#241a17', '#3b2618', '#5a3b22', '#15131a'] as const;

/** Head, neck and arms, to be drawn before the garment. */
export function upperFigure(sketch: Sketch, figure: Figure): string {
  const { skin, hair } = complexion(figure);
  const w = figure.woman ? 0.88 : 1;
  const x = (value: number) => 300 + (value - 300) * w;
  const skinFill = linear(sketch, [
    [0, shade(skin, 0.1)],
    [0.55, skin],
    [1, shade(skin, -0.2)],
  ]);
  const neck = symmetric(
    [300, 140],
    [
      [x(338), 140],
      [x(340), 190, x(342), 214, x(372), 232],
      [x(420), 246, x(430), 262, x(430), 300],
      [300, 330],
    ],
  );
  const head = symmetric(
    [300, 28],
    [
      [348, 28, 362, 66, 359, 104],
      [356, 140, 330, 176, 300, 178],
    ],
  );
  const arm = symmetric(
    [300, 300],
    [
      [x(400), 262],
      [x(462), 290, x(470), 340, x(478), 410],
      [x(490), 490, x(494), 560, x(484), 640],
      [x(490), 670, x(490), 700, x(476), 722],
      [x(462), 726, x(452), 712, x(450), 690],
      [x(448), 670, x(452), 655, x(452), 640],
      [x(450), 560, x(440), 500, x(428), 420],
      [x(415), 380],
      [300, 380],
    ],
  );
  const backHair = figure.woman
    ? volume(
        sketch,
        symmetric(
          [300, 16],
          [
            [372, 14, 384, 80, 376, 150],
            [372, 200, 392, 250, 370, 300],
            [340, 320, 320, 250, 300, 240],
          ],
        ),
        { fill: hair, depth: 0.25 },
      )
    : '';
  const frontHair = figure.woman
    ? symmetric(
        [300, 12],
        [
          [366, 10, 376, 70, 366, 128],
          [358, 110, 350, 84, 340, 70],
          [322, 62, 310, 58, 300, 58],
        ],
      )
    : symmetric(
        [300, 14],
        [
          [352, 10, 368, 46, 361, 96],
          [356, 84, 352, 72, 346, 62],
          [326, 54, 312, 52, 300, 54],
        ],
      );
  return (
    backHair +
    volume(sketch, arm, { fill: skinFill, rim: 16, depth: 0.28 }) +
    volume(sketch, neck, { fill: skinFill, rim: 14, depth: 0.26 }) +
    svg`${softSpot(sketch, [306, 184, 48.4, 26.4], '#3a1d10', 0.28)}` +
    volume(sketch, head, { fill: skinFill, rim: 26, depth: 0.24, inside: face(sketch, skin, hair) }) +
    volume(sketch, frontHair, { fill: hair, rim: 12, depth: 0.3 })
  );
}

/** Barely there, as on a shop's mannequin: brows, lids, the shadow of a nose and a mouth. */
function face(sketch: Sketch, skin: string, hair: string): string {
  const line = mix(skin, '#5a2418', 0.6);
  return (
    svg`<g fill="none" stroke-linecap="round"><path d="M266 92 q12 -7 24 -1 M312 91 q12 -6 24 1" stroke="${mix(hair, skin, 0.25)}" stroke-width="4"/>` +
    svg`<path d="M269 106 q9 5 19 1 M314 107 q10 4 19 -1" stroke="#2a1a16" stroke-width="4" opacity="0.75"/>` +
    svg`<path d="M303 108 q5 18 2 22 q-4 3 -9 1" stroke="${line}" stroke-width="2.4" opacity="0.6"/></g>` +
    svg`<path d="M283 150 q9 -6 17 -2 q8 -4 17 2 q-16 12 -34 0Z" fill="${mix(skin, '#a8323c', 0.55)}"/>` +
    softSpot(sketch, [262, 128, 24, 22], '#d4574f', 0.2) +
    softSpot(sketch, [338, 128, 24, 22], '#d4574f', 0.2)
  );
}

/** Legs and shoes, to be drawn before the garment. */
export function legs(sketch: Sketch, figure: Figure, options: { shoe?: string } = {}): string {
  const { skin } = complexion(figure);
  const w = figure.woman ? 0.9 : 1;
  const fill = linear(sketch, [
    [0, shade(skin, 0.08)],
    [0.5, skin],
    [1, shade(skin, -0.2)],
  ]);
  const leg = (side: 1 | -1) => {
    const x = (value: number) => 300 + side * value * w;
    return svg`M${x(8)} 640 L${x(112)} 620 C${x(112)} 760 ${x(92)} 900 ${x(84)} 1010 C${x(96)} 1090 ${x(84)} 1200 ${x(66)} 1350 L${x(68)} 1420 L${x(28)} 1420 L${x(30)} 1350 C${x(18)} 1220 ${x(12)} 1120 ${x(18)} 1010 C${x(14)} 900 ${x(8)} 800 ${x(6)} 700 Z`;
  };
  const shoe = options.shoe ?? (figure.woman ? '#2a2324' : '#3a2a22');
  const foot = (side: 1 | -1) => {
    const x = (value: number) => 300 + side * value;
    return svg`M${x(22)} 1396 C${x(40)} 1408 ${x(58)} 1408 ${x(74)} 1396 C${x(92)} 1420 ${x(112)} 1440 ${x(110)} 1456 C${x(96)} 1470 ${x(46)} 1468 ${x(26)} 1458 C${x(18)} 1440 ${x(18)} 1420 ${x(22)} 1396 Z`;
  };
  return ([1, -1] as const)
    .map(
      (side) =>
        volume(sketch, leg(side), { fill, rim: 20, depth: 0.26 }) +
        volume(sketch, foot(side), { fill: shoe, rim: 12, depth: 0.4 }),
    )
    .join('');
}

function complexion(figure: Figure): { skin: string; hair: string } {
  const random = createRandom(`figure ${figure.person}`);
  return { skin: random.pick(SKINS), hair: random.pick(HAIRS) };
}
