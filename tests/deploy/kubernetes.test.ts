import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serviceNames } from '@spacedly/cli';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { settingProblems } from '../harness/settings.ts';

const FOLDER = fileURLToPath(new URL('../../deploy/kubernetes/', import.meta.url));
const BASE = join(FOLDER, 'base');
const OVERLAY = join(FOLDER, 'overlays/example');

type Labels = Record<string, string>;
interface Port {
  name?: string;
  port?: number | string;
  containerPort?: number;
  targetPort?: string;
}
interface PodSpec {
  securityContext: object;
  terminationGracePeriodSeconds: number;
  automountServiceAccountToken: boolean;
  serviceAccountName: string;
  containers: {
    args: string[];
    ports?: Port[];
    securityContext: object;
    resources: object;
    volumeMounts: { name: string; mountPath: string }[];
    [probe: `${string}Probe`]: { httpGet: { path: string; port: string } };
  }[];
  volumes: { name: string }[];
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a shape of its own, which the tests below look into
  spec?: any;
}

const documents = (file: string) =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Manifest);
const base = parse(readFileSync(join(BASE, 'kustomization.yaml'), 'utf8'));
const overlay = parse(readFileSync(join(OVERLAY, 'kustomization.yaml'), 'utf8'));
const manifests = (base.resources as string[]).flatMap((name) => documents(join(BASE, name)));
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const workloads = [...ofKind('Deployment'), ...ofKind('Job')];
const podOf = ({ spec }: Manifest) => spec.template.spec as PodSpec;
const labelsOf = ({ spec }: Manifest) => spec.template.metadata.labels as Labels;
const matches = (selector: Labels) => (labels: Labels) =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);
const literals = ({ literals: lines = [] }: { literals?: string[] }) =>
  lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);

describe('what is applied', () => {
  test('every file is, and nothing twice', () => {
    const files = readdirSync(BASE).filter((name) => name !== 'kustomization.yaml');
    expect([...base.resources].sort()).toEqual(files.sort());
    const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('every service and the gateway have all that belongs to them', () => {
    const parts = ['gateway', ...serviceNames].sort();
    for (const kind of ['Deployment', 'Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget']) {
      const names = ofKind(kind).map(({ metadata }) => metadata.name);
      // A worker serves nobody.
      expect(names.sort()).toEqual(kind === 'Service' ? parts : [...parts, 'worker'].sort());
    }
    for (const deployment of ofKind('Deployment')) {
      const [{ args } = { args: [] }] = podOf(deployment).containers;
      if (args[0] === 'serve')
        expect(args).toEqual(['serve', '--services', deployment.metadata.name, '--no-migrate']);
    }
  });

  test('selectors find what they are for', () => {
    for (const deployment of ofKind('Deployment')) {
      expect(labelsOf(deployment)).toSatisfy(matches(deployment.spec.selector.matchLabels));
    }
    for (const { spec, metadata } of ofKind('Service')) {
      const found = ofKind('Deployment').filter((each) => matches(spec.selector)(labelsOf(each)));
      expect(found.map(({ metadata: { name } }) => name)).toEqual([metadata.name]);
      const names = podOf(found[0] as Manifest).containers[0]?.ports?.map(({ name }) => name);
      for (const { targetPort } of spec.ports as Port[]) expect(names).toContain(targetPort);
    }
    for (const { spec, metadata } of ofKind('PodDisruptionBudget')) {
      const found = ofKind('Deployment').filter((each) => matches(spec.selector.matchLabels)(labelsOf(each)));
      expect(found.map(({ metadata: { name } }) => name)).toEqual([metadata.name]);
    }
    for (const { spec } of ofKind('HorizontalPodAutoscaler')) {
      const name = spec.scaleTargetRef.name as string;
      const target = ofKind('Deployment').find(({ metadata }) => metadata.name === name) as Manifest;
      // A number of its own would be set back by every apply.
      expect(target.spec.replicas).toBeUndefined();
      expect(spec.minReplicas).toBeGreaterThan(1);
    }
  });
});

describe.each(workloads.map((manifest) => [manifest.metadata.name, manifest] as const))(
  '%s',
  (_name, manifest) => {
    const pod = podOf(manifest);
    const [container] = pod.containers as [PodSpec['containers'][0]];

    test('meets the restricted standard, with nothing to write to but what is mounted', () => {
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(container.resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
      expect(container.volumeMounts.map(({ name }) => name)).toEqual(pod.volumes.map(({ name }) => name));
    });

    test('is asked how it is where it answers', () => {
      if (manifest.kind === 'Job') return expect(container.args).toEqual(['migrate']);
      for (const [probe, path] of Object.entries({ startup: 'live', liveness: 'live', readiness: 'ready' })) {
        expect(container[`${probe}Probe`]?.httpGet).toEqual({ path: `/health/${path}`, port: 'http' });
      }
      const ports = Object.fromEntries(
        container.ports?.map(({ name, containerPort }) => [name, containerPort]) ?? [],
      );
      expect(ports).toEqual({ http: 3000, metrics: 9464 });
      const settings = Object.fromEntries(literals(base.configMapGenerator[0]));
      expect(Number(settings.METRICS_PORT)).toBe(ports.metrics);
      // After that: 15 s for requests in hand, 10 s for jobs.
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Number(settings.DRAIN_DELAY) + 25);
    });
  },
);

test('the settings are real, and point to the services', () => {
  const given = Object.fromEntries([
    ...literals(base.configMapGenerator[0]),
    ...literals(overlay.configMapGenerator[0]),
  ]);
  expect(settingProblems({ NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example.com', ...given })).toEqual(
    [],
  );
  for (const name of serviceNames) expect(given[`${name.toUpperCase()}_URL`]).toBe(`http://${name}:3000`);
  const secrets = readFileSync(join(OVERLAY, 'secrets.example.env'), 'utf8').match(/^[A-Z_\d]+(?==)/gm) ?? [];
  expect(secrets).toContain('SPACEDLY_SECRET');
  expect(settingProblems(Object.fromEntries(secrets.map((name) => [name, ''])))).toEqual([]);
});

test('people reach the gateway and nothing else', () => {
  const [ingress] = documents(join(OVERLAY, 'ingress.yaml')) as [Manifest];
  const backends = ingress.spec.rules.flatMap(({ http }: { http: { paths: object[] } }) => http.paths);
  expect(backends.map(({ backend }: { backend: object }) => backend)).toEqual([
    { service: { name: 'gateway', port: { name: 'http' } } },
  ]);
  const policies = Object.fromEntries(
    ofKind('NetworkPolicy').map(({ metadata, spec }) => [metadata.name, spec]),
  );
  expect(policies['nothing-in']).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
  expect(policies['people-to-gateway'].podSelector.matchLabels).toEqual({
    'app.kubernetes.io/component': 'gateway',
  });
});

const hasKubectl = await promisify(execFile)('kubectl', ['version', '--client']).then(
  () => true,
  () => false,
);
if (!hasKubectl) console.warn('SKIPPED the build of the overlay: no kubectl found.');

test.skipIf(!hasKubectl)('kubectl builds the overlay', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spacedly-kubernetes-'));
  try {
    cpSync(FOLDER, folder, { recursive: true });
    const own = join(folder, 'overlays/example');
    cpSync(join(own, 'secrets.example.env'), join(own, 'secrets.env'));
    const { stdout } = await promisify(execFile)('kubectl', ['kustomize', own]);
    const built = parseAllDocuments(stdout).map((document) => document.toJS());
    const gateway = built.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'gateway');
    const [{ image, envFrom }] = gateway.spec.template.spec.containers;
    expect(image).toBe('registry.example.com/spacedly:0.1.0');
    // A change of a setting changes the name, and so the pods.
    expect(envFrom[0].configMapRef.name).toMatch(/^spacedly-\w{10}$/);
    expect(envFrom[1].secretRef.name).toMatch(/^spacedly-\w{10}$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
