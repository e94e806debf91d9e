import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownSettings } from '@spacedly/aws/settings';
import { routingTable } from '@spacedly/gateway';
import { envExample, loadConfig } from '@spacedly/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../deploy/aws');

/** The short forms of CloudFormation's functions, as the long ones. */
const customTags = ['Ref', 'GetAtt', 'Sub'].map((name) => ({
  tag: `!${name}`,
  resolve: (text: string) => ({ [name]: text }),
}));
const split = {
  tag: '!Split',
  collection: 'seq' as const,
  resolve: () => ({ Split: true }),
};

// biome-ignore lint/suspicious/noExplicitAny: templates of CloudFormation have whatever shape they have.
type Any = any;
const read = async (name: string): Promise<Any> =>
  parse(await readFile(join(FOLDER, name), 'utf8'), { customTags: [...customTags, split] });

let template: Any;
let permissions: Any[];
let resources: Record<string, Any>;
const routes: Record<string, Any[]> = {};
let text = '';

beforeAll(async () => {
  template = await read('serverless.yml');
  permissions = await read('resources/permissions.yml');
  const parts = ['database', 'messages', 'storage'].map((name) => read(`resources/${name}.yml`));
  resources = Object.assign({}, ...(await Promise.all(parts)).map(({ Resources }) => Resources));
  for (const name of ['none', 'spacedly', 'cognito']) routes[name] = await read(`routes/${name}.yml`);
  for (const folder of ['.', 'resources', 'routes'])
    for (const name of (await readdir(join(FOLDER, folder))).filter((file) => file.endsWith('.yml')))
      text += await readFile(join(FOLDER, folder, name), 'utf8');
});

const functions = (): [string, Any][] => Object.entries(template.functions);

/** Every value in a tree under a key. */
function valuesOf(tree: Any, key: string): Any[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, value]) => [
    ...(name === key ? [value] : []),
    ...valuesOf(value, key),
  ]);
}

test('every function has a handler of ours, a time limit and memory', () => {
  for (const [name, { handler, timeout, memorySize }] of functions()) {
    expect(handler).toBe(`build/${name}.handler`);
    expect(existsSync(join(FOLDER, `src/${name}.ts`)), name).toBe(true);
    expect(timeout ?? template.provider.timeout).toBeGreaterThan(0);
    expect(memorySize ?? template.provider.memorySize).toBeGreaterThanOrEqual(512);
  }
  // API Gateway gives up after 30 seconds, and an authorizer after 10.
  expect(template.functions.api.timeout ?? template.provider.timeout).toBeLessThan(30);
  expect(template.functions.authorizer.timeout).toBeLessThanOrEqual(10);
});

test('every variable is a setting, and together with the secrets they are a valid configuration of production', () => {
  const known = [...envExample().matchAll(/^#([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  const own = Object.keys(ownSettings.shape);
  const givenByNode = ['NODE_EXTRA_CA_CERTS'];
  const environments = [template.provider, ...functions().map(([, { environment }]) => ({ environment }))];
  const names = environments.flatMap(({ environment = {} }) => Object.keys(environment));
  expect([...known, ...own, ...givenByNode]).toEqual(expect.arrayContaining(names));

  const params = template.params.default;
  const fill = (value: Any) =>
    typeof value === 'object'
      ? 'made-by-aws'
      : String(value).replace(/\$\{param:(\w+)\}/g, (_, name) => params[name]);
  const filled = Object.fromEntries(
    Object.entries(template.provider.environment).map(([name, value]) => [name, fill(value)]),
  );
  const config = loadConfig({
    ...filled,
    S3_REGION: 'eu-central-1',
    SENDGRID_API_KEY: 'SG.x',
    DATABASE_URL: 'postgres://spacedly:x@db.example.com/spacedly',
    SPACEDLY_SECRET: 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh',
  });
  expect(config).toMatchObject({ isProduction: true, STORAGE: 's3', STREAM_SECONDS: 0, DEV_MAILBOX: false });
});

test('nobody may do more than they need: no wildcard where something has a name', () => {
  const policies = [
    ...permissions,
    ...valuesOf(resources, 'PolicyDocument').flatMap(({ Statement }) => Statement),
  ].filter(({ Effect }) => Effect === 'Allow');
  expect(policies.length).toBeGreaterThanOrEqual(5);
  for (const { Action, Resource } of policies) {
    for (const action of [Action].flat()) expect(action).toMatch(/^\w+:\w+$/);
    for (const resource of [Resource].flat()) {
      const named = Object.values(resource)[0] as string;
      expect(named).toMatch(/^(\$\{\w+\.Arn\}\/\*|\w+(\.\w+)*)$/);
    }
  }
});

test('every queue that is worked on has a dead letter queue with an alarm, and messages fail one by one', () => {
  const queues = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::SQS::Queue');
  const dead = queues.flatMap(
    ([, { Properties }]) => Properties.RedrivePolicy?.deadLetterTargetArn.GetAtt ?? [],
  );
  expect(dead).toEqual(['WorkDead.Arn']);
  const alarms = valuesOf(resources, 'Dimensions').map(([dimension]) => dimension.Value.GetAtt);
  for (const [name, { Properties }] of queues) {
    if (`${name}.Arn` === dead[0]) expect(alarms).toContain(`${name}.QueueName`);
    else expect(Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(3);
  }
  const [source] = valuesOf(template.functions, 'sqs');
  expect(source).toMatchObject({
    arn: { GetAtt: 'Work.Arn' },
    functionResponseType: 'ReportBatchItemFailures',
  });
  expect(resources.Work.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
    6 * template.functions.worker.timeout,
  );
  expect(template.functions.worker.destinations.onFailure.arn).toEqual({ GetAtt: 'WorkDead.Arn' });
});

test('whatever is referred to is there', () => {
  const trees = [template, permissions, resources];
  const named = trees.flatMap((tree) => [
    ...valuesOf(tree, 'Ref'),
    ...valuesOf(tree, 'GetAtt').map((name: string) => name.split('.', 1)[0]),
    ...valuesOf(tree, 'Sub').flatMap((sub: string) =>
      [...sub.matchAll(/\$\{(\w+)/g)].map(([, name]) => name),
    ),
  ]);
  const madeByOsls = ['HttpApi'];
  expect([...Object.keys(resources), ...madeByOsls]).toEqual(expect.arrayContaining(named));
  for (const [, name] of text.matchAll(/\$\{param:(\w+)\}/g))
    expect(Object.keys(template.params.default)).toContain(name);
  for (const [, file = ''] of text.matchAll(/\$\{file\(([^)$]+)\)/g))
    expect(existsSync(join(FOLDER, file))).toBe(true);
});

describe('the authorizers', () => {
  const guarded = routingTable.filter(({ auth }) => auth === 'required').map(({ prefix }) => prefix);
  const open = routingTable
    .filter(
      ({ auth, prefix }) => auth !== 'required' && guarded.some((other) => prefix.startsWith(`${other}/`)),
    )
    .map(({ prefix }) => prefix);
  const both = (prefixes: string[]) => prefixes.flatMap((prefix) => [prefix, `${prefix}/{proxy+}`]).sort();

  test.each(['spacedly', 'cognito'])('%s guards what the gateway guards, and nothing else', async (name) => {
    const [all, ...rest] = (routes[name] as Any[]).map(({ httpApi }) => httpApi);
    expect(all).toBe('*');
    const paths = (isGuarded: boolean) =>
      rest
        .filter(({ authorizer }) => (authorizer?.name === name) === isGuarded)
        .map(({ path }) => path)
        .sort();
    // What lies below a guarded prefix goes along with it.
    const top = guarded.filter((prefix) => !guarded.some((other) => prefix.startsWith(`${other}/`)));
    expect(paths(true)).toEqual(both(top));
    expect(paths(false)).toEqual(both(open));
    expect(rest.every(({ method }) => method === '*')).toBe(true);
    expect(Object.keys(await read(`routes/authorizer-${name}.yml`))).toEqual([name]);
  });

  test('without one every request reaches the gateway', async () => {
    expect(routes.none).toEqual([{ httpApi: '*' }]);
    expect(await read('routes/authorizer-none.yml')).toEqual({});
  });
});
