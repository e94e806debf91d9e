import { type ProblemCode, problems, problemType } from './problems.ts';

/** `docs/problems.md`: every problem with its status and title, from the catalogue. */
export function problemsPage(): string {
  const rows = (Object.keys(problems) as ProblemCode[])
    .map((code) => ({ type: problemType(code), status: problems[code][0], title: problems[code][1] }))
    .sort((a, b) => a.status - b.status || a.type.localeCompare(b.type))
    .map(({ type, status, title }) => `| ${status} | ${title} | \`${type}\` |`);
  return [
    '# Problems',
    '',
    'Errors are `application/problem+json` (RFC 9457): `type`, `title`, `status`, often `detail`, always `requestId`;',
    'a refused input also has `errors`, each with the `path` of the field and a `message`.',
    '',
    '| status | title | type |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
