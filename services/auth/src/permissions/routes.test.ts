import { loadServices } from '@spacedly/cli';
import {
  type Permission,
  permissions,
  type Role,
  type RouteContract,
  rolePermissions,
} from '@spacedly/contracts';
import { type Front, newId } from '@spacedly/kit';
import { type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSigningKeys } from '../keys/service.ts';
import { signAccessToken } from '../sessions/service-open.ts';
import { type Rule, routeRules } from './route-rules.ts';

const LET_IN = 'let in';
/** Marks the requests of this test; those the services send to each other run as ever. */
const STOP = 'x-stop-at-the-door';

/** Stops every request where its handler would begin: what is asked here is only who gets that far. */
const doorkeeper: Front = {
  policies(app) {
    app.addHook('preParsing', async (request, reply) => {
      if (STOP in request.headers && !request.is404) return reply.send(LET_IN);
    });
  },
  routes: async () => {},
};

const services = await loadServices();
const routes: [string, RouteContract][] = services.flatMap(({ contract }) => Object.entries(contract.routes));

let t: TestApp;
beforeAll(async () => {
  t = await testApp(services, { front: doorkeeper, background: false });
});
afterAll(() => t.close());

async function tokenOf(role: Role, actorId: string | null = null): Promise<string> {
  const { database, secrets, signals, config, now } = t.platform;
  const keys = createSigningKeys({ db: database.db, secrets, now }, signals);
  return signAccessToken({ keys, config, now }, { id: newId() }, { id: newId(), amr: [], role }, actorId);
}

/** Any values that fit: no handler looks at them. */
const urlOf = ({ path }: RouteContract) => path.replaceAll(/:\w+/g, () => newId());

async function ask(route: RouteContract, authorization?: string): Promise<string> {
  const headers = { [STOP]: '1', ...(authorization !== undefined && { authorization }) };
  const answer = await t.app.inject({ method: route.method, url: urlOf(route), headers });
  return answer.body === LET_IN ? LET_IN : answer.json().type.split('/').at(-1);
}

function expected(rule: Rule, role: Role | null): string {
  if (rule === 'internal') return 'not-found';
  if (rule === 'anybody') return LET_IN;
  if (role === null) return 'unauthenticated';
  if (rule === 'own') return LET_IN;
  return rolePermissions[role].includes(rule) ? LET_IN : 'forbidden';
}

test('every route has a rule, and every rule a route', () => {
  expect(Object.keys(routeRules).sort()).toEqual(routes.map(([name]) => name).sort());
});

test('the rule of each route is what its contract says', () => {
  for (const [name, { auth, permission }] of routes) {
    const rule = routeRules[name];
    const said =
      permission ?? { none: 'anybody', optional: 'anybody', required: 'own', internal: 'internal' }[auth];
    expect([name, said]).toEqual([name, rule]);
  }
});

describe.each([null, 'USER', 'MODERATOR', 'ADMIN'] as const)('as %s', (role) => {
  let authorization: string | undefined;
  beforeAll(async () => {
    authorization = role === null ? undefined : `Bearer ${await tokenOf(role)}`;
  });
  test.each(routes)('%s', async (name, route) => {
    expect(await ask(route, authorization)).toBe(expected(routeRules[name] as Rule, role));
  });
});

describe('acting for somebody else', () => {
  const CLOSED = new Set([
    'deleteMe',
    'requestExport',
    'downloadExport',
    'createCalendarFeed',
    'getCalendarFeed',
  ]);
  test.each(routes)('%s', async (name, route) => {
    const isCredential = route.path.startsWith('/v1/auth/') && route.method !== 'GET' && name !== 'logout';
    const rule = routeRules[name] as Rule;
    const isClosed =
      rule !== 'anybody' && rule !== 'internal' && (isCredential || rule !== 'own' || CLOSED.has(name));
    const wanted = isClosed ? 'impersonating' : expected(rule, 'ADMIN');
    expect(await ask(route, `Bearer ${await tokenOf('ADMIN', newId())}`)).toBe(wanted);
  });
});

test('a role is given permissions that exist, and an admin all of them', () => {
  const known = Object.keys(permissions) as Permission[];
  expect([...rolePermissions.ADMIN].sort()).toEqual(known.sort());
  for (const granted of Object.values(rolePermissions))
    expect(known).toEqual(expect.arrayContaining([...granted]));
  expect(rolePermissions.USER).toEqual([]);
  expect(rolePermissions.MODERATOR).toEqual(['users.read', 'merchants.read', 'merchants.review']);
});
