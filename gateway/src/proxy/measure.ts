import type { Platform } from '@spacedly/kit';
import type { UpstreamGroup } from './upstream-group.ts';

/** Tells how the upstreams do at the moment. `groups` are those of now: what a configuration that was replaced had is gone. */
export function measureUpstreams({ metrics }: Platform, groups: () => readonly UpstreamGroup[]): void {
  const members = () => groups().flatMap((group) => group.members);
  metrics.gauge({
    name: 'spacedly_upstream_breaker_open',
    help: '1 while an upstream fails and gets no requests but probes, by its address',
    labelNames: ['upstream'],
    collect() {
      this.reset();
      for (const { upstream } of members()) {
        this.set({ upstream: upstream.url }, upstream.breaker.state(Date.now()) === 'closed' ? 0 : 1);
      }
    },
  });
  metrics.gauge({
    name: 'spacedly_upstream_healthy',
    help: '0 while an upstream fails the active health checks of a route, by its address; 1 also where there are none',
    labelNames: ['upstream'],
    collect() {
      this.reset();
      const failing = new Set(
        members().flatMap(({ isHealthy, upstream }) => (isHealthy ? [] : upstream.url)),
      );
      for (const { upstream } of members()) {
        this.set({ upstream: upstream.url }, failing.has(upstream.url) ? 0 : 1);
      }
    },
  });
  metrics.gauge({
    name: 'spacedly_upstream_panic',
    help: '1 while no upstream of a service or foreign route passes its health checks, so that all are asked anyhow',
    labelNames: ['pool'],
    collect() {
      this.reset();
      for (const group of groups()) this.set({ pool: group.name }, group.isInPanic() ? 1 : 0);
    },
  });
}
