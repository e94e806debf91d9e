import type { Platform } from '@spacedly/kit';
import { findVapidKeys, keepVapidKeys } from './store.ts';

export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

/** Gives the key pair of the installation, made when it is first needed; browsers tie subscriptions to it for good. */
export function createVapidKeys({
  database: { db },
  secrets,
}: Pick<Platform, 'database' | 'secrets'>): () => Promise<VapidKeys> {
  let known: Promise<VapidKeys> | undefined;

  async function read(): Promise<VapidKeys> {
    let row = await findVapidKeys(db);
    if (row === undefined) {
      const { default: webPush } = await import('web-push');
      const { publicKey, privateKey } = webPush.generateVAPIDKeys();
      row = await keepVapidKeys(db, { publicKey, sealedPrivateKey: secrets.seal(privateKey) });
    }
    return { publicKey: row.publicKey, privateKey: secrets.open(row.sealedPrivateKey) };
  }

  return () => {
    known ??= read();
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}
