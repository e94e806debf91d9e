import { METHODS } from 'node:http';
import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import { createRequestMeter } from './requests.ts';

function setUp() {
  const metrics = createMetrics();
  const meter = createRequestMeter(metrics);
  return { meter, text: () => metrics.registry.metrics() };
}

const answered = { method: 'GET', route: '/v1/tasks/:taskId', statusCode: 200, durationMs: 30 };

test('rate, errors and duration by method, route and status', async () => {
  const { meter, text } = setUp();
  meter.count(answered);
  meter.count({ ...answered, durationMs: 60_000 });
  meter.count({ ...answered, statusCode: 503, durationMs: 5 });
  const labels = 'method="GET",route="/v1/tasks/:taskId"';
  const seen = await text();
  for (const line of [
    `http_requests_total{${labels},status_code="200"} 2`,
    `http_requests_total{${labels},status_code="503"} 1`,
    `http_request_duration_seconds_bucket{le="0.025",${labels},status_code="200"} 0`,
    `http_request_duration_seconds_bucket{le="0.05",${labels},status_code="200"} 1`,
    `http_request_duration_seconds_bucket{le="30",${labels},status_code="200"} 1`,
    `http_request_duration_seconds_bucket{le="+Inf",${labels},status_code="200"} 2`,
    `http_request_duration_seconds_sum{${labels},status_code="200"} 60.03`,
    `http_request_duration_seconds_count{${labels},status_code="200"} 2`,
    // A bound belongs to its bucket.
    `http_request_duration_seconds_bucket{le="0.005",${labels},status_code="503"} 1`,
  ])
    expect(seen.split('\n')).toContain(line);
});

test('an event stream is counted, but how long somebody listened is no duration', async () => {
  const { meter, text } = setUp();
  meter.count({ ...answered, durationMs: null });
  const seen = await text();
  expect(seen).toContain('status_code="200"} 1\n');
  expect(seen).not.toContain('http_request_duration_seconds_count');
});

test('what clients and upstreams make up becomes one label', async () => {
  const { meter, text } = setUp();
  for (const method of [...METHODS, 'BREW', 'get', '__proto__'])
    for (const statusCode of [200, 299, 418, 499, 599, 999])
      meter.count({ method, route: undefined, statusCode, durationMs: 1 });
  const lines = (await text()).split('\n').filter((line) => line.startsWith('http_requests_total{'));
  const valuesOf = (label: string) =>
    [...new Set(lines.map((line) => new RegExp(`${label}="([^"]*)"`).exec(line)?.[1]))].sort();
  expect(valuesOf('method')).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'other']);
  expect(valuesOf('route')).toEqual(['unknown']);
  expect(valuesOf('status_code')).toEqual(['200', '418', '499', 'other']);
});
