import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isBusy, takesLetters } from '../../shared/busy-keys.ts';
import { undoLast } from '../../shared/undo.ts';
import { areShortcutsOn } from './shortcut-setting.ts';

/** Where `g` and another key go; the first letters of the places in English. */
export const GO_TO = {
  t: '/today',
  k: '/tasks',
  c: '/calendar',
  r: '/review',
  d: '/documents',
  a: '/analytics',
  n: '/notifications',
  s: '/settings',
} as const;

/** How long `g` waits for the other key. */
const CHORD_MS = 1_500;

export interface ShortcutHandlers {
  /** Something was opened that letters are meant for, though it may still be loading. */
  isOpening: boolean;
  onPalette: () => void;
  onHelp: () => void;
  onNew: () => void;
}

/**
 * The keys of the app: ⌘K or Ctrl K anywhere; ⌘Z or Ctrl Z where nothing is typed, which has an undo of its own;
 * single letters there too, unless they are switched off (WCAG 2.1.4).
 */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const navigate = useNavigate();
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    let chordUntil = 0;
    const plain = (key: string, at: number): boolean => {
      const place = at < chordUntil ? GO_TO[key as keyof typeof GO_TO] : undefined;
      chordUntil = key === 'g' ? at + CHORD_MS : 0;
      if (place !== undefined) void navigate({ to: place });
      else if (key === '?') latest.current.onHelp();
      else if (key === '/') latest.current.onPalette();
      else if (key === 'n') latest.current.onNew();
      else return key === 'g';
      return true;
    };
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.altKey || event.isComposing) return;
      const isCommand = event.metaKey || event.ctrlKey;
      if (isCommand) {
        if (event.shiftKey) return;
        const key = event.key.toLowerCase();
        if (key === 'k') latest.current.onPalette();
        else if (key !== 'z' || takesLetters(event.target) || !undoLast()) return;
        event.preventDefault();
      } else if (latest.current.isOpening || !areShortcutsOn() || isBusy(event.target)) {
        return;
      } else if (plain(event.key, event.timeStamp)) {
        event.preventDefault();
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [navigate]);
}
