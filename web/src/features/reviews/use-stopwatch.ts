import { useEffect, useState } from 'react';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';

/** A stopwatch that stands still while the page is hidden. */
export function useStopwatch(): Stopwatch {
  const [watch] = useState(() => createStopwatch(() => performance.now()));
  useEffect(() => {
    const follow = () => (document.hidden ? watch.pause() : watch.resume());
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, [watch]);
  return watch;
}
