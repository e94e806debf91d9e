import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames } from '@spacedly/cli';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { settingProblems } from '../harness/settings.ts';

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));

interface Container {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  networks: string[];
  tmpfs?: string[];
  depends_on?: Record<string, { condition: string }> | string[];
  read_only: boolean;
  cap_drop: string[];
  cap_add?: string[];
  security_opt: string[];
  deploy: { resources: { limits: Record<string, string | number> } };
}

interface Compose {
  services: Record<string, Container>;
  networks: Record<string, object>;
  volumes: Record<string, object>;
  secrets?: Record<string, { file: string }>;
}

const read = (name: string) => parse(readFileSync(join(DEPLOY, name), 'utf8'), { merge: true }) as Compose;
const isOurs = ({ image }: Container) => image.startsWith('${SPACEDLY_IMAGE');

describe.each(['compose.yaml', 'compose.split.yaml'])('%s', (name) => {
  const compose = read(name);
  const containers = Object.entries(compose.services);

  test.each(containers)('%s has no more rights than it needs, and limits', (_name, container) => {
    expect(container.read_only).toBe(true);
    expect(container.cap_drop).toEqual(['ALL']);
    expect(container.cap_add ?? []).toEqual(/caddy/.test(container.image) ? ['NET_BIND_SERVICE'] : []);
    expect(container.security_opt).toEqual(['no-new-privileges:true']);
    expect(Object.keys(container.deploy.resources.limits).sort()).toEqual(['cpus', 'memory', 'pids']);
    if (!isOurs(container)) expect(container.image).toMatch(/^docker\.io\/[\w/-]+:v?\d+\.?\d*/);
  });

  test.each(containers)('%s names what there is', (_name, container) => {
    const known = (all: object | undefined) => expect.toSatisfy((key: string) => key in (all ?? {}));
    for (const network of container.networks) expect(network).toEqual(known(compose.networks));
    for (const secret of container.secrets ?? []) expect(secret).toEqual(known(compose.secrets));
    const dependencies = Array.isArray(container.depends_on)
      ? container.depends_on
      : Object.keys(container.depends_on ?? {});
    for (const dependency of dependencies) expect(dependency).toEqual(known(compose.services));
    for (const volume of container.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('./')) expect(statSync(join(DEPLOY, source))).toBeTruthy();
      else if (volume.includes(':')) expect(source).toEqual(known(compose.volumes));
    }
  });

  test.each(containers.filter(([, container]) => isOurs(container)))(
    'the settings of %s are real',
    (_n, one) => {
      // Docker puts in what is not known here; any address will do for it.
      const env = Object.entries(one.environment ?? {}).map(([key, value]) => [
        key,
        value.startsWith('${PUBLIC_URL') ? 'https://plan.example.com' : value,
      ]);
      expect(settingProblems({ NODE_ENV: 'production', ...Object.fromEntries(env) })).toEqual([]);
      for (const value of Object.values(one.environment ?? {})) {
        const secret = /^\/run\/secrets\/(.*)$/.exec(value)?.[1];
        if (secret !== undefined) expect(one.secrets).toContain(secret);
      }
    },
  );
});

describe('each part by itself', () => {
  const { services } = read('compose.split.yaml');
  const commands = Object.entries(services).flatMap(([name, { command }]) =>
    command?.[0] === 'serve' ? [{ name, part: command[2] as string }] : [],
  );

  test('every service runs, the gateway and workers twice', () => {
    const workers = Object.values(services).filter(({ command }) => command?.[0] === 'worker');
    expect(workers).toHaveLength(2);
    expect(commands.map(({ part }) => part).sort()).toEqual(['gateway', 'gateway', ...serviceNames].sort());
  });

  test('the gateways reach each where it is, and all are measured', () => {
    const settings = services['gateway-1']?.environment ?? {};
    const targets = parse(readFileSync(join(DEPLOY, 'prometheus/compose.yml'), 'utf8')).scrape_configs[0]
      .static_configs[0].targets as string[];
    for (const service of serviceNames) {
      expect(settings[`${service.toUpperCase()}_URL`]).toBe(`http://${service}:3000`);
    }
    expect(targets.sort()).toEqual(
      Object.keys(services)
        .filter((name) => name !== 'migrate' && isOurs(services[name] as Container))
        .map((name) => `${name}:${settings.METRICS_PORT}`)
        .sort(),
    );
    expect(services.caddy?.environment?.UPSTREAMS).toBe('gateway-1:3000 gateway-2:3000');
  });
});

describe('secrets.sh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spacedly-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const make = () => execFileSync(join(DEPLOY, 'secrets.sh'), [folder], { encoding: 'utf8' });
  const contents = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

  test('makes what is mounted and nothing else, once, in a folder closed to others', {
    timeout: 60_000,
  }, () => {
    expect(make()).toMatch(/made spacedly_secret/);
    const { secrets = {} } = read('compose.split.yaml');
    expect(Object.values(secrets).map(({ file }) => file.replace('secrets/', ''))).toEqual(
      Object.keys(secrets),
    );
    const first = contents();
    expect(Object.keys(first).sort()).toEqual(Object.keys(secrets).sort());
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(make()).toBe('');
    expect(contents()).toEqual(first);
  });

  test('the settings they hold are accepted, and the certificates are of their hosts', {
    timeout: 60_000,
  }, () => {
    const files = {
      SPACEDLY_SECRET: 'spacedly_secret',
      DATABASE_URL: 'database_url',
      REDIS_URL: 'redis_url',
    };
    const settings = Object.entries(files).map(([name, file]) => [`${name}_FILE`, join(folder, file)]);
    const rest = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://plan.example.com',
      DATABASE_DIRECT_URL_FILE: join(folder, 'database_direct_url'),
      DATABASE_CA_FILE: join(folder, 'ca_cert'),
    };
    expect(settingProblems({ ...rest, ...Object.fromEntries(settings) }, { readFiles: true })).toEqual([]);
    for (const host of ['postgres', 'pgbouncer']) {
      const verify = ['verify', '-CAfile', join(folder, 'ca_cert'), '-verify_hostname', host];
      expect(
        execFileSync('openssl', [...verify, join(folder, `${host}_cert`)], { encoding: 'utf8' }),
      ).toMatch(/OK/);
    }
  });
});
