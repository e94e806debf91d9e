import { useEffect } from 'react';
import { focusInRow, placeInRow, rowOf } from './rows.ts';

interface Focused {
  element: HTMLElement;
  dialog: Element | null;
  /** Its row, the ones after it, and the ones before it, the nearest first. */
  rows: Element[];
  placeInRow: number;
  heading: HTMLElement | null;
}

function remember(element: HTMLElement): Focused {
  const dialog = element.closest('[role="dialog"]');
  const row = rowOf(element);
  const all = row ? [...(dialog ?? document).querySelectorAll('li, tr')] : [];
  const index = row ? all.indexOf(row) : 0;
  return {
    element,
    dialog,
    rows: [...all.slice(index), ...all.slice(0, index).reverse()],
    placeInRow: placeInRow(element),
    heading: (dialog ?? document).querySelector<HTMLElement>(dialog ? 'h2' : '[data-page-heading]'),
  };
}

const isOff = (element: Element) => element.matches(':disabled');

/** To the same control of the next row that is left, else to what the page or the dialog is called. */
function handOver({ dialog, rows, placeInRow: place, heading }: Focused): void {
  // What is closed gives the focus back itself.
  if (dialog?.isConnected === false) return;
  const heirs = rows.filter((row) => row.isConnected);
  if (!heirs.some((row) => focusInRow(row, place)) && heading?.isConnected) heading.focus();
}

/**
 * Nobody who works by keyboard is sent back to the top of the page: when what has the focus goes away, as a row does
 * that was ticked off, the focus goes to the next one; when it is switched off while it works, it comes back after.
 */
export function useFocusHandover(): void {
  useEffect(() => {
    let last: Focused | null = null;
    const ending = new AbortController();
    const { signal } = ending;
    document.addEventListener(
      'focusin',
      ({ target }) => {
        last = target instanceof HTMLElement ? remember(target) : null;
      },
      { signal },
    );
    // Who clicks beside everything wants the focus nowhere.
    document.addEventListener(
      'pointerdown',
      ({ target }) => {
        if (target instanceof Node && !last?.element.contains(target)) last = null;
      },
      { signal },
    );
    const look = () => {
      if (last === null || document.activeElement !== document.body) return;
      if (!last.element.isConnected) handOver(last);
      else if (!isOff(last.element)) last.element.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      ending.abort();
      observer.disconnect();
    };
  }, []);
}
