/**
 * Whether this browser was signed in when it was last here. Only a hint: it saves a visitor of the landing page
 * two requests that would fail. The cookies, which script cannot see, decide.
 */
const KEY = 'spacedly.signed-in';
/** How Today greets whoever is signed in, for public/before.js. */
const GREETINGS = 'spacedly.greetings';

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) === '1';
  } catch {
    return true;
  }
}

export function rememberSignedIn(signedIn: boolean): void {
  try {
    localStorage.removeItem(GREETINGS);
    if (signedIn) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is refused: the hint is "maybe" then.
  }
}

/**
 * @param zone the person's, or null where it is the browser's own, whose hour is told sooner
 * @param byHour a greeting for each hour of the day, from 0, in that zone
 */
export function rememberGreetings(zone: string | null, byHour: readonly string[]): void {
  try {
    localStorage.setItem(GREETINGS, JSON.stringify({ zone, byHour }));
  } catch {
    // Without storage nobody is greeted before the app has come.
  }
}
