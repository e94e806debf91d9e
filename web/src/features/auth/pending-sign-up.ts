import type { Address } from './address.ts';

/** A sign-up that waits for its code. The password stays in memory only; after a reload it is null. */
export interface PendingSignUp {
  address: Address;
  name: string;
  password: string | null;
  sentAt: number;
}

const KEY = 'spacedly.pending-sign-up';
const CODE_LIFE_MS = 10 * 60_000;

export function rememberPending({ address, name, sentAt }: PendingSignUp): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ address, name, sentAt }));
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
    if (!kept?.address || !kept.name || !kept.sentAt) return null;
    if (Date.now() - kept.sentAt > CODE_LIFE_MS) return null;
    return { address: kept.address, name: kept.name, password: null, sentAt: kept.sentAt };
  } catch {
    return null;
  }
}
