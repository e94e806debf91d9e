import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

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

/** A list of thousands in the page's own scroll: only what is in sight is in the document. */
export function useLongList<E extends HTMLElement>(list: LongList) {
  const { count, hasMore, isLoadingMore, loadMore } = list;
  const ref = useRef<E>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  // What stands above may grow and shrink (a filter panel, a preview), so its height is looked up each time.
  useLayoutEffect(() => {
    const top = ref.current ? Math.round(ref.current.getBoundingClientRect().top + window.scrollY) : 0;
    setScrollMargin((before) => (Math.abs(before - top) > 1 ? top : before));
  });
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: list.estimate,
    getItemKey: list.keyOf,
    overscan: OVERSCAN,
    scrollMargin,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= count - AHEAD) loadMore();
  }, [last, count, hasMore, isLoadingMore, loadMore]);
  return { ref, items, virtualizer, scrollMargin };
}
