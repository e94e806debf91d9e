import { asActing, currentActing, stopActing } from './acting.ts';
import { answeredBefore } from './asked-before.ts';
import { Problem, unreachable } from './problem.ts';

/**
 * Keeps the session alive behind every request: a 401 leads to one shared refresh, then the request is sent once
 * more. When the session is really over, the page that is open may ask the person to sign in again (`onSessionEnd`)
 * and the request goes on from there, so nothing typed is lost.
 */

const REFRESHED_AT = 'spacedly.refreshed-at';
const LOCK = 'spacedly-refresh';

/** A 401 of these says something about what was sent, not about the session. */
const PUBLIC_PATHS =
  /^\/(v1\/auth\/(login|signup|refresh|setup|providers|otp|passkeys\/login|password\/(forgot|verify|reset)|verify-email|restore|(email|phone)\/change\/cancel)|dev\/)/;
/** Who wants to leave is not asked to sign in first. */
const LOGOUT = '/v1/auth/logout';

type SignInAgain = () => Promise<boolean>;

let refreshing: Promise<boolean> | null = null;
let askingToSignIn: Promise<boolean> | null = null;
let signInAgain: SignInAgain | null = null;

/** Registers how to ask for a new sign-in; returns how to take it back. */
export function onSessionEnd(handler: SignInAgain): () => void {
  signInAgain = handler;
  return () => {
    if (signInAgain === handler) signInAgain = null;
  };
}

function lastRefresh(): number {
  try {
    return Number(localStorage.getItem(REFRESHED_AT) ?? 0);
  } catch {
    return 0;
  }
}

function rememberRefresh(): void {
  try {
    localStorage.setItem(REFRESHED_AT, String(Date.now()));
  } catch {
    // Without storage each tab refreshes for itself; the server allows parallel use for ten seconds.
  }
}

/** Read to its end: a browser takes a request for open until somebody has read its answer. */
async function whole(response: Response): Promise<Response> {
  const body = await response.arrayBuffer().catch(() => {
    throw unreachable();
  });
  return new Response(body, response);
}

async function exchange(since: number): Promise<boolean> {
  if (lastRefresh() > since) return true;
  const response = await fetch('/v1/auth/refresh', { method: 'POST', credentials: 'same-origin' }).catch(
    () => {
      throw unreachable();
    },
  );
  if (response.ok) {
    rememberRefresh();
    return true;
  }
  // A busy or broken server says nothing about the session: it must not sign anybody out.
  if (response.status >= 500 || response.status === 429) {
    throw new Problem(response.status, await response.json().catch(() => ({})));
  }
  await response.body?.cancel();
  return false;
}

/**
 * Renews the session once for all who ask at the same time, in this tab and in the others.
 * `since`: when the request that was refused had started; a refresh after that by another tab is good enough.
 * Returns false when the session is over; throws a `Problem` when that could not be found out.
 */
export function refreshSession(since: number): Promise<boolean> {
  refreshing ??= withLock(() => exchange(since)).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

function withLock(work: () => Promise<boolean>): Promise<boolean> {
  // navigator.locks exists in secure contexts only; plain http on a local network is none.
  return navigator.locks ? navigator.locks.request(LOCK, work) : work();
}

function askToSignIn(): Promise<boolean> {
  if (!signInAgain) return Promise.resolve(false);
  askingToSignIn ??= signInAgain().finally(() => {
    askingToSignIn = null;
  });
  return askingToSignIn;
}

async function fetchOnce(request: Request): Promise<Response> {
  return fetch(request).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw unreachable();
  });
}

/** What is acted cannot be renewed: when it has ended, the admin is who they were. */
async function endActing(): Promise<never> {
  stopActing();
  window.location.assign('/admin/users');
  return new Promise(() => {});
}

/** `fetch` for the API client. Throws a `Problem` of status 0 when there is no answer. */
export async function sessionFetch(request: Request): Promise<Response> {
  const acting = currentActing();
  if (acting) {
    const answer = await fetchOnce(asActing(request, acting));
    return answer.status === 401 ? endActing() : answer;
  }
  const send = () => fetchOnce(request.clone());
  const startedAt = Date.now();
  const response = (await answeredBefore(request)) ?? (await send());
  const { pathname } = new URL(request.url);
  if (response.status !== 401 || PUBLIC_PATHS.test(pathname)) return response;
  const refused = await whole(response);
  if (await refreshSession(startedAt)) {
    const second = await send();
    if (second.status !== 401) return second;
  }
  if (pathname === LOGOUT) return refused;
  return (await askToSignIn()) ? send() : refused;
}
