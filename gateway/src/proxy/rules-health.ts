export interface HealthThresholds {
  /** Failed checks in a row after which an upstream gets no more requests. */
  unhealthyAfter: number;
  /** Good checks in a row after which it gets them again. */
  healthyAfter: number;
}

export interface HealthRecord {
  isHealthy: boolean;
  /** Checks in a row that said the opposite of `isHealthy`. */
  contrary: number;
}

/** Trusted until the first check, so that a gateway serves from its first moment. */
export const NEW_HEALTH: HealthRecord = { isHealthy: true, contrary: 0 };

/** What is known of one where nobody listens. */
export const UNREACHABLE: HealthRecord = { isHealthy: false, contrary: 0 };

/** The record after one more check. */
export function afterCheck(
  record: HealthRecord,
  isGood: boolean,
  { unhealthyAfter, healthyAfter }: HealthThresholds,
): HealthRecord {
  if (isGood === record.isHealthy) return { isHealthy: record.isHealthy, contrary: 0 };
  const contrary = record.contrary + 1;
  const isTurned = contrary >= (record.isHealthy ? unhealthyAfter : healthyAfter);
  return isTurned ? { isHealthy: isGood, contrary: 0 } : { isHealthy: record.isHealthy, contrary };
}
