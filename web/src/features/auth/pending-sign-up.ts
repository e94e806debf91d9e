/** A sign-up that waits for its code. The password stays in memory only; after a reload it is null. */
export interface PendingSignUp {
  email: string;
  name: string;
  password: string | null;
  sentAt: number;
}

const KEY = 'spacedly.pending-sign-up';
const CODE_LIFE_MS = 10 * 60_000;

export function rememberPending({ email, name, sentAt }: PendingSignUp): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ email, name, sentAt }));
  } catch {
    // Then a reload begins anew.
  }
}

export function forgetPending(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

export function loadPending(): PendingSignUp | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<PendingSignUp> | null;
    if (!kept?.email || !kept.name || !kept.sentAt) return null;
    if (Date.now() - kept.sentAt > CODE_LIFE_MS) return null;
    return { email: kept.email, name: kept.name, password: null, sentAt: kept.sentAt };
  } catch {
    return null;
  }
}
