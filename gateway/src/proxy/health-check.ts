import type { Logger } from '@spacedly/kit';
import {
  afterCheck,
  type HealthRecord,
  type HealthThresholds,
  NEW_HEALTH,
  UNREACHABLE,
} from './rules-health.ts';
import type { Member } from './upstream-group.ts';

/** How an upstream is asked whether it is well. */
export interface HealthCheck extends HealthThresholds {
  /** Answers 200–399 when it is. */
  path: string;
  intervalMs: number;
  timeoutMs: number;
}

async function isWell({ upstream }: Member, { path, timeoutMs }: HealthCheck): Promise<boolean> {
  try {
    const answer = await upstream.pool.request({
      method: 'GET',
      path: upstream.basePath + path,
      headers: { 'user-agent': 'spacedly-health-check' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body.dump();
    return answer.statusCode < 400;
  } catch {
    return false;
  }
}

export interface HealthWatch {
  /** Settles once the first check was made. */
  checked: Promise<void>;
  /** Nobody listens there, as a request found: no need to wait for a check, but only checks bring it back. */
  unreachable(): void;
  stop(): void;
}

/** Checks an upstream from now on, one check at a time, and keeps `member.isHealthy` true to them. */
export function watchHealth(member: Member, check: HealthCheck, log: Logger): HealthWatch {
  let record = NEW_HEALTH;
  let isFirst = true;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const keep = (next: HealthRecord) => {
    record = next;
    if (record.isHealthy === member.isHealthy) return;
    member.isHealthy = record.isHealthy;
    const upstream = member.upstream.url;
    if (record.isHealthy) log.info({ upstream }, 'an upstream passes its health checks again');
    else
      log.warn(
        { upstream },
        'an upstream is not well and gets no more requests while another passes its checks',
      );
  };
  const look = async () => {
    const isGood = await isWell(member, check);
    if (isStopped) return;
    // Of an upstream that is new nothing else is known, so its first check decides.
    keep(afterCheck(record, isGood, isFirst ? { ...check, unhealthyAfter: 1 } : check));
    isFirst = false;
    timer = setTimeout(look, check.intervalMs).unref();
  };
  return {
    checked: look(),
    unreachable: () => keep(UNREACHABLE),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
