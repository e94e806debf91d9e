import { useEffect } from 'react';
import { focusInRow, placeInRow, rowOf } from './rows.ts';

interface Focused {
  element: HTMLElement;
  dialog: Element | null;
  /** Its row, the ones after it, and the ones before it, the nearest first. */
  rows: Element[];
  placeInRow: number;
  heading: HTMLElement | null;
  /** What had the focus before the dialog that this stands in was opened. */
  opener: Focused | null;
}

function openerOf(dialog: Element | null, before: Focused | null): Focused | null {
  if (before === null || dialog === null) return null;
  if (dialog === before.dialog) return before.opener;
  return dialog === before.opener?.dialog ? before.opener.opener : before;
}

function remember(element: HTMLElement, before: Focused | null): Focused {
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
    opener: openerOf(dialog, before),
  };
}

/**
 * Back to what opened the dialog that is gone; to the same control of the next row that is left; else to what the page
 * or the dialog is called.
 */
function handOver({ element, dialog, rows, placeInRow: place, heading, opener }: Focused): void {
  if (element.isConnected) element.focus({ preventScroll: true });
  else if (dialog?.isConnected === false) {
    if (opener !== null) handOver(opener);
  } else {
    const heirs = rows.filter((row) => row.isConnected);
    if (!heirs.some((row) => focusInRow(row, place)) && heading?.isConnected) heading.focus();
  }
}

/**
 * Nobody who works by keyboard is sent back to the top of the page: when what has the focus goes away, as a row does
 * that was ticked off, the focus goes to the next one; when it is switched off while it works, it comes back after.
 */
export function useFocusHandover(): void {
  useEffect(() => {
    let last: Focused | null = null;
    let wasOff = false;
    const ending = new AbortController();
    const { signal } = ending;
    const isLost = () => last !== null && document.activeElement === document.body;
    const take = ({ target }: FocusEvent) => {
      last = target instanceof HTMLElement ? remember(target, last) : null;
      wasOff = false;
    };
    const look = () => {
      if (last === null) return;
      if (last.element.matches(':disabled')) wasOff = true;
      else if (isLost() && (wasOff || !last.element.isConnected)) {
        // What closes a dialog may have something better to give the focus to.
        setTimeout(() => last !== null && isLost() && handOver(last));
      }
    };
    // Who clicks beside everything wants the focus nowhere.
    const forget = ({ target }: PointerEvent) => {
      if (target instanceof Node && !last?.element.contains(target)) last = null;
    };
    document.addEventListener('focusin', take, { signal });
    document.addEventListener('pointerdown', forget, { signal });
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      ending.abort();
      observer.disconnect();
    };
  }, []);
}
