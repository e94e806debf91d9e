import { useEffect } from 'react';
import { isBusy } from '../../shared/busy-keys.ts';
import { focusInRow, placeInRow, rowOf } from '../../shared/rows.ts';
import { areShortcutsOn } from '../palette/shortcut-setting.ts';

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** What stands for each task on the page, in the order of the page. */
const marks = () => [...document.querySelectorAll<HTMLElement>('#content [data-task]')];

function step(by: number): boolean {
  const all = marks();
  const row = rowOf(document.activeElement);
  const from = row ? all.findIndex((mark) => row.contains(mark)) : -1;
  const to = all[from < 0 ? (by > 0 ? 0 : all.length - 1) : from + by];
  const target = to && rowOf(to);
  if (!to || !target) return false;
  const place = from < 0 ? -1 : placeInRow(document.activeElement as Element);
  if (place < 0) to.focus();
  else focusInRow(target, place);
  return true;
}

function select(withRange: boolean): boolean {
  const box = rowOf(document.activeElement)?.querySelector('[data-select]');
  box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: withRange }));
  return box != null;
}

/** J and K, or the arrow keys within a list, go from task to task; X selects the one, with Shift all in between. */
export function useRowKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, target, shiftKey } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.defaultPrevented || isBusy(target)) return;
      const isArrow = key.startsWith('Arrow');
      if (isArrow ? rowOf(target as Element)?.querySelector('[data-task]') == null : !areShortcutsOn())
        return;
      const by = shiftKey ? undefined : STEPS[key];
      const isDone = by === undefined ? key.toLowerCase() === 'x' && select(shiftKey) : step(by);
      if (isDone) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
