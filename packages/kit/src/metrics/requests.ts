import { STATUS_CODES } from 'node:http';
import type { Metrics } from './metrics.ts';

/** Upper bounds in seconds: from what memory answers to what no person waits for. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const METHODS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
/** For requests that no route is for. One label, however many addresses are tried. */
const UNKNOWN_ROUTE = 'unknown';
/** Clients and upstreams may make methods and status codes up. */
const OTHER = 'other';
/** The client was gone before there was an answer; nginx's number for it. */
export const CLIENT_CLOSED = 499;

interface Series {
  labels: { method: string; route: string; status_code: string };
  /** One more than there are bounds: the last is for what took longer than all of them. */
  counts: Float64Array;
  sum: number;
  total: number;
}

export interface Answered {
  method: string;
  /** Template of the route, such as `/v1/tasks/:taskId`. */
  route: string | undefined;
  statusCode: number;
  /** Null where the duration says nothing, as that of an event stream, which lasts as long as somebody listens. */
  durationMs: number | null;
}

/** Rate, errors and duration of requests (RED), by method, route template and status. */
export interface RequestMeter {
  inFlight: number;
  count(answered: Answered): void;
}

const methodLabel = (method: string) => (METHODS.has(method) ? method : OTHER);

function statusLabel(statusCode: number): string {
  return statusCode in STATUS_CODES || statusCode === CLIENT_CLOSED ? String(statusCode) : OTHER;
}

function newSeries(method: string, route: string, statusCode: number): Series {
  return {
    labels: { method: methodLabel(method), route, status_code: statusLabel(statusCode) },
    counts: new Float64Array(BUCKETS.length + 1),
    sum: 0,
    total: 0,
  };
}

function bucketOf(seconds: number): number {
  let index = 0;
  while (index < BUCKETS.length && seconds > (BUCKETS[index] as number)) index += 1;
  return index;
}

function histogramValues(series: Iterable<Series>) {
  const name = 'http_request_duration_seconds';
  return [...series].flatMap(({ labels, counts, sum }) => {
    let below = 0;
    const buckets = [...BUCKETS, '+Inf'].map((le, index) => {
      below += counts[index] as number;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: below };
    });
    if (below === 0) return [];
    const rest = [
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: below },
    ];
    return [...buckets, ...rest];
  });
}

/**
 * Counts by hand what Prometheus reads: two array cells a request. The counter and the histogram of prom-client look
 * their labels up by sorting and joining them, for 2 µs a request, a tenth of what a small route takes in all.
 */
export function createRequestMeter({ registry, gauge }: Metrics): RequestMeter {
  const routes = new Map<string, Map<string, Series>>();
  const seriesOf = (method: string, route: string, statusCode: number): Series => {
    const ofRoute = routes.get(route) ?? new Map<string, Series>();
    const key = `${methodLabel(method)} ${statusLabel(statusCode)}`;
    const known = ofRoute.get(key);
    if (known !== undefined) return known;
    const series = newSeries(method, route, statusCode);
    routes.set(route, ofRoute.set(key, series));
    return series;
  };
  const meter: RequestMeter = {
    inFlight: 0,
    count({ method, route = UNKNOWN_ROUTE, statusCode, durationMs }) {
      const series = seriesOf(method, route, statusCode);
      series.total += 1;
      if (durationMs === null) return;
      const seconds = durationMs / 1_000;
      const index = bucketOf(seconds);
      series.counts[index] = (series.counts[index] as number) + 1;
      series.sum += seconds;
    },
  };
  const all = () => [...routes.values()].flatMap((ofRoute) => [...ofRoute.values()]);
  const register = (name: string, help: string, type: string, values: () => object[]) =>
    registry.registerMetric({ name, get: async () => ({ name, help, type, values: values() }) } as never);
  register('http_requests_total', 'Requests answered', 'counter', () =>
    all().map(({ labels, total }) => ({ labels, value: total })),
  );
  register(
    'http_request_duration_seconds',
    'Time from the head of a request to the end of its answer, without event streams',
    'histogram',
    () => histogramValues(all()),
  );
  gauge({
    name: 'http_requests_in_flight',
    help: 'Requests being answered, open event streams included',
    collect() {
      this.set(meter.inFlight);
    },
  });
  return meter;
}
