import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { resolveOnce } from './resolve-once.ts';

// Code compiled once is kept, which halves the time of every later start. It has to be on before anything is imported.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.spacedly/compiled', import.meta.url)));
resolveOnce();

await import('./program.ts');
