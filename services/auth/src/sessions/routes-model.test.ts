import { signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Instance, secondInstance } from '../fixtures/second-instance.ts';
import { authService } from '../index.ts';
import { ACCESS_TOKEN_SECONDS, ROTATION_GRACE_MS } from './rules.ts';

const ACCESS_MS = ACCESS_TOKEN_SECONDS * 1_000;
const LIFE_MS = 7 * 86_400_000;

let t: TestApp;
let restarted: Instance;
let nowMs = Date.parse('2026-03-01T12:00:00.000Z');
beforeAll(async () => {
  t = await testApp([authService], { now: () => new Date(nowMs), background: false });
  restarted = await secondInstance(t);
});
afterAll(async () => {
  await restarted.close();
  await t.close();
});

/** What we believe of one session. `rotatedAt[i]` is when token `i` was exchanged; the last token never was. */
interface Model {
  isAlive: boolean;
  rotatedAt: number[];
  accessUntil: number;
  refreshUntil: number;
}

/** The session itself: every refresh token it ever gave, oldest first, and the newest access token. */
interface Real {
  app: FastifyInstance;
  refreshTokens: string[];
  accessToken: string;
}

type Command = fc.AsyncCommand<Model, Real>;

const refresh = ({ app }: Real, refreshToken: string) =>
  app.inject({ method: 'POST', url: '/v1/auth/refresh', payload: { refreshToken } });

/** What `count` parallel uses of the token `age` places before the newest lead to, in the model and for real. */
const refreshing = (age: number, count: number): Command => ({
  check: ({ rotatedAt }) => age <= rotatedAt.length,
  toString: () => `refresh(newest - ${age}) × ${count}`,
  async run(model, real) {
    const index = model.rotatedAt.length - age;
    const token = real.refreshTokens[index] as string;
    const answers = await Promise.all(Array.from({ length: count }, () => refresh(real, token)));
    const isCurrent = age === 0 && nowMs < model.refreshUntil;
    const isOtherTab = age === 1 && nowMs - (model.rotatedAt[index] as number) < ROTATION_GRACE_MS;
    const isGood = model.isAlive && (isCurrent || isOtherTab);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => (isGood ? 200 : 401)));
    // A token that was exchanged before is a stolen one; one that merely ran out is not.
    if (!isGood && age > 0) model.isAlive = false;
    if (!isGood) return;
    if (isCurrent) {
      model.rotatedAt.push(nowMs);
      model.refreshUntil = nowMs + LIFE_MS;
      real.refreshTokens.push(answers[0]?.json().refreshToken);
    }
    const successors = new Set(answers.map((answer) => answer.json().refreshToken));
    expect(successors).toEqual(new Set([real.refreshTokens.at(-1)]));
    model.accessUntil = nowMs + ACCESS_MS;
    real.accessToken = answers[0]?.json().accessToken;
  },
});

const loggingOut: Command = {
  check: ({ isAlive, accessUntil }) => isAlive && nowMs < accessUntil,
  toString: () => 'log out',
  async run(model, { app, accessToken }) {
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await app.inject({ method: 'POST', url: '/v1/auth/logout', headers })).statusCode).toBe(204);
    model.isAlive = false;
  },
};

const waiting = (ms: number): Command => ({
  check: () => true,
  toString: () => `wait ${ms} ms`,
  async run() {
    nowMs += ms;
  },
});

/** Another process takes over, with no memory but the database. */
const restarting: Command = {
  check: () => true,
  toString: () => 'restart',
  async run(_model, real) {
    real.app = real.app === t.app ? restarted.app : t.app;
  },
};

/** The access token opens doors as long as its session lives and its time runs; the other process knows in a second. */
const usingAccess: Command = {
  check: ({ isAlive, accessUntil }) => !isAlive || nowMs < accessUntil,
  toString: () => 'use the access token',
  async run({ isAlive }, { app, accessToken }) {
    const headers = { authorization: `Bearer ${accessToken}` };
    const me = async () => (await app.inject({ url: '/v1/users/me', headers })).statusCode;
    if (isAlive) expect(await me()).toBe(200);
    else await waitFor(async () => (await me()) === 401, 1_000, 'the refusal');
  },
};

const ages = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);
const counts = fc.constantFrom(1, 1, 2, 5);
const waits = fc.constantFrom(
  ROTATION_GRACE_MS - 1,
  ROTATION_GRACE_MS,
  ROTATION_GRACE_MS,
  ACCESS_MS,
  LIFE_MS - 1,
  LIFE_MS,
);
const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.tuple(ages, counts).map(([age, count]) => refreshing(age, count)),
  waits.map(waiting),
  fc.constantFrom(loggingOut, restarting, usingAccess),
];

async function newSession(): Promise<{ model: Model; real: Real }> {
  const person = await signUp(t);
  return {
    model: { isAlive: true, rotatedAt: [], accessUntil: nowMs + ACCESS_MS, refreshUntil: nowMs + LIFE_MS },
    real: { app: t.app, refreshTokens: [person.refreshToken], accessToken: person.accessToken },
  };
}

test('any interleaving of refresh, replay, logout, waiting and restarts keeps one chain or ends the session', async () => {
  const property = fc.asyncProperty(
    fc.commands(COMMANDS, { maxCommands: 40, size: 'max' }),
    async (sequence) => {
      const start = await newSession();
      await fc.asyncModelRun(() => start, sequence);
    },
  );
  // A machine that is busy tries fewer of them. One that never ends fails by itself.
  await fc.assert(property, { numRuns: 80, timeout: 15_000, interruptAfterTimeLimit: 30_000 });
}, 60_000);
