import Bowser from 'bowser';

export interface Client {
  /** "Firefox on Linux", or what the client calls itself. */
  device: string;
  browser: string | null;
  os: string | null;
}

/** Who a client says that it is. */
export function clientOf(userAgent: string): Client {
  if (userAgent === '') return { device: 'Unknown device', browser: null, os: null };
  const parsed = Bowser.parse(userAgent);
  const [browser, os] = [parsed.browser.name || null, parsed.os.name || null];
  const device = browser && os ? `${browser} on ${os}` : (browser ?? userAgent.slice(0, 60));
  return { device, browser, os };
}
