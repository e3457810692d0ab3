import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { asFailure } from '../api/failure.ts';
import { type CatalogueQuery, type ImportFailuresFragment, MoreFailuresDocument } from '../generated/operations.ts';
import { count, counted, dateTime, percent, timeSpan } from '../wording.ts';

type Import = CatalogueQuery['imports']['nodes'][number];

const STATES: Readonly<Record<Import['state'], string>> = {
  RUNNING: 'Running',
  COMPLETED: 'Completed',
  INTERRUPTED: 'Interrupted',
  FAILED: 'Failed',
};

const PHASES: Readonly<Record<NonNullable<Import['progress']>['phase'], { now: string; unit: string }>> = {
  FETCHING: { now: 'Fetching the feed', unit: '' },
  READING: { now: 'Reading the feed', unit: 'rows' },
  EMBEDDING: { now: 'Making vectors', unit: 'pictures and texts' },
  INDEXING: { now: 'Looking after the indexes', unit: '' },
};

/** An import tells of itself with each batch, which takes seconds; only the indexes of a large shop take minutes, without a word. */
const SILENT_MS = 120_000;

const FAILURES_PER_PAGE = 50;

/** The imports, the latest first: how far the one that runs is, what became of the others, and what failed. */
export function Imports({ imports, more }: { readonly imports: readonly Import[]; readonly more: boolean }) {
  return (
    <section aria-labelledby="imports-title">
      <h2 id="imports-title">Imports</h2>
      {imports.length === 0 && (
        <div class="empty">
          <h3>Nothing was imported yet.</h3>
          <p>
            <code>npx lookgraph import products.tsv</code> reads a feed.
          </p>
        </div>
      )}
      <ul class="imports">
        {imports.map((each) => (
          <li key={each.id} class="panel">
            <ImportRun run={each} />
          </li>
        ))}
      </ul>
      {more && <p class="fine">Older ones are in the API.</p>}
    </section>
  );
}

function ImportRun({ run }: { readonly run: Import }) {
  const failed = run.productsFailed + run.imagesFailed;
  return (
    <>
      <div class="panel-head">
        <h3>{run.source}</h3>
        <span class={`state is-${run.state.toLowerCase()}`}>{STATES[run.state]}</span>
      </div>
      <p class="fine">
        {run.format === null ? '' : `${run.format}, `}
        {dateTime(run.startedAt)}
        {run.finishedAt !== null && `, took ${timeSpan(secondsBetween(run.startedAt, run.finishedAt))}`}
      </p>
      {run.progress !== null && <Progress progress={run.progress} />}
      {run.failure !== null && <p class="problem">{run.failure}</p>}
      <dl class="figures">
        <Figure name="new" value={run.productsCreated} />
        <Figure name="changed" value={run.productsUpdated} />
        <Figure name="as before" value={run.productsUnchanged} />
        <Figure name="pictures searchable" value={run.imagesEmbedded} />
        <Figure name="rows refused" value={run.productsFailed} bad />
        <Figure name="pictures failed" value={run.imagesFailed} bad />
      </dl>
      {failed > 0 && <Failures id={run.id} first={run.failures} number={failed} />}
    </>
  );
}

function Progress({ progress }: { readonly progress: NonNullable<Import['progress']> }) {
  const { phase, share, perSecond, secondsLeft, updatedAt } = progress;
  const { now, unit } = PHASES[phase];
  const silent = Date.now() - Date.parse(updatedAt);
  if (phase !== 'INDEXING' && silent > SILENT_MS) {
    return (
      <p class="problem">
        {now}; no sign of life for {timeSpan(silent / 1_000)}. If its process was stopped, run the import again: it goes
        on from there.
      </p>
    );
  }
  const rate = perSecond === null ? '' : `, ${count(Math.round(perSecond))} ${unit} a second`;
  return (
    <div class="coverage">
      <div class="coverage-words">
        <span>
          {now}
          {rate}
        </span>
        <span>{secondsLeft === null ? '' : `${timeSpan(secondsLeft)} left`}</span>
      </div>
      <div
        class={`meter ${share === null ? 'is-unknown' : ''}`}
        role="progressbar"
        aria-label={now}
        aria-valuetext={share === null ? 'under way' : percent(share)}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ '--share': share ?? 0.3 }} />
      </div>
    </div>
  );
}

function Figure({
  name,
  value,
  bad = false,
}: {
  readonly name: string;
  readonly value: number;
  readonly bad?: boolean;
}) {
  return (
    <div class={value === 0 ? 'is-zero' : bad ? 'is-bad' : ''}>
      <dt>{name}</dt>
      <dd>{count(value)}</dd>
    </div>
  );
}

/** What failed, each with its reason; more of them on demand. */
function Failures({
  id,
  first,
  number,
}: {
  readonly id: string;
  readonly first: ImportFailuresFragment;
  readonly number: number;
}) {
  const further = useSignal<readonly ImportFailuresFragment[]>([]);
  const problem = useSignal<string | null>(null);
  const pages = [first, ...further.value];
  const last = pages.at(-1)?.pageInfo;
  const readOn = async () => {
    if (last?.endCursor == null) return;
    try {
      const { node } = await ask(MoreFailuresDocument, { id, first: FAILURES_PER_PAGE, after: last.endCursor });
      if (node != null && 'failures' in node) further.value = [...further.value, node.failures];
      problem.value = null;
    } catch (error) {
      problem.value = asFailure(error, false)?.message ?? null;
    }
  };
  return (
    <details class="failures">
      <summary>{counted(number, 'failure')}, and why</summary>
      <div class="scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Product</th>
              <th scope="col">What was wrong</th>
            </tr>
          </thead>
          <tbody>
            {pages
              .flatMap(({ nodes }) => nodes)
              .map((each, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end.
                <tr key={i}>
                  <td>{each.line ?? ''}</td>
                  <td>{each.sku ?? ''}</td>
                  <td>
                    {each.reason}
                    {each.imageSource !== null && <small class="source">{each.imageSource}</small>}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      {problem.value !== null && <p class="problem">{problem.value}</p>}
      {last?.hasNextPage && (
        <button type="button" class="small" onClick={() => void readOn()}>
          Show more
        </button>
      )}
    </details>
  );
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1_000;
}
