import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createClient } from '../harness/client.ts';
import { startCluster } from '../harness/cluster.ts';
import { stopAll } from '../harness/system.ts';
import { waitFor } from '../harness/wait.ts';

const hasNginx = await promisify(execFile)('nginx', ['-v']).then(
  () => true,
  () => false,
);
if (!hasNginx) console.warn('SKIPPED the rolling restart: no nginx found.');

/**
 * A balancer that knows nothing of health and asks the other gateway when one is not there, or closes a connection in
 * the moment it is used again: each change carries a key, so it may be sent twice.
 */
const nginxConfig = (folder: string, url: string, gateways: string[]) => `
daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  upstream gateways { ${gateways.map((url) => `server ${new URL(url).host} max_fails=0;`).join(' ')} keepalive 16; }
  server {
    listen ${new URL(url).host};
    location / { proxy_pass http://gateways; proxy_http_version 1.1; proxy_next_upstream error timeout non_idempotent; proxy_set_header Connection ""; proxy_set_header Host $http_host; }
  }
}`;

test.skipIf(!hasNginx)(
  'two gateways and two task services are replaced under load without one request lost',
  async () => {
    // Longer than the gateways take to see that a service is not ready any more, busy as they may be.
    const cluster = await startCluster({ DRAIN_DELAY: '5' });
    const { folder, gateways, tasks, publicUrl: url } = cluster;
    const config = nginxConfig(
      folder,
      url,
      gateways.map((gateway) => gateway.url),
    );
    await writeFile(join(folder, 'nginx.conf'), config);
    const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
    try {
      const isThere = async () => (await fetch(`${url}/health/live`).catch(() => null))?.ok;
      await waitFor(isThere, 10_000, 'nginx');
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
      for (const round of [0, 1] as const) {
        const both = [gateways[round], tasks[round]] as const;
        await stopAll(both.map(({ running }) => running));
        for (const one of both) one.start();
        await cluster.ready(...both);
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
      await once(nginx, 'exit');
      await cluster.stop();
    }
  },
);
