import type { FastifyInstance } from 'fastify';
import { type Transport, viaFetch, viaInject } from '../call.ts';
import { ConfigError } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Service, Transports } from '../service.ts';

/** Where a service runs that is not in this process: each of its instances, or undefined when nothing says so. */
export function serviceUrls(config: Config, name: string): readonly string[] | undefined {
  const urls: Record<string, string | undefined> = {
    auth: config.AUTH_URL,
    tasks: config.TASKS_URL,
    documents: config.DOCUMENTS_URL,
    notifications: config.NOTIFICATIONS_URL,
  };
  return urls[name]?.split(',').map((url) => url.trim().replace(/\/$/, ''));
}

/** @throws ConfigError when the configuration does not say where the service runs */
export function neededServiceUrls(config: Config, name: string): readonly string[] {
  const urls = serviceUrls(config, name);
  if (urls === undefined)
    throw new ConfigError([`${name.toUpperCase()}_URL: must say where the ${name} service runs`]);
  return urls;
}

/** The way to each service: injection for those in this process, HTTP for the others. */
export function createTransports(
  app: () => FastifyInstance,
  whole: Promise<void>,
  services: readonly Service[],
  config: Config,
): Transports {
  const local = new Set(services.map(({ contract }) => contract.name));
  const made = new Map<string, Transport>();
  const make = (name: string): Transport => {
    if (local.has(name)) return viaInject(app, whole);
    return viaFetch(neededServiceUrls(config, name));
  };
  return (name) => {
    const transport = made.get(name) ?? make(name);
    made.set(name, transport);
    return transport;
  };
}
