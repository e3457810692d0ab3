import type { EvaluationFragment, MeasureFragment } from '../generated/operations.ts';
import { count, counted, dateTime, duration, signed } from '../wording.ts';

type Configuration = EvaluationFragment['configurations'][number];

/** The latest report of `lookgraph evaluate`: what it found, in sentences, then the figures. */
export function Evaluation({ evaluation }: { readonly evaluation: EvaluationFragment | null }) {
  return (
    <section aria-labelledby="evaluation-title">
      <h2 id="evaluation-title">How good the search is</h2>
      {evaluation === null ? (
        <div class="empty">
          <h3>It was not measured yet.</h3>
          <p>
            <code>npx lookgraph evaluate --self</code> asks the shop with its own pictures and says what it finds.
          </p>
        </div>
      ) : (
        <Report report={evaluation} />
      )}
    </section>
  );
}

function Report({ report }: { readonly report: EvaluationFragment }) {
  const [baseline, ...others] = report.configurations;
  return (
    <div class="panel evaluation">
      <p class="fine">
        {dateTime(report.createdAt)}, {counted(report.queryCount, 'query', 'queries')}{' '}
        {report.querySource === 'FILE' ? `of ${report.queryFile ?? 'a file'}` : 'made of the catalogue’s own pictures'}
        {report.distortions.length > 0 && `, altered by ${report.distortions.join(', ')}`}; model {report.modelName}{' '}
        {report.modelVersion}
      </p>
      <ul class="findings">
        {report.findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
      {baseline !== undefined && <Measures configuration={baseline} />}
      {baseline !== undefined && baseline.weakest.length > 0 && (
        <>
          <h3>Where it is weakest, by {baseline.weakest[0]?.measure.label}</h3>
          <ul class="measures">
            {baseline.weakest.map(({ name, measure }) => (
              <MeasureRow key={name} name={name} measure={measure} />
            ))}
          </ul>
        </>
      )}
      {others.map((each) => (
        <Compared key={each.name} configuration={each} baseline={baseline?.name ?? ''} />
      ))}
    </div>
  );
}

/** What says most: what a carousel of three shows, and whether the product is the first. */
function isHeadline({ metric, k }: Configuration['measures'][number]): boolean {
  if (k === 1) return metric === 'SAME_PRODUCT';
  return k === 3 && ['SAME_PRODUCT', 'SAME_SUB_CATEGORY', 'SAME_CATEGORY', 'GOT_RESULTS', 'NDCG'].includes(metric);
}

function Measures({ configuration }: { readonly configuration: Configuration }) {
  const { name, measures, queriesPerSecond, p50Milliseconds, p95Milliseconds } = configuration;
  const shares = measures.filter(isShare);
  const rest = shares.filter((each) => !isHeadline(each));
  return (
    <>
      <h3>Figures{name === 'default' ? '' : ` of ${name}`}</h3>
      <MeasureList measures={shares.filter(isHeadline)} />
      {rest.length > 0 && (
        <details>
          <summary>{counted(rest.length, 'figure', 'figures')} more</summary>
          <MeasureList measures={rest} />
        </details>
      )}
      <p class="fine">
        Lines show 95 % confidence. Half of the queries took at most {duration(p50Milliseconds)}, 95 of 100 at most{' '}
        {duration(p95Milliseconds)}; {count(Math.round(queriesPerSecond))} a second.
      </p>
    </>
  );
}

function MeasureList({ measures }: { readonly measures: Configuration['measures'] }) {
  return (
    <ul class="measures">
      {measures.map((each) => (
        <MeasureRow key={each.label} name={each.label} measure={each} />
      ))}
    </ul>
  );
}

/** What is between 0 and 1 by its nature, and so can be drawn on one scale. */
function isShare({ metric }: Configuration['measures'][number]): boolean {
  return metric !== 'CATEGORY_SPREAD' && metric !== 'REPEATED_PRODUCTS';
}

function MeasureRow({ name, measure }: { readonly name: string; readonly measure: MeasureFragment }) {
  const { value, low, high, meaning, queryCount } = measure;
  return (
    <li title={`${meaning} ${counted(queryCount, 'query', 'queries')}.`}>
      <span class="measure-name">{name}</span>
      <span class="measure-bar" style={{ '--share': value, '--low': low, '--high': high }} aria-hidden="true" />
      <span class="measure-value">{oneDecimal(value)}</span>
      <span class="measure-range">
        {oneDecimal(low)} to {oneDecimal(high)}
      </span>
    </li>
  );
}

/** How another way of asking differs from the first. */
function Compared({ configuration, baseline }: { readonly configuration: Configuration; readonly baseline: string }) {
  const compared = configuration.measures.filter(({ difference }) => difference != null);
  const rest = compared.filter((each) => !isHeadline(each));
  return (
    <>
      <h3>
        {configuration.name}, compared with {baseline}
      </h3>
      <Differences measures={compared.filter(isHeadline)} />
      {rest.length > 0 && (
        <details>
          <summary>{counted(rest.length, 'figure', 'figures')} more</summary>
          <Differences measures={rest} />
        </details>
      )}
    </>
  );
}

function Differences({ measures }: { readonly measures: Configuration['measures'] }) {
  const differences = measures.flatMap(({ label, difference }) => (difference == null ? [] : [{ label, difference }]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, and the keyboard must be able to do that.
    <section class="scrolls" aria-label="Differences" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Difference</th>
            <th scope="col">95 % confidence</th>
            <th scope="col">p</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ label, difference }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{signed(difference.value)}</td>
              <td>
                {signed(difference.low)} to {signed(difference.high)}
              </td>
              <td>{difference.pValue < 0.001 ? '< 0.001' : difference.pValue.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** 0.8444 as "84.4 %". */
function oneDecimal(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
