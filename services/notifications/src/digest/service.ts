import { type Contact, type Today, tasksRoutes } from '@spacedly/contracts';
import { call, DELIVERY_QUEUE, type Platform, type Transports } from '@spacedly/kit';
import type { FindContact } from '../fanout/contacts.ts';
import { type DeliveryDraft, toPerson } from '../fanout/plan.ts';
import { isMuted } from '../preferences/rules.ts';
import type { RecipientRow } from '../preferences/store.ts';
import type { StoredMessage } from '../templates/messages.ts';
import { dueNow, nextCheck, type Schedule } from './rules.ts';
import { findDueRecipients, finishLook, insertDaily } from './store.ts';

export interface DigestDeps {
  platform: Platform;
  findContact: FindContact;
  transports: Transports;
}

const PEOPLE = 100;
const AT_ONCE = 5;
/** Somebody who is gone may come back within 30 days. */
const GONE_MS = 86_400_000;

type DueTask = Pick<Today['due'][number], 'id' | 'title' | 'dueDate' | 'dueDay'>;
const toItem = ({ id: taskId, title, dueDate, dueDay }: DueTask) => ({ taskId, title, dueDate, dueDay });

const contextOf = ({ serviceTokens }: Platform) => ({ authorization: `Service ${serviceTokens.issue()}` });

/** Everything due today, or null when nothing is. */
async function morningOf(
  { platform, transports }: DigestDeps,
  contact: Contact,
): Promise<StoredMessage | null> {
  const input = { params: { userId: contact.userId } };
  const { body } = await call(transports('tasks'), tasksRoutes.getTodayOf, input, contextOf(platform));
  const { overdue, due, reviewsDue, estimatedMinutes, date: day } = body;
  if (due.length === 0 && overdue.length === 0 && reviewsDue === 0) return null;
  return {
    kind: 'morning',
    name: contact.name,
    day,
    overdue: overdue.map(toItem),
    today: due.map(toItem),
    reviewsDue,
    estimatedMinutes,
  };
}

/** The past week and the next one, or null when both are empty. */
async function weeklyOf(
  { platform, transports }: DigestDeps,
  contact: Contact,
): Promise<StoredMessage | null> {
  const input = { params: { userId: contact.userId } };
  const { body } = await call(transports('tasks'), tasksRoutes.getWeekOf, input, contextOf(platform));
  const { completed, overdue, upcoming } = body;
  if (completed + overdue + upcoming === 0) return null;
  return { kind: 'weekly', name: contact.name, ...body };
}

async function draftsFor(
  deps: DigestDeps,
  row: RecipientRow,
  contact: Contact,
  due: { isMorning: boolean; isWeekly: boolean },
): Promise<DeliveryDraft[]> {
  const messages = [
    due.isMorning ? await morningOf(deps, contact) : null,
    due.isWeekly ? await weeklyOf(deps, contact) : null,
  ];
  return messages
    .flatMap((message) => (message === null ? [] : toPerson(contact, ['email'], message)))
    .filter(({ type, channel }) => !isMuted(row, type, channel));
}

/**
 * Looks at one person: sends what is due, and says when to look again. What others know of is asked before the
 * transaction; in it, a second process that looked at the same time finds the look done.
 */
async function lookAt(deps: DigestDeps, row: RecipientRow): Promise<void> {
  const { platform, findContact } = deps;
  const { database, jobs, now } = platform;
  const at = now();
  const contact = await findContact(row.userId);
  if (contact === null) {
    await finishLook(database.db, row, { checkAt: new Date(at.getTime() + GONE_MS) });
    return;
  }
  const schedule: Schedule = { ...row, timeZone: contact.timeZone };
  const due = dueNow(schedule, at);
  const drafts = await draftsFor(deps, row, contact, due);
  await database.db.transaction(async (tx) => {
    const look = {
      timeZone: contact.timeZone,
      ...(due.isMorning && { digestDay: due.day }),
      ...(due.isWeekly && { weeklyDay: due.day }),
      checkAt: nextCheck(schedule, at),
    };
    if (!(await finishLook(tx, row, look))) return;
    const ids = await Promise.all(drafts.map((draft) => insertDaily(tx, draft, due.day, at)));
    const queued = ids.flatMap((deliveryId) => (deliveryId === null ? [] : [{ deliveryId }]));
    await jobs.enqueue(tx, DELIVERY_QUEUE, queued);
  });
}

/** Looks at everybody whose time has come. One who fails is tried again next time. @returns whether more may wait */
export async function sendDue(deps: DigestDeps): Promise<boolean> {
  const { platform } = deps;
  const people = await findDueRecipients(platform.database.db, platform.now(), PEOPLE);
  let isFailing = false;
  const waiting = [...people];
  const worker = async () => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      await lookAt(deps, row).catch((error) => {
        isFailing = true;
        platform.log.warn({ err: error, userId: row?.userId }, 'a digest could not be made; trying again');
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return people.length === PEOPLE && !isFailing;
}
