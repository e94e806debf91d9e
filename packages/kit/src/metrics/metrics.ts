import { Counter, Gauge, Histogram, Registry } from 'prom-client';

interface Description<L extends string> {
  /** As Prometheus names things: `spacedly_`, what it is, its unit; `_total` at the end of a counter. */
  name: string;
  help: string;
  /**
   * Each combination of values is a series that is kept as long as the process lives. So values come from a fixed,
   * small set: the template of a route, the name of a provider, an outcome; never an id, an address or a path.
   */
  labelNames?: readonly L[];
}

/**
 * What one process counts of its work, for Prometheus. Asking twice for a metric of the same name gives the same one,
 * so that whoever counts describes it where it counts.
 */
export interface Metrics {
  counter<L extends string = never>(description: Description<L>): Counter<L>;
  /** @param description with `collect`, the value is set when somebody reads it */
  gauge<L extends string = never>(
    description: Description<L> & { collect?: (this: Gauge<L>) => void | Promise<void> },
  ): Gauge<L>;
  /** @param description `buckets` are upper bounds in the unit of the metric */
  histogram<L extends string = never>(
    description: Description<L> & { buckets: readonly number[] },
  ): Histogram<L>;
  registry: Registry;
}

/** An empty set of metrics; there is one for each process, and none that is global. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const once = <M>(name: string, make: () => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? make();
  return {
    registry,
    counter: ({ labelNames = [], ...rest }) =>
      once(rest.name, () => new Counter({ ...rest, labelNames: [...labelNames], registers })),
    gauge: ({ labelNames = [], ...rest }) =>
      once(rest.name, () => new Gauge({ ...rest, labelNames: [...labelNames], registers })),
    histogram: ({ labelNames = [], buckets, ...rest }) =>
      once(
        rest.name,
        () => new Histogram({ ...rest, labelNames: [...labelNames], buckets: [...buckets], registers }),
      ),
  };
}
