import { describe, expect, it } from 'vitest';
import { lightness, mix, shade } from '../../../demo/palette.ts';
import { createSketch, linear, softStroke, svg, symmetric } from '../../../demo/sketch.ts';

describe('svg', () => {
  it('cuts numbers to three decimals, so that the last digits of a machine do not show', () => {
    expect(svg`<circle r="${1 / 3}" cx="${2}" fill="${'#fff'}"/>`).toBe('<circle r="0.333" cx="2" fill="#fff"/>');
  });
});

describe('createSketch', () => {
  it('defines what is the same once, and what differs twice', () => {
    const sketch = createSketch();
    const first = linear(sketch, [[0, '#000000']]);
    const again = linear(sketch, [[0, '#000000']]);
    const other = linear(sketch, [[0, '#ffffff']]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(sketch.definitions().match(/<linearGradient/g)).toHaveLength(2);
  });
});

describe('symmetric', () => {
  it('closes the right half with its mirror image, lines and curves', () => {
    const path = symmetric(
      [300, 0],
      [
        [400, 10],
        [420, 20, 430, 30, 410, 40],
        [300, 50],
      ],
    );
    expect(path).toBe('M300 0 L400 10 C420 20 430 30 410 40 L300 50 L190 40 C170 30 180 20 200 10 L300 0 Z');
  });

  it('joins the halves where the right one does not end on the axis', () => {
    expect(symmetric([300, 0], [[400, 10]])).toBe('M300 0 L400 10 L200 10 L300 0 Z');
  });
});

describe('softStroke', () => {
  it('covers the middle of the line by as much as was asked', () => {
    const stroke = softStroke('M0 0 L10 0', 20, '#000000', 0.5);
    const layers = stroke.match(/<path/g)?.length ?? 0;
    const layer = Number(/stroke-opacity="([\d.]+)"/.exec(stroke)?.[1]);
    expect(1 - (1 - layer) ** layers).toBeCloseTo(0.5, 2);
  });
});

describe('colours', () => {
  it('mix by share, and shade towards black and white', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
    expect(shade('#804020', -1)).toBe('#000000');
    expect(shade('#804020', 1)).toBe('#ffffff');
    expect(shade('#804020', 0)).toBe('#804020');
  });

  it('are light or dark as the eye sees them: green is lighter than blue', () => {
    expect(lightness('#ffffff')).toBe(1);
    expect(lightness('#000000')).toBe(0);
    expect(lightness('#00ff00')).toBeGreaterThan(lightness('#0000ff'));
  });
});
