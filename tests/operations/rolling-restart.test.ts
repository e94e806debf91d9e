import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createTestDatabase, TEST_SECRET } from '@spacedly/kit/testing';
import { expect, test } from 'vitest';
import { createClient } from '../harness/client.ts';
import { freePorts } from '../harness/ports.ts';
import { CLI, type Running, run, stopAll, waitUntilReady } from '../harness/system.ts';

const hasNginx = await promisify(execFile)('nginx', ['-v']).then(
  () => true,
  () => false,
);
if (!hasNginx) console.warn('SKIPPED the rolling restart: no nginx found.');

/**
 * A balancer that knows nothing of health and asks the other gateway when one is not there, or closes a connection in
 * the moment it is used again: each change carries a key, so it may be sent twice.
 */
const nginxConfig = (folder: string, port: number, gateways: string[]) => `
daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  upstream gateways { ${gateways.map((url) => `server ${new URL(url).host} max_fails=0;`).join(' ')} keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://gateways; proxy_http_version 1.1; proxy_next_upstream error timeout non_idempotent; proxy_set_header Connection ""; proxy_set_header Host $http_host; }
  }
}`;

interface Part {
  url: string;
  start(): Running;
}

test.skipIf(!hasNginx)(
  'two gateways and two task services are replaced under load without one request lost',
  async () => {
    const [database, folder, ports] = await Promise.all([
      createTestDatabase(),
      mkdtemp(join(tmpdir(), 'spacedly-rolling-')),
      freePorts(6),
    ]);
    const at = (index: number) => `http://127.0.0.1:${ports[index]}`;
    const url = at(0);
    let output = '';
    const part = (services: string, index: number): Part => ({
      url: at(index),
      start: () =>
        run(
          CLI,
          ['serve', '--no-migrate', '--services', services],
          {
            HOST: '127.0.0.1',
            PORT: String(ports[index]),
            PUBLIC_URL: url,
            DATABASE_URL: database.url,
            DATA_DIR: folder,
            SPACEDLY_SECRET: TEST_SECRET,
            DB_POOL_MAX: '5',
            LOG_LEVEL: 'warn',
            RATE_LIMIT_DEFAULT: 'off',
            TRUSTED_PROXIES: '127.0.0.1',
            // Longer than the gateways take to see that a service is not ready any more, busy as they may be.
            DRAIN_DELAY: '5',
            AUTH_URL: at(5),
            NOTIFICATIONS_URL: at(5),
            TASKS_URL: `${at(3)},${at(4)}`,
          },
          (text) => {
            output += text;
          },
        ),
    });
    const gateways = [part('gateway', 1), part('gateway', 2)];
    const tasks = [part('tasks', 3), part('tasks', 4)];
    const parts = [...gateways, ...tasks, part('auth,notifications', 5)];
    const running = new Map(parts.map((one) => [one, one.start()]));
    const ready = (some: Part[]) =>
      waitUntilReady(
        some.map((one) => one.url),
        some.map((one) => running.get(one) as Running),
        () => output,
      );
    await writeFile(
      join(folder, 'nginx.conf'),
      nginxConfig(
        folder,
        ports[0] as number,
        gateways.map((one) => one.url),
      ),
    );
    const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
    try {
      await ready(parts);
      const person = await createClient(url).signUp();
      const refused: string[] = [];
      let [reads, writes] = [0, 0];
      let isOver = false;
      const ask = async (method: string, path: string, body?: object) => {
        const headers = {
          ...person.headers,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        };
        const answer = await fetch(url + path, {
          method,
          headers,
          ...(body && { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        if (!answer.ok) refused.push(`${method} ${path}: ${answer.status} ${text}`);
      };
      const use = async () => {
        while (!isOver) {
          await ask('GET', '/v1/tasks?limit=5').catch((error) => refused.push(String(error.cause ?? error)));
          reads += 1;
          await ask('POST', '/v1/tasks', { title: 'Kept' }).catch((error) =>
            refused.push(String(error.cause ?? error)),
          );
          writes += 1;
          await delay(5);
        }
      };
      const using = Promise.all(Array.from({ length: 6 }, use));
      for (const round of [0, 1]) {
        const both = [gateways[round] as Part, tasks[round] as Part];
        await stopAll(both.map((one) => running.get(one) as Running));
        for (const one of both) running.set(one, one.start());
        await ready(both);
        // Until the other gateway has seen that the service is back.
        await delay(4_000);
      }
      isOver = true;
      await using;
      expect(refused).toEqual([]);
      expect(reads).toBeGreaterThan(100);
      const kept: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const answer = await fetch(`${url}/v1/tasks?limit=100${from}`, { headers: person.headers });
        const page = (await answer.json()) as { items: { id: string }[]; nextCursor: string | null };
        kept.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(new Set(kept).size).toBe(writes);
    } finally {
      nginx.kill('SIGTERM');
      await Promise.all([once(nginx, 'exit'), stopAll([...running.values()])]);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
