export interface ServerSentEvent {
  event: string;
  id: string;
  data: string;
  /** When it arrived, milliseconds since the epoch. */
  at: number;
}

export interface EventFeed {
  status: number;
  events: ServerSentEvent[];
  close(): void;
  /** Settles when the server ends the stream. */
  ended: Promise<void>;
}

function parse(block: string): ServerSentEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1).trimStart()] as const;
    }),
  );
  const data = fields.get('data');
  if (data === undefined) return null;
  return { event: fields.get('event') ?? 'message', id: fields.get('id') ?? '', data, at: Date.now() };
}

/** Listens to server-sent events; `events` grows as they arrive. */
export async function listen(url: string, headers: Record<string, string>): Promise<EventFeed> {
  const abort = new AbortController();
  const answer = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: abort.signal,
  });
  const events: ServerSentEvent[] = [];
  const read = async () => {
    let rest = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() as string;
      events.push(...blocks.map(parse).filter((event) => event !== null));
    }
  };
  const ended = read().catch(() => {});
  return { status: answer.status, events, close: () => abort.abort(), ended };
}
