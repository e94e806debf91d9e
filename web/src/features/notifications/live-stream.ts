import type { Notification } from '../../shared/api.ts';
import { refreshSession } from '../../shared/session.ts';

const PATH = '/v1/notifications/stream';
const CHANNEL = 'spacedly-live';
const LOCK = 'spacedly-live';
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** What became of an attempt to renew the session; a server out of reach is worth trying again. */
async function sessionIsOver(): Promise<boolean> {
  return refreshSession(Date.now()).then(
    (alive) => !alive,
    () => false,
  );
}

/**
 * Keeps one event stream open until `signal` aborts. The browser reconnects by itself after a lost connection; a
 * refused one (the access token ran out) is opened anew after a refresh, with growing pauses.
 */
function keepOpen(
  onNotification: (data: string) => void,
  onGap: () => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    // The lead may be granted in the moment it is no longer wanted; no event tells of an abort that has been.
    if (signal.aborted) {
      resolve();
      return;
    }
    let waitMs = FIRST_WAIT_MS;
    let timer: ReturnType<typeof setTimeout>;
    let source: EventSource;
    let wasLost = false;

    const open = () => {
      source = new EventSource(PATH);
      source.onopen = () => {
        waitMs = FIRST_WAIT_MS;
        if (wasLost) onGap();
        wasLost = false;
      };
      source.addEventListener('notification', (event) => onNotification(event.data as string));
      source.onerror = () => {
        wasLost = true;
        if (source.readyState === EventSource.CLOSED) void reopen();
      };
    };
    const reopen = async () => {
      if (await sessionIsOver()) waitMs = LONGEST_WAIT_MS;
      if (signal.aborted) return;
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    };
    const stop = () => {
      clearTimeout(timer);
      source.close();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
    open();
  });
}

export interface LiveHandlers {
  onNotification: (notification: Notification) => void;
  /** Something may have been missed. */
  onGap: () => void;
}

/**
 * Live notifications for this tab. Only one tab of the browser holds the stream and tells the others, because over
 * HTTP/1.1 a browser opens six connections to a server, and each open stream takes one. Returns how to stop.
 */
export function listenLive(handlers: LiveHandlers): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const take = (data: string) => handlers.onNotification(JSON.parse(data) as Notification);

  if (!navigator.locks || !('BroadcastChannel' in window)) {
    void keepOpen(take, handlers.onGap, signal);
    return () => stopping.abort();
  }

  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<string | null>) =>
    data === null ? handlers.onGap() : take(data);
  const askedAt = Date.now();
  const lead = () => {
    // Whoever waited for the lead takes over from another tab, and between the two nobody listened.
    if (Date.now() - askedAt > FIRST_WAIT_MS) handlers.onGap();
    return keepOpen(
      (data) => {
        channel.postMessage(data);
        take(data);
      },
      () => {
        channel.postMessage(null);
        handlers.onGap();
      },
      signal,
    );
  };

  navigator.locks.request(LOCK, { signal }, lead).catch(() => {
    // Aborted while waiting for the lead: this tab is done.
  });
  return () => {
    stopping.abort();
    channel.close();
  };
}
