import { bestLanguage, storedLanguage } from '../shared/language.ts';
import { speak } from '../shared/texts.ts';

/** The app's modules take their words at load, so the words come first; the build preloads both at once. */
async function main(): Promise<void> {
  const language = storedLanguage() ?? bestLanguage(navigator.languages);
  document.documentElement.lang = language;
  await speak(language);
  const { start } = await import('./start.tsx');
  await start();
}

void main();
