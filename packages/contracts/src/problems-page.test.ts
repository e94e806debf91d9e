import { expect, test } from 'vitest';
import { problemsPage } from './problems-page.ts';

test('docs/problems.md lists every problem (make it anew with `npx vitest run --project unit problems-page -u`)', async () => {
  await expect(problemsPage()).toMatchFileSnapshot('../../../docs/problems.md');
});
