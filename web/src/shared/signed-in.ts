/**
 * Whether this browser was signed in when it was last here. Only a hint: it saves a visitor of the landing page
 * two requests that would fail. The cookies, which script cannot see, decide.
 */
const KEY = 'spacedly.signed-in';

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) === '1';
  } catch {
    return true;
  }
}

export function rememberSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is refused: the hint is "maybe" then.
  }
}
