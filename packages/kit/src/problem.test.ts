import { expect, test } from 'vitest';
import { Problem } from './problem.ts';

const errors = ['title', 'dueDay', 'link', 'labels'].map((name) => ({
  path: `body.${name}`,
  message: 'Is not right',
}));

test.each<[string, Problem, string]>([
  ['what was said', new Problem('NOT_FOUND', { detail: 'No such page' }), 'No such page'],
  ['the title where nothing was', new Problem('NOT_FOUND'), 'There is nothing at this address'],
  [
    'the first fields of a validation',
    new Problem('VALIDATION_FAILED', { errors }),
    'body.title: Is not right; body.dueDay: Is not right; body.link: Is not right',
  ],
  [
    'the title of any other problem with fields',
    new Problem('INVALID_CODE', { errors }),
    'The code is not right',
  ],
  [
    'nothing more than the title of a fault of ours',
    new Problem('INTERNAL', { detail: 'password=1', cause: new Error('x') }),
    'Something went wrong on our side',
  ],
])('every answer has a detail: %s', (_name, problem, detail) => {
  expect(problem.toBody('r-1').detail).toBe(detail);
});
