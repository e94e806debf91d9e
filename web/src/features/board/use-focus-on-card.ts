import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { CardPart } from './board-card.tsx';

/**
 * Keeps the focus on a card that is moved: in another column it is another element. What the person presses next ends
 * it.
 */
export function useFocusOnCard(): (taskId: string, part: CardPart) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    const forget = () => {
      wanted.current = null;
    };
    for (const type of ['pointerdown', 'keydown'])
      window.addEventListener(type, forget, { capture: true, signal: ending.signal });
    return () => ending.abort();
  }, []);
  useLayoutEffect(() => {
    if (wanted.current !== null) document.querySelector<HTMLElement>(wanted.current)?.focus();
  });
  return useCallback((taskId, part) => {
    wanted.current = `[data-card="${CSS.escape(taskId)}"] [data-part="${part}"]`;
  }, []);
}
