import { describe, expect, it } from 'vitest';
import type { Review, ReviewWithNext } from '../../shared/api.ts';
import { comingBack, NEW_SESSION, type SessionEvent, step, summaryOf } from './session-rules.ts';

const item = (id: string, dueAt = '2026-12-09T09:00:00.000Z') =>
  ({ id, dueAt, version: 1 }) as ReviewWithNext;
const [a, b] = [item('a'), item('b')];
const after = (id: string, dueAt: string) => ({ ...item(id, dueAt), version: 2 }) as Review;
const play = (...events: SessionEvent[]) => events.reduce(step, NEW_SESSION);
const loaded: SessionEvent = { type: 'loaded', items: [a, b], left: 5, postponed: 1 };
const graded: SessionEvent = { type: 'done', review: a, grade: 'good', tookMs: 4_000 };
const ids = ({ queue }: { queue: readonly { id: string }[] }) => queue.map(({ id }) => id);

describe('step', () => {
  it('goes on to the next item while the grade is on its way', () => {
    const session = play(loaded, graded);
    expect(ids(session)).toEqual(['b']);
    expect(session).toMatchObject({ left: 4, past: [{ grade: 'good', after: null }] });
  });

  it('brings an item back, in front, when its grade was not saved or was taken back', () => {
    const [failed, back] = [play(loaded, graded, { type: 'failed', review: a })].flatMap((session) => [
      session,
      play(loaded, graded, { type: 'saved', after: after('a', '') }, { type: 'takenBack', review: a }),
    ]);
    for (const session of [failed, back]) {
      expect(ids(session as typeof NEW_SESSION)).toEqual(['a', 'b']);
      expect(session).toMatchObject({ left: 5, past: [] });
    }
  });

  it('forgets only the latest of several grades of one item', () => {
    const again: SessionEvent = { type: 'done', review: a, grade: 'again', tookMs: 1 };
    const reloaded: SessionEvent = { type: 'loaded', items: [a], left: 1, postponed: 0 };
    const session = play(loaded, again, reloaded, graded, { type: 'dropped', reviewId: 'a' });
    expect(session.past.map(({ grade }) => grade)).toEqual(['again']);
  });
});

describe('comingBack', () => {
  const dayEnd = '2026-12-10T00:00:00.000Z';
  const saved = (id: string, dueAt: string): SessionEvent => ({ type: 'saved', after: after(id, dueAt) });
  it('knows what its learning steps bring back today', () => {
    const gradedB: SessionEvent = { type: 'done', review: b, grade: 'again', tookMs: 1 };
    const session = play(loaded, graded, saved('a', '2026-12-12T09:00:00.000Z'), gradedB);
    expect(comingBack(session, dayEnd)).toEqual([]);
    const back = step(session, saved('b', '2026-12-09T09:01:00.000Z'));
    expect(comingBack(back, dayEnd).map(({ id }) => id)).toEqual(['b']);
    expect(comingBack(step(back, { ...loaded, items: [b] } as SessionEvent), dayEnd)).toEqual([]);
  });
});

describe('summaryOf', () => {
  it('leaves out what was suspended', () => {
    const suspended: SessionEvent = { type: 'done', review: b, grade: null, tookMs: 9 };
    const again: SessionEvent = { type: 'done', review: a, grade: 'again', tookMs: 1_000 };
    expect(summaryOf(play(loaded, graded, suspended, again).past)).toEqual({
      graded: 2,
      tookMs: 5_000,
      remembered: 0.5,
    });
    expect(summaryOf([])).toEqual({ graded: 0, tookMs: 0, remembered: null });
  });
});
