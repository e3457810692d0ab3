import { EXCHANGES, RESAMPLES } from '../confidence.ts';
import { enoughQueries, type Group } from '../confusions.ts';
import { DEFINITIONS, metricLabel } from '../definitions.ts';
import { type EvaluatedRun, type Evaluation, findMetric, type MeasuredMetric } from '../evaluation.ts';
import { howSure } from '../findings.ts';
import { METRICS, RANKS } from '../measures.ts';
import { type Bar, barChart } from './charts.ts';
import { confusedPictures, type Thumbnails } from './confused-pictures.ts';
import { type Html, html } from './html.ts';
import { STYLE } from './style.ts';

/** Groups that the chart of groups shows, the worst first. */
const GROUPS_SHOWN = 20;
const CHARTED = ['SAME_PRODUCT', 'SAME_SUB_CATEGORY', 'SAME_CATEGORY'] as const;
/** Shares are charted and shown in per cent; these are counts. */
const COUNTS: readonly string[] = ['CATEGORY_SPREAD', 'REPEATED_PRODUCTS'];

/**
 * One page that needs nothing else, neither network nor scripts: findings, charts, mistakes with their pictures, all figures, definitions.
 *
 * @param thumbnails - of the pictures that `reportPictures` lists for the first configuration; a missing one leaves a grey field
 * @returns HTML
 */
export function reportPage(evaluation: Evaluation, thumbnails: Thumbnails): string {
  const [base] = evaluation.configurations;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Search quality, ${dayOf(evaluation)}</title><style>${{ markup: STYLE }}</style></head><body>
<h1>How good the search is</h1>
<p class="facts">${factsOf(evaluation)}</p>
<ul class="findings">${evaluation.findings.map((finding) => html`<li>${finding}</li>`)}</ul>
<h2>What shoppers see</h2>
${CHARTED.map((metric) => rankChart(evaluation, metric))}
<p>The lines are 95 % confidence intervals: asked with other queries of the same kind, that is where to expect the figure.</p>
<h2>Where it is weak</h2>
${groupChart(base)}
<h2>What is taken for what</h2>
${confusedPictures(base, thumbnails)}
${comparison(evaluation)}
<h2>By group</h2>
${sliceTable(base)}
<h2>All figures</h2>
${metricTable(evaluation)}
<h2>What the figures mean</h2>
${definitions()}
</body></html>
`;
  return page.markup;
}

function dayOf({ createdAt }: Evaluation): string {
  return createdAt.toISOString().slice(0, 10);
}

function factsOf(evaluation: Evaluation): string {
  const { source, queryCount, model, sampling } = evaluation;
  const asked =
    source.kind === 'FILE'
      ? `queries of ${source.file}`
      : source.distortions.length > 0
        ? `distorted copies of the catalogue's pictures (${source.distortions.join(', ')})`
        : 'pictures of the catalogue, each left out of its own results';
  const drawn = sampling.sample === undefined ? '' : `, drawn with seed ${sampling.seed}`;
  return `${dayOf(evaluation)}: ${queryCount.toLocaleString('en')} ${asked}${drawn}. Model: ${model.name} ${model.version}. Evaluation ${evaluation.id}.`;
}

function rankChart({ configurations }: Evaluation, metric: (typeof CHARTED)[number]): Html {
  const groups = RANKS.map((k) => ({
    label: configurations.length === 1 ? '' : metricLabel(metric, 'NONE', k),
    bars: configurations.flatMap((each, color): Bar[] => {
      const figure = findMetric(each, { metric, target: 'NONE', k });
      if (figure === undefined) return [];
      return [
        {
          color,
          mean: figure.mean,
          interval: figure,
          label: configurations.length === 1 ? metricLabel(metric, 'NONE', k) : each.run.configuration.name,
        },
      ];
    }),
  })).filter(({ bars }) => bars.length > 0);
  if (groups.length === 0) return html``;
  return html`<h3>${DEFINITIONS[metric].meaning}</h3>${barChart(DEFINITIONS[metric].name, groups)}`;
}

function comparison({ configurations: [base, ...others] }: Evaluation): Html {
  return html`${others.map(
    (other) =>
      html`<h2>${other.run.configuration.name} instead of ${base.run.configuration.name}</h2>${differenceTable(base, other)}`,
  )}`;
}

function differenceTable(base: EvaluatedRun, other: EvaluatedRun): Html {
  const differing = other.differences.filter(({ mean }) => mean !== 0);
  if (differing.length === 0) return html`<p>No figure differs.</p>`;
  return html`<table><thead><tr><th>metric<th>${base.run.configuration.name}<th>${other.run.configuration.name}<th>difference<th>95 % interval<th>is it real?</tr></thead>
    <tbody>${differing.map((difference) => {
      const { metric, target, k, mean, low, high } = difference;
      const value = (run: EvaluatedRun) => {
        const figure = findMetric(run, difference);
        return figure === undefined ? '' : written(metric, figure.mean);
      };
      return html`<tr><td>${metricLabel(metric, target, k)}<td>${value(base)}<td>${value(other)}<td>${signed(metric, mean)}<td>${signed(metric, low)} to ${signed(metric, high)}<td>${howSure(difference)}</tr>`;
    })}</tbody></table>
    <p>Figures that do not differ are left out. Of twenty figures without any real difference one looks "probably real" by chance: look at those that you chose beforehand.</p>`;
}

function groupChart({ groups, grouping, metrics }: EvaluatedRun): Html {
  const shown = groups.filter(({ queries }) => queries >= enoughQueries(grouping)).slice(0, GROUPS_SHOWN);
  if (shown.length === 0) return html`<p>There are not enough queries of one kind.</p>`;
  const what =
    grouping === 'PRODUCT'
      ? 'Queries that show the product in a carousel of three'
      : 'How much of what a carousel of three could show of the same category it shows';
  const bars = shown.map((group): Bar => {
    const { label, queries, atThree } = group;
    const figure = intervalOf(metrics, group, grouping);
    return {
      color: 0,
      label,
      mean: atThree,
      ...(figure && { interval: figure }),
      note: `${queries} queries`,
    };
  });
  return html`<p>${what}, the worst ${shown.length} of those with ${enoughQueries(grouping)} queries or more.</p>${barChart(what, [{ label: '', bars }])}`;
}

/** Categories are a slice and have an interval, of the same figure where they can fill a carousel; products are none. */
function intervalOf(metrics: readonly MeasuredMetric[], { label, atThree }: Group, grouping: EvaluatedRun['grouping']) {
  const wanted = { metric: 'SAME_SUB_CATEGORY', target: 'NONE', k: 3 } as const;
  if (grouping === 'PRODUCT') return undefined;
  const figure = findMetric({ metrics }, wanted, { name: 'category', value: label });
  return figure && Math.abs(figure.mean - atThree) < 1e-9 ? figure : undefined;
}

function sliceTable(run: EvaluatedRun): Html {
  const columns = [
    { metric: 'SAME_PRODUCT', target: 'NONE', k: 1 },
    { metric: 'SAME_PRODUCT', target: 'NONE', k: 3 },
    { metric: 'SAME_SUB_CATEGORY', target: 'NONE', k: 3 },
    { metric: 'SAME_CATEGORY', target: 'NONE', k: 3 },
    { metric: 'AVERAGE_PRECISION', target: 'CATEGORY', k: 10 },
  ] as const;
  const slices = run.metrics.filter(({ metric, k }) => metric === 'GOT_RESULTS' && k === 1);
  return html`<table><thead><tr><th>grouped by<th>group<th>queries${columns.map(({ metric, target, k }) => html`<th>${metricLabel(metric, target, k)}`)}</tr></thead>
    <tbody>${slices.map(
      ({ slice, queries }) =>
        html`<tr><td>${slice.name}<td>${slice.value}<td>${queries}${columns.map((column) => {
          const figure = findMetric(run, column, slice);
          return html`<td>${figure === undefined ? '' : written(column.metric, figure.mean)}`;
        })}</tr>`,
    )}</tbody></table>`;
}

function metricTable({ configurations }: Evaluation): Html {
  const [base] = configurations;
  const rows = base.metrics.filter(({ slice }) => slice.name === 'all');
  return html`<table><thead><tr><th>metric<th>queries${configurations.map(({ run }) => html`<th>${run.configuration.name}<th>95 % interval`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr><td>${metricLabel(row.metric, row.target, row.k)}<td>${row.queries}${configurations.map((each) => {
          const figure = findMetric(each, row);
          if (figure === undefined) return html`<td><td>`;
          const { metric, mean, low, high } = figure;
          return html`<td>${written(metric, mean)}<td>${written(metric, low)} to ${written(metric, high)}`;
        })}</tr>`,
    )}</tbody></table>`;
}

function definitions(): Html {
  return html`<p>Relevant is the expected product (product), or any product of the expected category and below it (category); R is how many there are.
    Figures are means over queries. Intervals: ${RESAMPLES} resamples of the queries. Differences: ${EXCHANGES} random exchanges of the two results of a query.</p>
    <dl>${METRICS.map((metric) => {
      const { name, meaning, formula } = DEFINITIONS[metric];
      return html`<dt>${name}</dt><dd>${meaning}<br><code>${formula}</code></dd>`;
    })}</dl>`;
}

function written(metric: string, value: number): string {
  return COUNTS.includes(metric) ? value.toFixed(2) : `${(100 * value).toFixed(1)} %`;
}

function signed(metric: string, value: number): string {
  return `${value > 0 ? '+' : ''}${written(metric, value)}`;
}
