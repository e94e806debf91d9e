import { bestLanguage, storedLanguage } from '../shared/language.ts';
import { speak } from '../shared/texts.ts';

/** Lets the page paint and answer, where modules that run in one go would keep a slow phone for a quarter of a second. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** The app's modules take their words at load, so the words come first; the build preloads all of them at once. */
async function main(): Promise<void> {
  const language = storedLanguage() ?? bestLanguage(navigator.languages);
  document.documentElement.lang = language;
  await speak(language);
  await import('./react.ts');
  await pause();
  const { start } = await import('./start.tsx');
  await start();
}

void main();
