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
  /** Called first when the process stops; must be quick and safe to call before `start`. */
  stop(): Promise<void>;
}
