import {
  authRoutes,
  type CreateShareBody,
  type FindPeopleBody,
  type KnownPerson,
  MAX_SHARES,
  type Share,
  type ShareAccess,
} from '@spacedly/contracts';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { ServiceTokens } from '../auth/service-token.ts';
import { call, type Transport } from '../call.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import { type IdempotencyClaim, once } from '../db/idempotency.ts';
import type { Db } from '../db/pool.ts';
import type { Outbox } from '../events/outbox.ts';
import { newId } from '../ids.ts';
import { Problem } from '../problem.ts';
import { isTold, presentShare, type Shareable, type ShareKind, type ShareRow } from './kind.ts';
import { takeSend } from './sends.ts';
import * as store from './store.ts';

export interface ShareDeps {
  db: NodePgDatabase;
  outbox: Outbox;
  now: () => Date;
  auth: () => Transport;
  serviceTokens: ServiceTokens;
  idempotencyKeys: Parameters<typeof once>[1];
}

/** Says whether the caller may, and what the thing is, which stays locked. */
type Load = (tx: Db) => Promise<Shareable>;

/** Who shares, and who with: looked up before the transaction, as that is network I/O. */
interface Parties {
  sharer: KnownPerson | undefined;
  recipient: KnownPerson | undefined;
  userId: string | null;
  email: string | null;
}

const lower = (email: string | undefined) => email?.toLowerCase() ?? null;

/** Sharing one kind of thing with people and addresses; what may be shared by whom is the service's own. */
export function createShares(deps: ShareDeps, kind: ShareKind) {
  const { db, outbox, now, idempotencyKeys } = deps;

  /** @throws Problem UNAVAILABLE */
  async function find(body: Partial<FindPeopleBody>): Promise<KnownPerson[]> {
    const authorization = `Service ${deps.serviceTokens.issue()}`;
    return (await call(deps.auth(), authRoutes.findPeople, { body }, { authorization })).body.items;
  }

  async function partiesOf(sharerId: string, { userId, email }: CreateShareBody): Promise<Parties> {
    const [byId, byEmail] = [userId?.toLowerCase(), lower(email)];
    const people = await find({
      ids: byId === undefined ? [sharerId] : [sharerId, byId],
      emails: byEmail === null ? [] : [byEmail],
    });
    const recipient = people.find((one) =>
      byId === undefined ? lower(one.email ?? undefined) === byEmail : one.id === byId,
    );
    const sharer = people.find(({ id }) => id === sharerId);
    return { sharer, recipient, userId: recipient?.id ?? null, email: byEmail };
  }

  async function tell(tx: Db, thing: Shareable, { sharer, userId, email }: Parties, access: ShareAccess) {
    const { id, title } = thing;
    const by = sharer?.name ?? '';
    if (userId !== null) return kind.tell(tx, outbox, { userId, id, title, by, access });
    const { locale = 'en', timeZone = 'UTC' } = sharer ?? {};
    const to = { channel: 'EMAIL' as const, to: email as string, locale, timeZone };
    return outbox.publish(tx, 'share.invited', { ...to, what: kind.what, title, by });
  }

  async function put(
    tx: Db,
    thing: Shareable,
    parties: Parties,
    { sharerId, access }: { sharerId: string; access: ShareAccess },
  ) {
    const { userId, email } = parties;
    if (userId === null && email === null) throw new Problem('USER_NOT_FOUND');
    if (userId === thing.ownerId) throw new Problem('SHARE_WITH_OWNER');
    const known = await store.lockShareWith(tx, kind, { thingId: thing.id, userId, email });
    if (known !== null) {
      const isSame = known.access === access;
      return {
        isNew: false,
        row: isSame ? known : await store.updateShare(tx, kind, { id: known.id, access, now: now() }),
      };
    }
    if ((await store.countShares(tx, kind, thing.id)) >= MAX_SHARES) {
      throw new Problem('SHARE_LIMIT', { detail: `At most ${MAX_SHARES} people` });
    }
    const mayTell = await takeSend(tx, kind, {
      sharerId,
      recipient: email ?? (userId as string),
      now: now(),
    });
    const row = await store.insertShare(tx, kind, {
      id: newId(),
      thingId: thing.id,
      userId,
      email,
      access,
      createdBy: sharerId,
      now: now(),
    });
    if (mayTell) await tell(tx, thing, parties, access);
    return { isNew: true, row };
  }

  async function presentAll(rows: readonly ShareRow[]): Promise<Share[]> {
    const ids = rows.filter(isTold).map(({ userId }) => userId as string);
    const people = ids.length === 0 ? [] : await find({ ids });
    const byId = new Map(people.map((person) => [person.id, person]));
    return rows.map((row) => presentShare(row, byId.get(row.userId ?? '') ?? null));
  }

  /** Those who registered, or proved an address to be theirs, get what was shared with it. */
  async function claim({ id: userId, email }: KnownPerson): Promise<void> {
    const address = lower(email ?? undefined);
    if (address === null) return;
    await db.transaction((tx) => store.claimShares(tx, kind, { userId, email: address }));
  }

  return {
    /**
     * Shares a thing; with somebody it is shared with already, what they may do changes.
     * @param afterwards what else a new share changes, in the same transaction
     * @throws Problem USER_NOT_FOUND, SHARE_WITH_OWNER, SHARE_LIMIT, SHARE_RATE, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE and
     *   what `load` throws
     */
    async add(
      load: Load,
      {
        sharerId,
        body,
        idempotency,
      }: { sharerId: string; body: CreateShareBody; idempotency: IdempotencyClaim | null },
      afterwards: (tx: Db, thing: Shareable) => Promise<void> = async () => {},
    ): Promise<{ isNew: boolean; share: Share }> {
      const parties = await partiesOf(sharerId, body);
      return db.transaction(async (tx) => {
        const thing = await load(tx);
        return once(tx, idempotencyKeys, idempotency, async () => {
          const { isNew, row } = await put(tx, thing, parties, { sharerId, access: body.access });
          if (isNew) await afterwards(tx, thing);
          return { isNew, share: presentShare(row, parties.recipient ?? null) };
        });
      });
    },

    /** @throws Problem VALIDATION_FAILED, UNAVAILABLE */
    async list(thingId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, ['uuid']);
      const rows = await store.listShares(db, kind, { thingId, after, limit: limit + 1 });
      const { items, nextCursor } = toPage(rows, limit, ({ id }) => [id]);
      return { items: await presentAll(items), nextCursor };
    },

    /** @throws Problem SHARE_NOT_FOUND, UNAVAILABLE and what `load` throws */
    async change(load: Load, shareId: string, access: ShareAccess): Promise<Share> {
      const row = await db.transaction(async (tx) => {
        const { id: thingId } = await load(tx);
        const known = await store.lockShare(tx, kind, { thingId, shareId });
        if (known === null) throw new Problem('SHARE_NOT_FOUND');
        if (known.access === access) return known;
        return store.updateShare(tx, kind, { id: known.id, access, now: now() });
      });
      return (await presentAll([row]))[0] as Share;
    },

    /**
     * Takes a share back, or leaves what is shared with oneself: by one's own id, as one does not see the share's.
     * @param assertMayRevoke is asked about the share of somebody else
     * @throws Problem SHARE_NOT_FOUND and what `load` and `assertMayRevoke` throw
     */
    async remove(
      load: Load,
      { shareId, userId }: { shareId: string; userId: string },
      assertMayRevoke: (tx: Db, thing: Shareable) => Promise<void>,
    ): Promise<void> {
      await db.transaction(async (tx) => {
        const thing = await load(tx);
        const known = await store.lockShare(tx, kind, { thingId: thing.id, shareId, userId });
        if (known?.userId !== userId) await assertMayRevoke(tx, thing);
        if (known === null) throw new Problem('SHARE_NOT_FOUND');
        await store.deleteShare(tx, kind, known.id);
      });
    },

    /** Hears that somebody registered or has another address. */
    async claimFor(userId: string): Promise<void> {
      for (const person of await find({ ids: [userId] })) await claim(person);
    },

    /** Looks again for somebody with an address that was shared with: they may have come in between. */
    async claimAddress(address: string): Promise<void> {
      for (const person of await find({ emails: [address] })) await claim(person);
    },
  };
}

export type Shares = ReturnType<typeof createShares>;
