import type { SearchQuery } from '../generated/operations.ts';
import { explaining, pending, shown } from '../search/results.ts';
import { count, duration } from '../wording.ts';
import { statementsAsText } from './copied-text.ts';
import { copy } from './copy.ts';
import { Icon } from './icon.tsx';

type Plan = NonNullable<SearchQuery['searchProducts']['plan']>;

const STRATEGIES: Readonly<Record<Plan['strategy'], string>> = {
  EXACT: 'Every vector that satisfies the filter was compared: nothing can have been missed.',
  HNSW: 'The HNSW index was scanned until enough products had passed the filter.',
  SKETCH: 'Sketches of a few bytes each were compared first, then the vectors of the nearest of them.',
  NONE: 'No vectors took part: the filter and the order alone.',
};

const STAGES: Readonly<Record<string, string>> = {
  WINDOW: 'the kept ranking is read',
  FILTER: 'what the filter names is looked up',
  WORDS: 'words are understood',
  VECTORS: 'terms become vectors',
  RANKING: 'products are found and ranked',
  VARIETY: 'a varied page is chosen',
  PAGE: 'the page is cut and kept',
};

/** How the search on screen was carried out: the plan, what each stage took, and each statement. */
export function Explanation() {
  if (!explaining.value) return null;
  const page = shown.value?.page;
  return (
    <section id="explanation" class="panel explanation" aria-labelledby="explanation-title">
      <h2 id="explanation-title">How it was found</h2>
      {page?.plan == null ? (
        <p class="fine">
          {pending.value ? 'Asking ...' : 'This shop does not show how it searches (LOOKGRAPH_EXPLAIN).'}
        </p>
      ) : (
        <Told plan={page.plan} model={page.model ?? null} />
      )}
    </section>
  );
}

function Told({
  plan,
  model,
}: {
  readonly plan: Plan;
  readonly model: NonNullable<SearchQuery['searchProducts']['model']> | null;
}) {
  const longest = Math.max(...plan.stages.map(({ milliseconds }) => milliseconds), Number.EPSILON);
  return (
    <>
      <p>{STRATEGIES[plan.strategy]}</p>
      <dl class="figures">
        <Figure name="All together" value={duration(plan.milliseconds)} />
        {plan.candidates !== null && <Figure name="Products that satisfy the filter" value={count(plan.candidates)} />}
        {plan.examined !== null && <Figure name="Vectors compared" value={count(plan.examined)} />}
        {model !== null && <Figure name="Model" value={`${model.name}, ${count(model.dimensions)} numbers`} />}
      </dl>
      <h3>Stages</h3>
      <ul class="stages">
        {plan.stages.map(({ name, milliseconds }) => (
          <li key={name}>
            <span class="stage-name">
              <b>{name.toLowerCase()}</b> {STAGES[name]}
            </span>
            <span class="bar" style={{ '--share': milliseconds / longest }} />
            <span class="stage-time">{duration(milliseconds)}</span>
          </li>
        ))}
      </ul>
      <div class="statements-head">
        <h3>Statements, as they ran</h3>
        <button type="button" class="small" onClick={() => void copy('SQL', async () => statementsAsText(plan))}>
          <Icon name="copy" /> All of them
        </button>
      </div>
      <ol class="statements">
        {plan.statements.map((statement, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: statements have nothing else to tell them apart.
          <li key={i}>
            <details>
              <summary>
                <b>{statement.stage?.toLowerCase() ?? 'between two stages'}</b> <code>{firstWords(statement.sql)}</code>{' '}
                <span class="stage-time">{duration(statement.milliseconds)}</span>
              </summary>
              <pre>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keys. */}
                <code tabIndex={0}>{statement.sql}</code>
              </pre>
            </details>
          </li>
        ))}
      </ol>
      {plan.searchId != null && <Again id={plan.searchId} />}
    </>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** For analysts: the same search, as a function. */
function Again({ id }: { readonly id: string }) {
  const sql = `select * from analytics.search_products('${id}');`;
  return (
    <p class="again">
      The same products again, in psql: <code>{sql}</code>
      <button type="button" class="small" onClick={() => void copy('SQL', async () => sql)}>
        <Icon name="copy" /> Copy
      </button>
    </p>
  );
}

/** Enough of a statement to recognise it. */
function firstWords(sql: string): string {
  const lines = sql.split('\n').filter((line) => !line.startsWith('--') && !line.startsWith('\\'));
  return lines.join(' ').replace(/\s+/g, ' ').slice(0, 90);
}
