import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';

/** What the page's document loads before anything is shown, as a browser of today gets it: Brotli where that was made. */
function firstLoad(): { name: string; bytes: number }[] {
  const folder = inject('builtPage');
  const document = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const named = [...document.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name ?? '');
  const styles = named.filter((name) => name.endsWith('.css'));
  const fonts = styles.flatMap((name) =>
    [...readFileSync(path.join(folder, name), 'utf8').matchAll(/url\(\/?(assets\/)?([^)]+\.woff2)\)/g)].map(
      ([, , font]) => `assets/${path.basename(font ?? '')}`,
    ),
  );
  return [...new Set(['index.html', ...named, ...fonts])].map((name) => {
    const file = path.join(folder, name);
    const compressed = readdirSync(path.dirname(file)).includes(`${path.basename(file)}.br`);
    return { name, bytes: statSync(compressed ? `${file}.br` : file).size };
  });
}

describe('the built page', () => {
  it('weighs under 80 kB compressed, fonts and all; 150 kB were allowed', () => {
    const files = firstLoad();
    expect(files.length).toBeGreaterThan(3);
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(80_000);
  });

  it('needs three files before it can paint: the document, one script, one style sheet', () => {
    const document = readFileSync(path.join(inject('builtPage'), 'index.html'), 'utf8');
    expect(document.match(/<script/g)).toHaveLength(1);
    expect(document.match(/rel="stylesheet"/g)).toHaveLength(1);
    expect(document).not.toContain('modulepreload');
  });

  it('names no address outside of the server in what the page loads', () => {
    const folder = inject('builtPage');
    for (const { name } of firstLoad().filter((file) => /\.(html|css)$/.test(file.name))) {
      const found = readFileSync(path.join(folder, name), 'utf8').match(/https?:\/\/[^"')\s]+/g) ?? [];
      expect(found).toEqual([]);
    }
  });

  it('holds nothing that its policy forbids: no script and no style in the document', () => {
    const document = readFileSync(path.join(inject('builtPage'), 'index.html'), 'utf8');
    expect(document).not.toMatch(/<style|style="|\son\w+="|<script(?![^>]*\ssrc=)/);
  });
});
