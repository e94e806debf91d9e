import { type RefObject, useEffect, useRef } from 'react';

/** Whether a list of choices is open, which closes on Escape itself; one without any choice is not to be seen. */
export function takesEscape(target: Element): boolean {
  const opener = target.closest('[data-mantine-stop-propagation="true"]');
  const listId = opener?.getAttribute('aria-controls');
  if (!listId) return opener !== null;
  return document.getElementById(listId)?.querySelector('[role="option"]') != null;
}

/** Whether a key is meant for a dialog, and not for another one or a picker that was opened from it. */
export function isForDialog(dialog: Element | null, target: EventTarget | null): boolean {
  if (target === document.body) return document.querySelectorAll('[role="dialog"]').length === 1;
  return target instanceof Element && dialog !== null && dialog.contains(target);
}

/** Calls on Escape in a dialog, and not on that of what was opened from it. */
export function useEscape(dialog: RefObject<Element | null>, onEscape: (() => void) | undefined): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, isComposing, target } = event;
      if (key !== 'Escape' || isComposing || event.defaultPrevented || !latest.current) return;
      if (!isForDialog(dialog.current, target) || takesEscape(target as Element)) return;
      event.preventDefault();
      latest.current();
    };
    // Before what closes on the same key is gone from the page.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [dialog]);
}
