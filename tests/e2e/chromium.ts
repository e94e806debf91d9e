import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** The one without windows, which takes a third less time. */
const SHELL = 'chromium-headless-shell';
const IS_ROOT = process.getuid?.() === 0;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium of this machine: at CHROMIUM_PATH, or where one usually lies; the one without windows where that will do. */
export function findChromium({ hasWindows = false } = {}): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const names = hasWindows ? NAMES : [SHELL, ...NAMES];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(given ? [given] : []), ...found].find(isExecutable);
}

/** Starts it without a window, and without asking anything of the network by itself. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    chromiumSandbox: !IS_ROOT,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
