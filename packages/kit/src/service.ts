import type { ServiceContract } from '@spacedly/contracts';
import type { FastifyInstance } from 'fastify';
import type { Transport } from './call.ts';
import type { Migrations } from './db/migrate.ts';
import type { Platform } from './platform.ts';

/** How a service reaches the others: the same call over injection in one process, over HTTP across several. */
export type Transports = (service: string) => Transport;

/** The door of a service: all that a composition root knows of it. */
export interface Service {
  contract: ServiceContract;
  migrations: Migrations;
  /** Binds its routes and returns its background work, which starts once the server listens. */
  build(app: FastifyInstance, platform: Platform, transports: Transports): BackgroundWork;
}

export interface BackgroundWork {
  start(): Promise<void>;
  /** The part of `start` that serving needs, such as what feeds open streams, for processes that leave the work to others. */
  serve?(): Promise<void>;
  /** Called first when the process stops; must be quick and safe to call before `start`. */
  stop(): Promise<void>;
  /** When there is something to do that no queue tells of; null for nothing in sight. */
  nextDue?(): Promise<Date | null>;
  /** Does once what is otherwise done only after the process has lived for a while, for those that never do. */
  chores?(): Promise<void>;
}

/** Several pieces of background work as one. */
export function together(...works: BackgroundWork[]): Required<BackgroundWork> {
  const each = async (act: (work: BackgroundWork) => Promise<unknown> | undefined) =>
    void (await Promise.all(works.map(act)));
  return {
    start: () => each((work) => work.start()),
    serve: () => each((work) => work.serve?.()),
    stop: () => each((work) => work.stop()),
    chores: () => each((work) => work.chores?.()),
    async nextDue() {
      const dates = await Promise.all(works.map(async (work) => (await work.nextDue?.()) ?? null));
      return dates.filter((date) => date !== null).reduce(earlier, null);
    },
  };
}

const earlier = (one: Date | null, other: Date): Date => (one === null || other < one ? other : one);
