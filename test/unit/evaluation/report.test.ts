import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/evaluation/configuration.ts';
import { DEFINITIONS } from '../../../src/evaluation/definitions.ts';
import type { Evaluation } from '../../../src/evaluation/evaluation.ts';
import { reportPictures } from '../../../src/evaluation/report/confused-pictures.ts';
import { html } from '../../../src/evaluation/report/html.ts';
import { reportPage } from '../../../src/evaluation/report/report-page.ts';
import { evaluated, expecting, outcome, product } from './outcomes.ts';

const EVIL = `<script src="https://evil.example">'&</script>`;
const picture = (imageId: string) => ({ kind: 'catalogue', imageId, productId: 'x', distortion: null }) as const;

/** Three queries for one thing, two of which show another first. */
const OUTCOMES = ['right', EVIL, EVIL].map((first, index) =>
  outcome(expecting('right', [EVIL, 'Pepper'], 3), [product(first, ['Vegetables', 'Tomato'])], {
    position: index + 1,
    text: index === 2 ? EVIL : null,
    picture: index === 2 ? null : picture(`asked ${index}`),
    slices: { shelf: EVIL },
  }),
);

function evaluation(configurations: Evaluation['configurations']): Evaluation {
  return {
    id: 'the-id',
    createdAt: new Date('2026-11-21T10:00:00Z'),
    source: { kind: 'FILE', file: EVIL },
    sampling: { sample: 3, seed: 7 },
    queryCount: 3,
    model: { name: 'mini', version: '1' },
    configurations,
    findings: ['First finding.', EVIL],
  };
}

const THUMBNAILS = new Map([
  ['query 2', 'data:image/webp;base64,QQ=='],
  [`picture of ${EVIL}`, 'data:image/webp;base64,Qg=='],
]);

describe('reportPage', () => {
  it('needs nothing else and runs nothing: no address, no script, everything escaped', () => {
    const page = reportPage(evaluation([evaluated(OUTCOMES)]), THUMBNAILS);
    expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(/i);
    const attributes = [...page.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(attributes.length).toBeGreaterThan(0);
    expect(attributes.filter((address) => !address?.startsWith('data:image/'))).toEqual([]);
    expect(page).toContain('&lt;script src=&quot;https://evil.example&quot;&gt;&#39;&amp;&lt;/script&gt;');
  });

  it('opens with the findings, then charts, mistakes, figures, definitions', () => {
    const page = reportPage(evaluation([evaluated(OUTCOMES)]), THUMBNAILS);
    const order = [
      'First finding.',
      'What shoppers see',
      '<svg',
      'What is taken for what',
      'All figures',
      'What the figures mean',
    ];
    const places = order.map((text) => page.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // Three metrics at five numbers of results; of a single product no interval was measured.
    expect(page.match(/class="interval"/g)).toHaveLength(15);
    for (const { name } of Object.values(DEFINITIONS)) expect(page).toContain(`<dt>${name}</dt>`);
  });

  it('shows the pictures of mistakes, and says where there is none', () => {
    const run = evaluated(OUTCOMES);
    expect(reportPictures(run)).toEqual([
      { key: 'query 2', picture: picture('asked 1') },
      { key: `picture of ${EVIL}`, imageId: `picture of ${EVIL}` },
    ]);
    const page = reportPage(evaluation([run]), THUMBNAILS);
    expect(page).toContain('<img src="data:image/webp;base64,QQ==" alt="the picture of the query">');
    expect(page).toContain('2 of 3 queries for right show');
    const without = reportPage(evaluation([run]), new Map());
    expect(without).not.toContain('<img');
    expect(without).toContain('no picture');
  });

  it('compares configurations side by side', () => {
    const other = evaluated(
      [...OUTCOMES].reverse().map((each) => ({ ...each, results: [product('right', [EVIL])] })),
      {
        configuration: parseConfiguration('words=off'),
        base: OUTCOMES,
      },
    );
    const page = reportPage(evaluation([evaluated(OUTCOMES), other]), THUMBNAILS);
    expect(page).toContain('words=off instead of default');
    expect(page).toMatch(/SameProduct@1<td>33\.3 %<td>100\.0 %<td>\+66\.7 %/);
    const same = evaluated(OUTCOMES, { configuration: parseConfiguration('words=off'), base: OUTCOMES });
    expect(reportPage(evaluation([evaluated(OUTCOMES), same]), THUMBNAILS)).toContain('No figure differs.');
  });

  it('has a sentence where nothing is wrong', () => {
    const right = [outcome(expecting('right'), [product('right')])];
    expect(reportPage(evaluation([evaluated(right)]), new Map())).toContain('Every first result is a right one.');
  });
});

describe('html', () => {
  it('escapes what is put in, but for markup', () => {
    const inner = html`<b>${'<'}</b>`;
    expect(html`<a title="${'"'}">${inner}${[inner, inner]}${1}</a>`.markup).toBe(
      '<a title="&quot;"><b>&lt;</b><b>&lt;</b><b>&lt;</b>1</a>',
    );
  });
});
