import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

const at = (place: string) => fileURLToPath(new URL(place, import.meta.url));

/** Builds the page (/) and the API explorer (/graphiql) into dist/web: two entries, hashed assets, everything compressed beforehand. */
export default defineConfig({
  root: at('.'),
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [precompress()],
  build: {
    outDir: at('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy allows no data: address but for pictures, and the explorer's parts are large on purpose.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What is bundled is passed on: so are its licences.
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: 5_000,
    rolldownOptions: {
      input: { page: at('index.html'), graphiql: at('graphiql/index.html') },
      // "use client" in React libraries means nothing here; and compressing takes its time.
      checks: { moduleLevelDirective: false, pluginTimings: false },
    },
  },
  // `npx vite web` with a running server: the page from its sources, everything else from there.
  server: {
    proxy: Object.fromEntries(
      ['/graphql', '/uploads', '/images', '/readyz'].map((place) => [place, 'http://127.0.0.1:4000']),
    ),
  },
});
