import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('a metric asked for twice is one metric', async () => {
  const metrics = createMetrics();
  const describe = { name: 'spacedly_things_total', help: 'Things', labelNames: ['kind'] as const };
  metrics.counter(describe).inc({ kind: 'a' });
  metrics.counter(describe).inc({ kind: 'a' }, 2);
  expect(await metrics.registry.metrics()).toContain('spacedly_things_total{kind="a"} 3\n');
});

test('processes, and tests, share nothing', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.histogram({ name: 'spacedly_wait_seconds', help: 'Wait', buckets: [0.1, 1] }).observe(0.5);
  one.gauge({
    name: 'spacedly_level',
    help: 'Level',
    collect() {
      this.set(7);
    },
  });
  const text = await one.registry.metrics();
  expect(text).toContain('spacedly_wait_seconds_bucket{le="1"} 1\n');
  expect(text).toContain('spacedly_level 7\n');
  expect(await other.registry.metrics()).not.toContain('spacedly_');
});
