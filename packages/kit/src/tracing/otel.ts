import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { currentWork, runAs } from '../context.ts';
import { version } from '../version.ts';
import type { ActiveSpan, SpanOptions, Tracing, TracingSettings } from './tracing.ts';

const KINDS = {
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const satisfies Record<SpanOptions['kind'], SpanKind>;

/** Version 00 and those after it that begin like it; ids of zeros are not ids (W3C Trace Context, section 3.2). */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})/;

/** How long a process that stops waits for a collector that does not answer. */
const CLOSE_MS = 3_000;

function contextOf(traceparent: unknown): Context {
  const [, traceId, spanId, flags] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function toActive(span: Span): ActiveSpan {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-0${traceFlags & 1}`,
    end(attributes, isError = false) {
      if (attributes !== undefined) span.setAttributes(attributes);
      if (isError) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

async function openExporter(settings: TracingSettings): Promise<SpanExporter> {
  const base = (settings.OTEL_EXPORTER_OTLP_ENDPOINT as string).replace(/\/$/, '');
  const headers = Object.fromEntries(
    (settings.OTEL_EXPORTER_OTLP_HEADERS ?? '').split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 1 ? [] : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]];
    }),
  );
  const options = { url: `${base}/v1/traces`, headers };
  if (settings.OTEL_EXPORTER_OTLP_PROTOCOL === 'http/json') {
    return new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter(options);
  }
  return new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter(options);
}

/** Traces over OTLP. The spans are made where the work is done, with names we chose, rather than by patching libraries. */
export async function openTracing(settings: TracingSettings, name: string): Promise<Tracing> {
  const exporter = await openExporter(settings);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': settings.OTEL_SERVICE_NAME ?? name,
      'service.version': version,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.OTEL_TRACES_SAMPLER_ARG) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('spacedly', version);
  const start = (spanName: string, kind: SpanKind, attributes: SpanOptions['attributes'], parent: unknown) =>
    toActive(tracer.startSpan(spanName, { kind, ...(attributes && { attributes }) }, contextOf(parent)));

  return {
    isOn: true,
    ofRequest(method, route, { traceparent }) {
      const attributes = { 'http.request.method': method, 'http.route': route };
      return start(`${method} ${route}`, SpanKind.SERVER, attributes, traceparent);
    },
    begin(spanName, attributes) {
      const parent = currentWork()?.span?.traceparent;
      return parent === undefined ? undefined : start(spanName, SpanKind.CLIENT, attributes, parent);
    },
    async span(spanName, { kind, attributes, parent }, work) {
      const current = currentWork();
      const span = start(spanName, KINDS[kind], attributes, parent ?? current?.span?.traceparent);
      let isError = true;
      try {
        const result = await runAs({ ...current, span }, work);
        isError = false;
        return result;
      } finally {
        span.end(undefined, isError);
      }
    },
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([provider.shutdown().catch(() => {}), late]);
    },
  };
}
