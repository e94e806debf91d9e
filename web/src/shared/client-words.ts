import { texts } from './texts.ts';

interface Client {
  device: string;
  browser: string | null;
  os: string | null;
}

/** What the server writes where no browser is at work. */
const KNOWN: Readonly<Record<string, () => string>> = {
  'Unknown device': () => texts.app.unknownDevice,
  'An admin acting for you': () => texts.app.actingAdmin,
};

/** "Firefox on Linux", in the person's language; what is no browser by what it calls itself. */
export function clientWords({ device, browser, os }: Client): string {
  return browser && os ? texts.app.browserOn(browser, os) : (KNOWN[device]?.() ?? device);
}
