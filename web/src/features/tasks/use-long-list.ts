import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useIsPrinting } from '../../shared/use-is-printing.ts';

interface LongList {
  count: number;
  keyOf: (index: number) => string;
  estimate: (index: number) => number;
  /** The next page: whether there is one, whether it is on its way, and how to get it. */
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

/** How many rows before the end the next page is asked for. */
const AHEAD = 20;
const OVERSCAN = 10;

/** A list of thousands in the page's own scroll: only what is in sight is in the document; on paper all it has is. */
export function useLongList<E extends HTMLElement>(list: LongList) {
  const { count, hasMore, isLoadingMore, loadMore } = list;
  const ref = useRef<E>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  // What stands above may grow and shrink (a filter panel, a preview), so its height is looked up each time.
  useLayoutEffect(() => {
    const top = ref.current ? Math.round(ref.current.getBoundingClientRect().top + window.scrollY) : 0;
    setScrollMargin((before) => (Math.abs(before - top) > 1 ? top : before));
  });
  // The row that has the focus stays in the document when it is scrolled out of sight, or the focus would be lost.
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const keepFocused = ({ target }: FocusEvent) => {
    const index = target.closest<HTMLElement>('[data-index]')?.dataset.index;
    setFocusedKey(index === undefined ? null : list.keyOf(Number(index)));
  };
  let focused = focusedKey === null ? -1 : count - 1;
  while (focused >= 0 && list.keyOf(focused) !== focusedKey) focused -= 1;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const inSight = defaultRangeExtractor(range);
      if (focused < 0 || inSight.includes(focused)) return inSight;
      return [...inSight, focused].sort((one, other) => one - other);
    },
    [focused],
  );
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: list.estimate,
    getItemKey: list.keyOf,
    overscan: OVERSCAN,
    rangeExtractor,
    scrollMargin,
  });
  const isPrinting = useIsPrinting();
  const inSight = virtualizer.getVirtualItems();
  const last = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= count - AHEAD) loadMore();
  }, [last, count, hasMore, isLoadingMore, loadMore]);
  // One below the other: where each stands was measured for the screen, and what is measured on paper is no good there.
  const onPaper = () =>
    Array.from({ length: count }, (_, index) => ({ index, key: list.keyOf(index), start: 0, end: 0 }));
  return {
    ref,
    items: isPrinting ? onPaper() : inSight,
    measure: isPrinting ? undefined : virtualizer.measureElement,
    height: isPrinting ? 0 : virtualizer.getTotalSize(),
    scrollMargin,
    keepFocused,
  };
}
