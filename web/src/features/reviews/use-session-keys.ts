import { useEffect, useRef } from 'react';
import { isBusy } from '../../shared/busy-keys.ts';
import type { Grade } from './review-data.ts';

export const GRADES = ['again', 'hard', 'good', 'easy'] as const satisfies readonly Grade[];

interface SessionKeys {
  isRevealed: boolean;
  onReveal: () => void;
  onGrade: (grade: Grade) => void;
  onUndo: () => void;
}

const isPressable = (target: EventTarget | null) =>
  target instanceof Element && target.closest('a, button, summary') !== null;

/** Space shows the answer and then says "good", 1 to 4 grade, U takes back. */
export function useSessionKeys(keys: SessionKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
      if (!isPlain || event.defaultPrevented || isBusy(event.target)) return;
      const { isRevealed, onReveal, onGrade, onUndo } = latest.current;
      const grade = GRADES[Number(event.key) - 1];
      // A focused button or link is pressed by space on its own.
      const isSpace = event.key === ' ' && !isPressable(event.target);
      if (event.key.toLowerCase() === 'u') onUndo();
      else if (isRevealed && grade) onGrade(grade);
      else if (isSpace && isRevealed) onGrade('good');
      else if (isSpace) onReveal();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
