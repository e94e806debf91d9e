import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Part } from '../lib/part.ts';
import { rssMegabytes } from '../lib/processes.ts';
import { short } from '../lib/report.ts';
import { median } from '../lib/rounds.ts';

const ASKED = 300;
/** Node and Linux limit the files of a process; opening goes in steps so that no queue overflows. */
const STEP = 200;
const PATIENCE_MS = 180_000;

/** Opens a connection; every other one asks once and keeps it open, the others never say a word. */
function open(port: number, hasAsked: boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.once('connect', () => {
      if (!hasAsked) return resolve(socket);
      socket.once('data', () => resolve(socket));
      socket.write('GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    });
    socket.resume();
  });
}

async function askMany(url: string): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let n = 0; n < ASKED; n += 1) {
    const start = performance.now();
    const answer = await fetch(`${url}/health/live`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    times.push(performance.now() - start);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: median(times), p99: sorted[Math.floor(ASKED * 0.99)] as number };
}

export const idle: Part = {
  about: 'ten thousand connections that say nothing, or nothing more',
  async run(world, { isQuick }) {
    const count = isQuick ? 500 : 10_000;
    const ours = await world.spacedly('Spacedly');
    const port = Number(new URL(ours.url).port);
    const quiet = await askMany(ours.url);
    const rssQuiet = rssMegabytes(ours.pid);
    const opened = performance.now();
    let closed = 0;
    for (let n = 0; n < count; n += STEP) {
      const sockets = await Promise.all(Array.from({ length: STEP }, (_, i) => open(port, i % 2 === 0)));
      for (const socket of sockets) socket.once('close', () => (closed += 1)).on('error', () => {});
    }
    const openedMs = performance.now() - opened;
    const closedEarly = closed;
    const busy = await askMany(ours.url);
    const rssBusy = rssMegabytes(ours.pid);
    while (closed < count && performance.now() - opened < PATIENCE_MS) await delay(250);
    const text = [
      '| | p50 ms | p99 ms | RSS MB |',
      '|---|---|---|---|',
      `| quiet | ${short(quiet.p50)} | ${short(quiet.p99)} | ${short(rssQuiet)} |`,
      `| beside them | ${short(busy.p50)} | ${short(busy.p99)} | ${short(rssBusy)} |`,
      '',
      `- ${count.toLocaleString('en-US')} opened in ${short(openedMs / 1_000)} s; ${closedEarly} of them were closed by then`,
      `- ${short(((rssBusy - rssQuiet) * 1_024) / count)} KB of memory each`,
      `- ${closed.toLocaleString('en-US')} closed by the server, the last ${short((performance.now() - opened) / 1_000)} s after the first was opened`,
    ].join('\n');
    return [{ title: `${ASKED} requests one after another, beside ${count} idle connections`, text }];
  },
};
