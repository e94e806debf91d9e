import { createHash } from 'node:crypto';
import type { Place } from './place.ts';

/** Appears in the titles of the server's processes, by which those of this cluster are told from others'. */
export function clusterName(place: Place): string {
  return `spacedly-${createHash('sha256').update(place.cluster).digest('hex').slice(0, 10)}`;
}

export interface ServerAddress {
  port: number;
  socketDir: string | null;
}

/** PostgreSQL's command line: the settings win over postgresql.conf, so an update of Spacedly brings its own along. */
export function serverArguments(
  place: Place,
  address: ServerAddress,
  durable: boolean,
  extra: Record<string, string>,
): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // A list; the quotes keep a comma or a space in the path from splitting it.
    unix_socket_directories: address.socketDir === null ? '' : `"${address.socketDir.replaceAll('"', '""')}"`,
    cluster_name: clusterName(place),
    shared_buffers: '128MB',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    ...(durable ? { fsync: 'on' } : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    ...extra,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', place.cluster, '-p', String(address.port), ...options];
}
