import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const KEPT = ['/first.js', '/manifest.webmanifest', '/icon.svg', '/icon-192.png'];

// The service worker names the files that make up the app, and is a new one whenever they change.
function worker(): Plugin {
  return {
    name: 'matinee-worker',
    apply: 'build',
    generateBundle(_, bundle) {
      const app = Object.keys(bundle).filter((name) => /^assets\/app-.*\.(js|css)$/.test(name));
      const files = ['/', ...app.map((name) => `/${name}`), ...KEPT];
      const version = createHash('sha256').update(Object.keys(bundle).sort().join()).digest('hex').slice(0, 12);
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: readFileSync('src/worker.js', 'utf8')
          .replace('self.__FILES__', JSON.stringify(files))
          .replace('self.__VERSION__', JSON.stringify(version)),
      });
    },
  };
}

// Built files go where the Python package serves them from; only hashed names below /assets are
// cached for ever. `npm run dev` talks to a Matinee server on its usual port.
export default defineConfig({
  plugins: [svelte(), worker()],
  build: {
    outDir: '../src/matinee/entrypoints/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // hls.js, which is loaded only by who watches a film that is still being made.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the feed needs is one file: on a slow line every further one is a wait.
          groups: [
            {
              name: 'app',
              test: /node_modules\/(svelte|esm-env|clsx)|src\/(lib\/(?!passkeys|tus|screenplay|vocabulary|mentions)|catalogue\/en|shell|ui\/(Icon|Avatar)|feed\/(Reel|Slide)|pages\/Feed|parts\/Trouble|App|main)|commonjsHelpers|preload-helper/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8400', '/v1': 'http://127.0.0.1:8400' },
  },
});
