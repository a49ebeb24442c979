/** One self-contained page: `npm run build:inspector` makes dist/inspector.html. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { inlinePage } from './build/inline-page.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** How long plugins take on a busy machine is nobody's concern. */
const QUIET = { pluginTimings: false };

export default defineConfig({
  root: here('.'),
  base: './',
  logLevel: 'warn',
  resolve: {
    alias: [
      { find: /^plainbox-session\/browser$/, replacement: here('../src/browser/index.ts') },
      { find: /^plainbox-session$/, replacement: here('../src/index.ts') },
    ],
  },
  worker: { format: 'iife', rolldownOptions: { checks: QUIET } },
  plugins: [inlinePage({ firstScript: here('network-policy.js') })],
  build: {
    outDir: here('../dist'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { checks: QUIET },
  },
});
