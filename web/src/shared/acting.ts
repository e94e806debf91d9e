/**
 * An admin acts for somebody: in this tab alone, with an access token of 15 minutes that cannot be renewed. The cookies
 * of the admin stay as they are and are not sent meanwhile.
 */
const KEY = 'spacedly.acting';

export interface Acting {
  token: string;
  endsAt: number;
}

export function currentActing(): Acting | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Acting> | null;
    return kept?.token && kept.endsAt ? { token: kept.token, endsAt: kept.endsAt } : null;
  } catch {
    return null;
  }
}

export function beginActing(token: string, seconds: number): void {
  sessionStorage.setItem(KEY, JSON.stringify({ token, endsAt: Date.now() + seconds * 1_000 }));
}

export function stopActing(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/** The request as the person who is acted for would send it. */
export function asActing(request: Request, { token }: Acting): Request {
  const acting = new Request(request, { credentials: 'omit' });
  acting.headers.set('authorization', `Bearer ${token}`);
  return acting;
}
