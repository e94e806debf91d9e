import type { Page } from 'playwright-core';

/** Who looks at a page: nobody yet, somebody on the first day, Ada in the middle of things, or the administrator. */
export type Viewer = 'visitor' | 'new' | 'ada' | 'grace';

/** What a picture shows. */
export interface Scene {
  name: string;
  /** Said under the picture. */
  sentence: string;
  viewer: Viewer;
  /** Goes there, and ends when everything is shown. */
  open(page: Page): Promise<unknown>;
  /** Taken on a phone too. */
  phone?: boolean;
  /** Puts back what it changed, so that the next one finds things as they were. */
  after?(page: Page): Promise<unknown>;
}

/** A part of the page that shows all pictures. */
export interface Chapter {
  title: string;
  scenes: Scene[];
}

/** Goes to an address and waits for words on it. */
export const at =
  (path: string, words: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await page.goto(path);
    await page.getByText(words).filter({ visible: true }).first().waitFor();
  };

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).filter({ visible: true }).first().click();
