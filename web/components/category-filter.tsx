import { useSignal } from '@preact/signals';
import { count } from '../wording.ts';
import { type Counted, withChosen } from './choice-filter.tsx';
import { Icon } from './icon.tsx';

interface Branch {
  readonly path: string;
  readonly name: string;
  readonly count: number;
  readonly below: Branch[];
}

const SEPARATOR = ' > ';

/** The tree of categories, with how many products of the result are in each. Ticked ones count together. */
export function CategoryFilter({
  values,
  chosen,
  onToggle,
}: {
  readonly values: readonly Counted[];
  readonly chosen: readonly string[];
  readonly onToggle: (path: string) => void;
}) {
  const unfolded = useSignal<ReadonlySet<string>>(new Set(chosen.flatMap(pathsAbove)));
  const tree = treeOf(withChosen(values, chosen));
  if (tree.length === 0) return null;
  const fold = (path: string) => {
    const next = new Set(unfolded.value);
    if (!next.delete(path)) next.add(path);
    unfolded.value = next;
  };
  const branches = (list: readonly Branch[]) => (
    <ul>
      {list.map(({ path, name, count: products, below }) => {
        const open = unfolded.value.has(path);
        return (
          <li key={path}>
            <div class="branch">
              {below.length > 0 ? (
                <button
                  type="button"
                  class={`quiet icon-only fold ${open ? 'is-open' : ''}`}
                  aria-expanded={open}
                  aria-label={`What is in ${name}`}
                  onClick={() => fold(path)}
                >
                  <Icon name="chevron" />
                </button>
              ) : (
                <span class="fold" />
              )}
              <label class="choice">
                <input type="checkbox" checked={chosen.includes(path)} onChange={() => onToggle(path)} />
                <span>{name}</span>
                <small>{count(products)}</small>
              </label>
            </div>
            {open && below.length > 0 && branches(below)}
          </li>
        );
      })}
    </ul>
  );
  return (
    <details class="filter" open>
      <summary>
        <h3>Category</h3>
      </summary>
      <div class="tree">{branches(tree)}</div>
    </details>
  );
}

/** Paths and counts as branches, each level with the most products first. A parent that is not counted itself is made up. */
function treeOf(values: readonly Counted[]): Branch[] {
  const branches = new Map<string, Branch>();
  const roots: Branch[] = [];
  const add = (path: string, products: number): Branch => {
    const known = branches.get(path);
    if (known !== undefined) return known;
    const names = path.split(SEPARATOR);
    const branch: Branch = { path, name: names.at(-1) ?? path, count: products, below: [] };
    branches.set(path, branch);
    const above = names.slice(0, -1).join(SEPARATOR);
    (above === '' ? roots : add(above, products).below).push(branch);
    return branch;
  };
  const shortestFirst = [...values].sort((a, b) => depth(a.value) - depth(b.value) || b.count - a.count);
  for (const { value, count: products } of shortestFirst) add(value, products);
  return roots;
}

function depth(path: string): number {
  return path.split(SEPARATOR).length;
}

/** "A > B > C": "A" and "A > B". */
function pathsAbove(path: string): string[] {
  const names = path.split(SEPARATOR);
  return names.slice(1).map((_, i) => names.slice(0, i + 1).join(SEPARATOR));
}
