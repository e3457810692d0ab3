/** The report's style sheet: readable on paper, on a phone and at night. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #667; --line: #d5d8dd; --page: #fff; --track: #eceef1;
  --color-0: #2f6f9f; --color-1: #c8702a; --color-2: #4b8b55; --color-3: #8a5a9e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --soft: #9aa; --line: #3a3f46; --page: #16181b; --track: #262a30;
  --color-0: #5a9fd0; --color-1: #e0914f; --color-2: #75b581; --color-3: #b487c9; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.facts, figcaption, .mistake h3 span { color: var(--soft); font-weight: normal; }
.findings { font-size: 1.1rem; padding-left: 1.2rem; } .findings li { margin: .4rem 0; }
svg { max-width: 100%; height: auto; font-size: 13px; }
svg text { fill: var(--ink); } svg .label { text-anchor: end; } svg .group { font-weight: 600; }
svg .track { fill: var(--track); } svg .interval { stroke: var(--ink); fill: none; opacity: .7; }
.color-0 { fill: var(--color-0); } .color-1 { fill: var(--color-1); } .color-2 { fill: var(--color-2); } .color-3 { fill: var(--color-3); }
table { border-collapse: collapse; font-size: .875rem; display: block; overflow-x: auto; }
th, td { text-align: left; padding: .2rem .7rem .2rem 0; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
.pairs { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; width: 17rem; font-size: .8rem; }
figure img, .no-picture { width: 8rem; height: 8rem; object-fit: contain; background: var(--track); margin-right: .4rem; vertical-align: top; }
.no-picture { display: inline-block; color: var(--soft); text-align: center; line-height: 8rem; } q { display: block; font-size: 1rem; }
dt { font-weight: 600; margin-top: .6rem; } code { color: var(--soft); }
`;
