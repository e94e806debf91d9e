import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstChunks } from './scripts/first-chunks.mjs';
import { firstPaint } from './scripts/first-paint.mjs';
import { usedStyles } from './scripts/used-styles.mjs';

const SERVER = 'http://localhost:3000';
const FROM_SERVER = ['/v1', '/dev', '/docs', '/openapi.json', '/health', '/.well-known'];

export default defineConfig({
  plugins: [react(), firstChunks(import.meta.dirname), firstPaint(), usedStyles()],
  build: {
    outDir: process.env.WEB_OUT_DIR ?? 'dist',
    emptyOutDir: true,
    // The server's content security policy refuses data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(FROM_SERVER.map((path) => [path, { target: SERVER }])),
  },
});
