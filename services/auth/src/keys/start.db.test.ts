import { setImmediate as turn } from 'node:timers/promises';
import { KEYS_CHANGED_CHANNEL } from '@spacedly/kit';
import { testApp } from '@spacedly/kit/testing';
import { expect, test } from 'vitest';
import { authService } from '../index.ts';

test('keys that change elsewhere while a process is put together are asked for when it is whole', async () => {
  const t = await testApp([authService], {
    background: false,
    front: {
      policies() {},
      async routes(app, { signals }) {
        await signals.publish(KEYS_CHANGED_CHANNEL, '');
        await signals.settle(5_000);
        for (let turns = 0; turns < 20; turns += 1) await turn();
        app.get('/last', async () => 'here');
      },
    },
  });
  expect((await t.app.inject('/last')).body).toBe('here');
  await t.close();
});
