import { speak } from './texts.ts';

/** Modules of the app take their words at load, as in the browser after `main.tsx` has chosen a language. */
await speak('en');
