import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Rule {
  alert: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}

const rules = parse(read('deploy/prometheus/rules.yml')).groups.flatMap(
  ({ rules }: { rules: Rule[] }) => rules,
) as Rule[];

test.each(rules.map((rule) => [rule.alert, rule] as const))('%s says what to do', (name, rule) => {
  expect(rule.labels.severity).toMatch(/^(page|ticket)$/);
  const [file = '', anchor] = rule.annotations.runbook.split('#');
  expect(anchor).toBe(name.toLowerCase());
  const section = read(file).split(`### ${name}\n`)[1]?.split('\n#')[0] ?? '';
  // What it means and what to do about it take more than a line.
  expect(section.trim().length).toBeGreaterThan(100);
});

test('no runbook is left of an alert that is gone', () => {
  const alerts = rules.map(({ alert }) => alert).sort();
  const runbooks = read('docs/guide/operations.md').match(/(?<=^### )Spacedly\w+$/gm) ?? [];
  expect([...runbooks].sort()).toEqual(alerts);
});
