import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { currentWork } from '../context.ts';
import type { Logger } from '../log.ts';
import type { Tracing } from '../tracing/tracing.ts';

export interface QueryWatch {
  /** Statements that took longer are warned of; 0 for none. In milliseconds. */
  slowQueryMs: number;
  /** False where a pooler in between hands each transaction to another connection, which knows no statement by its name. */
  keepsPrepared: boolean;
  tracing: Tracing;
  log: Logger;
}

type Callback = (error: Error | null, result?: unknown) => void;

const MAX_TEXT = 1_000;
/** What somebody wrote into a statement as it stands. Values come as parameters, which are never looked at. */
const LITERALS = /'(?:[^']|'')*(?:'|$)/g;

/** The text of a statement without values, on one line. */
export function statementText(text: string): string {
  return text
    .slice(0, 4 * MAX_TEXT)
    .replace(LITERALS, "'?'")
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}

const OPERATION = /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i;

/** The name of a span: what kind of statement it is. */
function operationOf(text: string): string {
  return OPERATION.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
}

function textOf(query: unknown): string | null {
  if (typeof query === 'string') return query;
  // Whatever can submit itself, such as a COPY stream, lives longer than its statement.
  if (typeof query !== 'object' || query === null || 'submit' in query) return null;
  const { text } = query as { text?: unknown };
  return typeof text === 'string' ? text : null;
}

/** Told when a statement has ended; null where nobody wants to know. */
function startWatch(text: string, { slowQueryMs, tracing, log }: QueryWatch): (isError: boolean) => void {
  const startedAt = performance.now();
  const work = currentWork();
  const span =
    work?.span &&
    tracing.begin(operationOf(text), {
      'db.system.name': 'postgresql',
      'db.query.text': statementText(text),
    });
  return (isError) => {
    span?.end(undefined, isError);
    const durationMs = performance.now() - startedAt;
    if (slowQueryMs === 0 || durationMs < slowQueryMs) return;
    const about = { requestId: work?.requestId, jobId: work?.jobId };
    log.warn(
      { ...about, durationMs: Math.round(durationMs), statement: statementText(text) },
      'a slow query',
    );
  };
}

/** A pool whose statements are timed: the slow ones are warned of, and each is a span of the trace it belongs to. */
export function createObservedPool(config: pg.PoolConfig, watch: QueryWatch): pg.Pool {
  class ObservedClient extends pg.Client {
    // biome-ignore lint/suspicious/noExplicitAny: query has eight overloads, which are passed on as they came
    override query(...args: any[]): any {
      const text = textOf(args[0]);
      if (text === null) return Reflect.apply(super.query, this, args);
      if (!watch.keepsPrepared && typeof args[0] === 'object') args[0] = { ...args[0], name: undefined };
      const end = startWatch(text, watch);
      const last = args.length - 1;
      const callback = args[last];
      if (typeof callback === 'function') {
        args[last] = ((error, result) => {
          end(error != null);
          callback(error, result);
        }) satisfies Callback;
        return Reflect.apply(super.query, this, args);
      }
      const asked = Reflect.apply(super.query, this, args) as Promise<unknown>;
      asked.then(
        () => end(false),
        () => end(true),
      );
      return asked;
    }
  }
  const pool = new pg.Pool({ ...config, Client: ObservedClient } as pg.PoolConfig);
  // Who waits for a connection is called by whoever gives one back, and would be taken for part of their work.
  const connect = pool.connect.bind(pool) as (callback?: Callback) => unknown;
  pool.connect = ((callback?: Callback) =>
    connect(callback && AsyncLocalStorage.bind(callback))) as typeof pool.connect;
  return pool;
}
