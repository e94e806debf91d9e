export * from './auth/access-token.ts';
export * from './auth/bearer.ts';
export * from './auth/cognito.ts';
export * from './auth/deny-list.ts';
export * from './auth/identity.ts';
export * from './auth/keys-channel.ts';
export { OWNER_CACHE_MS } from './auth/owner-cache.ts';
export * from './auth/personal-token.ts';
export * from './auth/service-token.ts';
export * from './call.ts';
export { clientOf } from './client.ts';
export { envExample } from './config/env-example.ts';
export { LIMIT_NAMES, LIMIT_PATTERN, type LimitName } from './config/front.ts';
export * from './config/load.ts';
export { type Config, settingNames } from './config/schema.ts';
export { findSecret, keepSecret, loadSecret } from './config/secret.ts';
export { currentWork, runAs } from './context.ts';
export * from './cursor.ts';
export * from './db/drift.ts';
export * from './db/errors.ts';
export { type ExportSection, readExportPage } from './db/export-page.ts';
export * from './db/idempotency.ts';
export * from './db/migrate.ts';
export * from './db/pool.ts';
export * from './db/restore-mark.ts';
export { createAlarm } from './events/alarm.ts';
export { forgetInQueues } from './events/forget.ts';
export * from './events/jobs.ts';
export * from './events/outbox.ts';
export {
  DELIVERY_QUEUE,
  deadLetterQueue,
  EXPORT_QUEUE,
  eventQueue,
  FILES_QUEUE,
  installQueues,
  SEARCH_QUEUE,
} from './events/queues.ts';
export * from './events/signals.ts';
export * from './events/signals-deaf.ts';
export { PermanentJobError } from './events/worker.ts';
export * from './http/authentication.ts';
export { authorize, type RouteAccess } from './http/authorization.ts';
export {
  type ContentEncoding,
  chooseEncoding,
  encode,
  isCompressible,
} from './http/compression.ts';
export { toMultipartProblem } from './http/multipart.ts';
export { networkOf } from './http/network.ts';
export type { Entrance, RequestRoute } from './http/request-route.ts';
export * from './http/route.ts';
export { hasBody, UPLOAD_BODY_MS } from './http/slow-body.ts';
export { vary } from './http/vary.ts';
export * from './ids.ts';
export * from './log.ts';
export type { Metrics } from './metrics/metrics.ts';
export * from './platform.ts';
export * from './problem.ts';
export * from './process/build.ts';
export * from './process/explain.ts';
export { collectWhenIdle } from './process/idle.ts';
export * from './process/lifecycle.ts';
export * from './process/run.ts';
export * from './process/start.ts';
export { neededServiceUrls, serviceUrls } from './process/transports.ts';
export { openRedis, type Redis } from './redis.ts';
export * from './secrets.ts';
export * from './service.ts';
export { isTold, type Shareable, type ShareKind, type ShareRow } from './shares/kind.ts';
export { createShares, type Shares } from './shares/service.ts';
export { areRelated, forgetShares, markOpened } from './shares/store.ts';
export * from './ssrf.ts';
export { createStorage } from './storage/create.ts';
export { createDiskStorage } from './storage/disk.ts';
export * from './storage/storage.ts';
export type { Tracing } from './tracing/tracing.ts';
export { version } from './version.ts';
