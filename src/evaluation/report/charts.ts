import { type Html, html } from './html.ts';

/** A mean, 0 to 1, and its confidence interval where it was measured. */
export interface Bar {
  /** The same for what belongs together, 0 to 3: the place of its configuration. */
  readonly color: number;
  readonly label: string;
  readonly mean: number;
  readonly interval?: { readonly low: number; readonly high: number };
  /** Written behind the figure: `12 queries`. */
  readonly note?: string;
}

/** Bars that belong together: a metric at several numbers of results, one for each configuration. */
export interface BarGroup {
  readonly label: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 780;
const LABEL_WIDTH = 280;
const FIGURE_WIDTH = 170;
const BAR_HEIGHT = 16;
const ROW_HEIGHT = 22;
const TITLE_HEIGHT = 26;

/** Horizontal bars from 0 to 100 %, with a line for each confidence interval. @param title - read out to those who cannot see it */
export function barChart(title: string, groups: readonly BarGroup[]): Html {
  const rows: Html[] = [];
  let y = 0;
  for (const { label, bars } of groups) {
    if (label !== '') {
      rows.push(html`<text class="group" x="0" y="${y + 17}">${label}</text>`);
      y += TITLE_HEIGHT;
    }
    for (const bar of bars) {
      rows.push(barRow(bar, y));
      y += ROW_HEIGHT;
    }
  }
  return html`<svg role="img" viewBox="0 0 ${WIDTH} ${y + 4}" width="${WIDTH}"><title>${title}</title>${rows}</svg>`;
}

function barRow({ color, label, mean, interval, note }: Bar, y: number): Html {
  const scale = (share: number) => round(LABEL_WIDTH + share * (WIDTH - LABEL_WIDTH - FIGURE_WIDTH));
  const middle = y + BAR_HEIGHT / 2;
  const figure = `${(100 * mean).toFixed(1)} %${note === undefined ? '' : `, ${note}`}`;
  const line = interval === undefined ? '' : intervalLine(scale(interval.low), scale(interval.high), middle);
  return html`<g>
    <text class="label" x="${LABEL_WIDTH - 8}" y="${y + 13}">${shortened(label)}<title>${label}</title></text>
    <rect class="track" x="${LABEL_WIDTH}" y="${y}" width="${round(scale(1) - LABEL_WIDTH)}" height="${BAR_HEIGHT}"/>
    <rect class="bar color-${color % 4}" x="${LABEL_WIDTH}" y="${y}" width="${round(scale(mean) - LABEL_WIDTH)}" height="${BAR_HEIGHT}"/>
    ${line}
    <text class="figure" x="${scale(1) + 8}" y="${y + 13}">${figure}</text></g>`;
}

function intervalLine(from: number, to: number, y: number): Html {
  return html`<path class="interval" d="M${from} ${y}H${to}M${from} ${y - 4}v8M${to} ${y - 4}v8"/>`;
}

/** What fits beside a bar: the end of a category says more than its beginning. */
function shortened(label: string): string {
  const fits = 36;
  return label.length <= fits ? label : `…${label.slice(label.length - fits + 1)}`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
