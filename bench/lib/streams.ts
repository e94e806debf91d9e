/** Browsers, in a process of their own so that their memory is nobody's else: holds event streams open and does tasks. */
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Task {
  token: string;
  taskId: string;
}
export type Wish =
  | { wish: 'open'; url: string; tokens: readonly string[] }
  /** Completes tasks, so many a second, whatever comes back meanwhile. */
  | { wish: 'complete'; url: string; tasks: readonly Task[]; perSecond: number };
/** Milliseconds from the request that completes a task until its event was there; `lost` of streams that ended. */
export type Told = { times: number[]; lost: number } | { error: string };

/** Opened at once: more would overflow the queue of connections. */
const STEP = 100;
const PATIENCE_MS = 20_000;

const sentAt = new Map<string, number>();
const arrived = new Map<string, number>();
let lost = 0;

/** Every event names its task; the first time that it comes counts. */
function read(text: string): void {
  for (const [, taskId = ''] of text.matchAll(/"taskId":"([^"]+)"/g)) {
    if (!arrived.has(taskId)) arrived.set(taskId, performance.now());
  }
}

/** @returns once the server has said that it is connected */
function open(url: URL, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname).setEncoding('latin1');
    let rest = '';
    socket.on('error', reject);
    socket.on('close', () => (lost += 1));
    socket.on('data', (chunk: string) => {
      const text = rest + chunk;
      const end = text.lastIndexOf('\n\n');
      rest = end === -1 ? text : text.slice(end);
      if (end !== -1) read(text);
      if (text.includes(': connected')) resolve();
      else if (!text.startsWith('HTTP/1.1 200') && text.startsWith('HTTP'))
        reject(new Error(text.slice(0, 12)));
    });
    socket.write(
      `GET /v1/notifications/stream HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
  });
}

async function complete(url: string, { token, taskId }: Task): Promise<void> {
  sentAt.set(taskId, performance.now());
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/v1/tasks/${taskId}/complete`, { method: 'POST', headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`completing a task answered ${answer.status}`);
}

async function completeAll(url: string, tasks: readonly Task[], perSecond: number): Promise<number[]> {
  const startedAt = performance.now();
  const asked: Promise<void>[] = [];
  while (asked.length < tasks.length) {
    const due = ((performance.now() - startedAt) / 1_000) * perSecond;
    while (asked.length < Math.min(due, tasks.length)) asked.push(complete(url, tasks[asked.length] as Task));
    await delay(2);
  }
  await Promise.all(asked);
  const deadline = performance.now() + PATIENCE_MS;
  while (tasks.some(({ taskId }) => !arrived.has(taskId))) {
    if (performance.now() > deadline) throw new Error('not all events arrived');
    await delay(10);
  }
  return tasks.map(({ taskId }) => (arrived.get(taskId) as number) - (sentAt.get(taskId) as number));
}

async function grant(asked: Wish): Promise<number[]> {
  if (asked.wish === 'complete') return completeAll(asked.url, asked.tasks, asked.perSecond);
  const url = new URL(asked.url);
  for (let from = 0; from < asked.tokens.length; from += STEP)
    await Promise.all(asked.tokens.slice(from, from + STEP).map((token) => open(url, token)));
  return [];
}

process.on('message', (asked: Wish) => {
  grant(asked)
    .then((times): Told => ({ times, lost }))
    .catch((error): Told => ({ error: String(error) }))
    .then((told) => process.send?.(told));
});
