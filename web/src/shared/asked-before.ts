declare global {
  interface Window {
    /** By path, what public/before.js asked for while the app was on its way; undefined where there was no answer. */
    askedBefore?: Map<string, Promise<Response | undefined>>;
  }
}

/** Whether an answer is on its way, or there, that nobody has taken yet. */
export function wasAskedBefore(path: string): boolean {
  return window.askedBefore?.has(path) ?? false;
}

/** The answer to a request that was sent before the app had come: for the first who asks, and soon. */
export async function answeredBefore({ method, url }: Request): Promise<Response | undefined> {
  const asked = window.askedBefore;
  const path = url.slice(window.location.origin.length);
  const answer = method === 'GET' ? asked?.get(path) : undefined;
  asked?.delete(path);
  const response = await answer;
  // Whoever was not signed in then may be, when the others are asked for.
  if (response?.status === 401) asked?.clear();
  return response;
}
