import type { QueryClient } from '@tanstack/react-query';
import { loadAnew } from './load-anew.ts';

const CHANNEL = 'spacedly-changes';

/**
 * What is changed in one tab shows in the others of the browser: those in sight load anew what they show, the rest when
 * they are looked at again. Nothing but "something changed" is told.
 */
export function tellOtherTabs(queryClient: QueryClient): void {
  if (!('BroadcastChannel' in window)) return;
  const channel = new BroadcastChannel(CHANNEL);
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') channel.postMessage(null);
  });
  channel.onmessage = () => {
    const refetchType = document.visibilityState === 'visible' ? 'active' : 'none';
    void loadAnew(queryClient, { refetchType });
  };
}
