/** One line of a chart: a value for each size. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [products: number, milliseconds: number])[];
}

const WIDTH = 720;
const HEIGHT = 360;
const MARGIN = { left: 56, right: 150, top: 24, bottom: 44 };
/** Told apart by hue and by lightness, on white and on black. */
const COLOURS = ['#2563eb', '#d97706', '#059669', '#db2777'];

/** A line chart as SVG: products to the right, milliseconds upwards, both logarithmic, since they grow by factors. */
export function growthChart(title: string, lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points);
  const x = logarithmic(
    all.map(([products]) => products),
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const y = logarithmic(
    all.map(([, milliseconds]) => milliseconds),
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  );
  const sizes = [...new Set(all.map(([products]) => products))].sort((a, b) => a - b);
  const columns = sizes.map((size) => {
    const at = place(x(size));
    return `<line x1="${at}" y1="${MARGIN.top}" x2="${at}" y2="${HEIGHT - MARGIN.bottom}" class="grid"/><text x="${at}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${size.toLocaleString('en')}</text>`;
  });
  const rows = ticks(all.map(([, milliseconds]) => milliseconds)).map((tick) => {
    const at = place(y(tick));
    return `<line x1="${MARGIN.left}" y1="${at}" x2="${WIDTH - MARGIN.right}" y2="${at}" class="grid"/><text x="${MARGIN.left - 6}" y="${at + 4}" text-anchor="end">${tick}</text>`;
  });
  const drawn = lines.map(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const path = points.map(([products, milliseconds]) => `${place(x(products))},${place(y(milliseconds))}`).join(' ');
    const dots = points.map(
      ([products, milliseconds]) =>
        `<circle cx="${place(x(products))}" cy="${place(y(milliseconds))}" r="3" fill="${colour}"/>`,
    );
    const at = MARGIN.top + 14 + index * 20;
    const key = `<line x1="${WIDTH - MARGIN.right + 12}" y1="${at - 4}" x2="${WIDTH - MARGIN.right + 32}" y2="${at - 4}" stroke="${colour}" stroke-width="2"/><text x="${WIDTH - MARGIN.right + 38}" y="${at}">${name}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${key}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<style>text{font:12px system-ui,sans-serif;fill:#6b7280}.grid{stroke:#9ca3af;stroke-opacity:.3}</style>
${[...columns, ...rows, ...drawn].join('\n')}
<text x="${MARGIN.left}" y="14">milliseconds</text>
<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">products</text>
</svg>
`;
}

/** From values to places between two ends. */
function logarithmic(values: readonly number[], [first, last]: readonly [number, number]): (value: number) => number {
  const least = Math.log(Math.min(...values));
  const most = Math.log(Math.max(...values));
  return (value) => (most === least ? first : first + ((Math.log(value) - least) / (most - least)) * (last - first));
}

/** 1, 2, 5, 10, 20 and so on, as far as there are values. */
function ticks(values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return [1, 10, 100, 1000].flatMap((ten) => [ten, 2 * ten, 5 * ten]).filter((tick) => tick >= least && tick <= most);
}

function place(value: number): number {
  return Math.round(value * 10) / 10;
}
