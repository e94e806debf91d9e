import { type RefObject, useEffect, useRef } from 'react';
import { takesLetters } from '../../shared/busy-keys.ts';
import { isForDialog, takesEscape } from '../../shared/escape.ts';
import { areShortcutsOn } from '../palette/shortcut-setting.ts';

interface DrawerKeys {
  isOn: boolean;
  onClose: () => void;
  onPrevious: () => void;
  onNext: () => void;
}

/** Escape closes, J and K go to the next and the previous task; the letters unless they are switched off. */
export function useDrawerKeys(body: RefObject<Element | null>, keys: DrawerKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { isOn, onClose, onPrevious, onNext } = latest.current;
      const isPlain = !(
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.shiftKey ||
        event.isComposing
      );
      const target = event.target as Element;
      if (!isOn || !isPlain || event.defaultPrevented) return;
      if (!isForDialog(body.current?.closest('[role="dialog"]') ?? null, target)) return;
      const hasLetters = areShortcutsOn() && !takesLetters(target);
      if (event.key === 'Escape' && !takesEscape(target)) {
        // A label that is still being typed becomes one when its field is left, and then is asked about.
        if (target instanceof HTMLElement && takesLetters(target)) target.blur();
        setTimeout(onClose);
      } else if (event.key === 'j' && hasLetters) onNext();
      else if (event.key === 'k' && hasLetters) onPrevious();
      else return;
      event.preventDefault();
    };
    // Before what closes on the same key is gone from the page.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [body]);
}
