import { z } from 'zod';
import { optional, wholeNumber } from './fields.ts';

/** Settings of what an installation tells about itself: log, metrics, traces. */
export const observingSettings = {
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
    description: 'Least severe log line to write',
  }),
  SLOW_REQUEST_MS: wholeNumber(0, 600_000).default(1_000).meta({
    description: 'Requests that take longer get a warning in the log, in milliseconds; 0 for none',
  }),
  SLOW_QUERY_MS: wholeNumber(0, 600_000).default(500).meta({
    description: 'SQL statements that take longer get a warning in the log, in milliseconds; 0 for none',
  }),
  METRICS_PORT: optional(wholeNumber(1, 65_535)).meta({
    description: 'Port of its own for /metrics. Each process on a machine needs another one',
    example: '9464',
  }),
  METRICS_HOST: z.string().default('127.0.0.1').meta({
    description: 'Address on which METRICS_PORT listens; 0.0.0.0 where Prometheus runs on another machine',
  }),
  METRICS_TOKEN: optional(z.string().min(16)).meta({
    description:
      'Whoever reads /metrics must send this as a Bearer token. Without METRICS_PORT it also opens /metrics on PORT',
    example: 'openssl rand -hex 24',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url({ protocol: /^https?$/ })).meta({
    description: 'OpenTelemetry collector that traces are sent to, over OTLP/HTTP',
    example: 'http://localhost:4318',
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(['http/protobuf', 'http/json']).default('http/protobuf').meta({
    description: 'How traces are written',
  }),
  OTEL_EXPORTER_OTLP_HEADERS: optional(z.string()).meta({
    description: 'Headers for the collector, such as its key',
    example: 'api-key=secret,x-team=planner',
  }),
  OTEL_SERVICE_NAME: optional(z.string()).meta({
    description: 'What this process is called in traces. Default: spacedly, or the service that runs alone',
  }),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).meta({
    description: 'Part of the requests that is traced, from 0 to 1, where the caller has not decided',
  }),
};
