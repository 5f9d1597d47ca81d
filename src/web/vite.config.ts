import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * `npx vite build --config src/web/vite.config.ts` writes the desk to dist/web; `npx vite --config …` serves it while
 * editing.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Courts' own browsers are some years behind.
    target: 'chrome100',
    // The page's policy allows no data: and no inline script, so everything is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
