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

interface StreamHandlers {
  onNotification: (data: string) => void;
  onOpen: () => void;
  onGap: () => void;
}

/**
 * Keeps one event stream open until `signal` aborts. The browser reconnects by itself after a lost connection; a
 * refused one (the access token ran out) is opened anew after a refresh, with growing pauses.
 * @param wasLost whether another tab had it before
 */
function keepOpen(
  { onNotification, onOpen, onGap }: StreamHandlers,
  signal: AbortSignal,
  wasLost: boolean,
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
    let isGap = wasLost;

    const open = () => {
      source = new EventSource(PATH);
      source.onopen = () => {
        waitMs = FIRST_WAIT_MS;
        // Not before: what comes until then is told to nobody.
        if (isGap) onGap();
        else onOpen();
        isGap = false;
      };
      source.addEventListener('notification', (event) => onNotification(event.data as string));
      source.onerror = () => {
        isGap = true;
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
  /** What came while the page was loading may have been missed. */
  onOpen: () => void;
  /** Anything may have been missed. */
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
    void keepOpen({ ...handlers, onNotification: take }, signal, false);
    return () => stopping.abort();
  }

  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<string | null>) =>
    data === null ? handlers.onGap() : take(data);
  const shared: StreamHandlers = {
    onNotification(data) {
      channel.postMessage(data);
      take(data);
    },
    onOpen: handlers.onOpen,
    onGap() {
      channel.postMessage(null);
      handlers.onGap();
    },
  };
  const askedAt = Date.now();
  // Whoever waited for the lead takes over from another tab, and between the two nobody listened.
  const lead = () => keepOpen(shared, signal, Date.now() - askedAt > FIRST_WAIT_MS);

  navigator.locks.request(LOCK, { signal }, lead).catch(() => {
    // Aborted while waiting for the lead: this tab is done.
  });
  return () => {
    stopping.abort();
    channel.close();
  };
}
