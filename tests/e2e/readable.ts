import type { Page } from 'playwright-core';

/** What is read aloud or shown without being text. */
const ATTRIBUTES = ['aria-label', 'aria-roledescription', 'aria-description', 'alt', 'placeholder', 'title'];
const TEXT_NODES = 4;

/**
 * Everything that can be read on a page now: visible text, what stands for it, and the name of the document. What is in
 * a language of its own is left out, and so is code.
 */
export function readable(page: Page): Promise<string[]> {
  return page.locator('html').evaluate(
    (root, { attributes, textNodes }) => {
      const { title, body } = root.ownerDocument;
      const found: string[] = [title];
      const isShown = (element: typeof root | null) =>
        element?.checkVisibility({ visibilityProperty: true }) &&
        element.closest('[lang]') === root &&
        element.closest('script, style, noscript, code, pre, kbd') === null;
      const walker = root.ownerDocument.createTreeWalker(body, textNodes);
      while (walker.nextNode())
        if (isShown(walker.currentNode.parentElement)) found.push(walker.currentNode.nodeValue ?? '');
      for (const name of attributes)
        for (const element of body.querySelectorAll(`[${name}]`))
          if (isShown(element)) found.push(element.getAttribute(name) ?? '');
      return [...new Set(found.map((text) => text.trim()))].filter((text) => text !== '');
    },
    { attributes: ATTRIBUTES, textNodes: TEXT_NODES },
  );
}
