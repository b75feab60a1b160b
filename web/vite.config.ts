import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// Built files go where the Python package serves them from; only hashed names below /assets are
// cached for ever. `npm run dev` talks to a Matinee server on its usual port.
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../src/matinee/entrypoints/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // hls.js, which is loaded only by who watches a film that is still being made.
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8400', '/v1': 'http://127.0.0.1:8400' },
  },
});
