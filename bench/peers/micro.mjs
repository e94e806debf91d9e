// The product's own functions alone, a hundred calls at a time. Prints nanoseconds for a call, a line of JSON for each round.
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { Bench } from 'tinybench';
import { createMemoryStore } from '../../gateway/src/policies/rate-limit/memory-store.ts';
import { forwardedHeaders, returnedHeaders } from '../../gateway/src/proxy/headers.ts';
import { createTokenVerifier, TOKEN_ALGORITHM } from '../../packages/kit/src/auth/access-token.ts';
import { createDenyList } from '../../packages/kit/src/auth/deny-list.ts';
import { createMetrics } from '../../packages/kit/src/metrics/metrics.ts';
import { createRequestMeter } from '../../packages/kit/src/metrics/requests.ts';
import { presentTask } from '../../services/tasks/src/items/rules.ts';

const CALLS = 100;
/** More than the verifier remembers, so that taking turns none is found. */
const TOKENS = 12_000;
const ISSUER = 'http://127.0.0.1';
const [rounds, timeMs] = process.argv.slice(2).map(Number);

const { publicKey, privateKey } = await generateKeyPair('Ed25519');
const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: TOKEN_ALGORITHM };
const sign = (n) =>
  new SignJWT({ sid: `session ${n}`, role: 'USER', typ: 'access' })
    .setProtectedHeader({ alg: TOKEN_ALGORITHM, kid: 'bench' })
    .setSubject(`user ${n}`)
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setJti(`token ${n}`)
    .setIssuedAt()
    .setExpirationTime('1 h')
    .sign(privateKey);
const tokens = await Promise.all(Array.from({ length: TOKENS }, (_, n) => sign(n)));

const makeVerifier = () =>
  createTokenVerifier({ issuer: ISSUER, audience: ISSUER, now: Date.now, fetchKeys: async () => [jwk] });
const verifier = makeVerifier();
const strange = makeVerifier();
const signals = { isConnected: true, subscribe: async () => {}, settle: async () => {} };
const denyList = await createDenyList(signals, async () => [], console);
await denyList.isDenied('first of all');

/** Goes round a list, so that each of it comes again as late as can be. */
const inTurn = (list) => {
  let turn = 0;
  return () => list[turn++ % list.length];
};
const nextStrange = inTurn(tokens);
const nextOfJose = inTurn(tokens);
const rules = { issuer: ISSUER, audience: ISSUER, clockTolerance: 30, algorithms: [TOKEN_ALGORITHM] };
const requiredClaims = ['sub', 'sid', 'iat', 'exp', 'jti'];

const limit = { name: 'default', capacity: 1e6, windowMs: 1_000, counts: 'requests', onOutage: 'open' };
const store = createMemoryStore(() => performance.now());
const nextClient = inTurn(tokens.map((_, n) => `user:${n}`));

const meter = createRequestMeter(createMetrics());
const answered = { method: 'GET', route: '/v1/tasks/:taskId', statusCode: 200, durationMs: 3 };
const asked = {
  host: 'a.example',
  accept: '*/*',
  authorization: `Bearer ${tokens[0]}`,
  'user-agent': 'bench',
};
const added = {
  'x-request-id': 'id',
  traceparent: 'trace',
  'x-forwarded-for': '127.0.0.1',
  'x-user-id': 'user',
};
const given = {
  'content-type': 'application/json',
  'content-length': '900',
  date: 'today',
  connection: 'keep-alive',
};
const base = { 'x-request-id': 'id', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const at = new Date();
const task = {
  id: crypto.randomUUID(),
  title: 'Practise chapter 7',
  description: 'What to look at.',
  link: null,
};
Object.assign(task, { status: 'todo', priority: 'medium', category: 'Study', labels: ['exam'], dueDate: at });
Object.assign(task, { dueDay: null, estimateMinutes: 30, parentId: null, position: 1, recurrence: null });
Object.assign(task, { seriesId: null, completedAt: null, deletedAt: null, reminders: [], attachments: [] });
Object.assign(task, { version: 1, createdAt: at, updatedAt: at });

const functions = {
  'token, seen before and not ended': async () => {
    const { sessionId } = await verifier.verify(tokens[0]);
    if (await denyList.isDenied(sessionId)) throw new Error('is not denied');
  },
  'token, never seen': () => strange.verify(nextStrange()),
  'the same by jose alone': () =>
    jwtVerify(nextOfJose(), publicKey, { ...rules, requiredClaims, currentDate: new Date() }),
  'bucket in memory, one client': () => store.take([limit], 'user:0'),
  'bucket in memory, 12,000 clients': () => store.take([limit], nextClient()),
  'headers of a proxied request and its answer': () => {
    forwardedHeaders(asked, added);
    returnedHeaders(given, base);
  },
  'metrics of a request': () => meter.count(answered),
  'a task as JSON': () => JSON.stringify(presentTask(task)),
};

for (let round = 0; round < rounds; round += 1) {
  const bench = new Bench({ time: timeMs, warmupTime: round === 0 ? timeMs : 50 });
  for (const [name, run] of Object.entries(functions)) {
    const isAsync = run() instanceof Promise;
    const many = isAsync
      ? async () => {
          for (let call = 0; call < CALLS; call += 1) await run();
        }
      : () => {
          for (let call = 0; call < CALLS; call += 1) run();
        };
    bench.add(name, many);
  }
  await bench.run();
  const perCall = bench.tasks.map(({ name, result }) => [name, (result.latency.p50 * 1e6) / CALLS]);
  console.log(JSON.stringify(Object.fromEntries(perCall)));
}
process.exit(0);
