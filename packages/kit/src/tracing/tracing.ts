import type { IncomingHttpHeaders } from 'node:http';

export type SpanAttributes = Record<string, string | number | boolean>;

/** A piece of work that is being timed for a trace. */
export interface ActiveSpan {
  /** As the next one hears of it (W3C Trace Context). */
  readonly traceparent: string;
  /** @param isError the span is shown as failed */
  end(attributes?: SpanAttributes, isError?: boolean): void;
}

export interface SpanOptions {
  kind: 'consumer' | 'client' | 'internal';
  /** Names and counts of things, never values: no parameter of a query, no address, no token. */
  attributes?: SpanAttributes;
  /** `traceparent` of what caused it; otherwise it belongs to the current work. */
  parent?: string | undefined;
}

/** Traces of the work of a process, for OpenTelemetry. */
export interface Tracing {
  readonly isOn: boolean;
  /** Begins the span of a request, in the trace its caller names; undefined when nothing is traced. */
  ofRequest(method: string, route: string, headers: IncomingHttpHeaders): ActiveSpan | undefined;
  /** Begins a span that belongs to the current work; undefined when that is not traced. */
  begin(name: string, attributes: SpanAttributes): ActiveSpan | undefined;
  /** Runs `work` in a span, and with it as the current work. A rejection ends it as failed. */
  span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>;
  /** Sends what is not sent yet. */
  close(): Promise<void>;
}

/** While nothing listens there is nothing to do. */
export const noTracing: Tracing = {
  isOn: false,
  ofRequest: () => undefined,
  begin: () => undefined,
  span: (_name, _options, work) => work(),
  close: async () => {},
};

/** Where traces go (`OTEL_EXPORTER_OTLP_*`). */
export interface TracingSettings {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_HEADERS?: string | undefined;
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' | 'http/protobuf';
  OTEL_SERVICE_NAME?: string | undefined;
  OTEL_TRACES_SAMPLER_ARG: number;
}

/** Traces go to the collector that the configuration names. Without one the library is not even loaded. */
export async function createTracing(settings: TracingSettings, name: string): Promise<Tracing> {
  if (settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return noTracing;
  const { openTracing } = await import('./otel.ts');
  return openTracing(settings, name);
}
