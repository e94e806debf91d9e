import { EventEmitter } from 'node:events';
import type pg from 'pg';
import type { Signals } from './signals.ts';

/**
 * Signals of a process that stands still between two requests (AWS Lambda), and could neither hear one then nor notice
 * that its connection died: it tells the others, and hears what it says itself. It never counts as connected, so what
 * signals keep true elsewhere is asked for each time.
 */
export async function connectDeafSignals(_url: string, pool: pg.Pool): Promise<Signals> {
  const hub = new EventEmitter().setMaxListeners(0);
  return {
    isConnected: false,
    isDeaf: true,
    async publish(channel, payload) {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
      hub.emit(channel, payload);
    },
    async subscribe(channel, onPayload) {
      hub.on(channel, onPayload);
      return () => hub.off(channel, onPayload);
    },
    settle: async () => {},
    async holdLock() {
      throw new Error('a process that hears no signals cannot work on jobs');
    },
    async close() {
      hub.removeAllListeners();
    },
  };
}
