import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formErrors, messageOf, Problem } from './problem.ts';
import { speak } from './texts.ts';

describe('a problem, in German', () => {
  beforeAll(() => speak('de'));
  afterAll(() => speak('en'));
  const problem = (slug: string, detail: string, errors?: { path: string; message: string }[]) =>
    new Problem(400, {
      type: `https://spacedly.dev/problems/${slug}`,
      detail,
      ...(errors !== undefined && { errors }),
    });

  it('is told by its type', () => {
    expect(messageOf(problem('task-not-found', 'Task not found'))).toBe('Diese Aufgabe gibt es nicht');
    expect(messageOf(problem('reminder-closed', 'This reminder is already sent'))).toBe(
      'Diese Erinnerung ist schon vorbei',
    );
  });

  it('is told by its detail where that says more', () => {
    expect(messageOf(problem('too-many-files', 'Send at most 10 files at once'))).toBe(
      'Höchstens 10 Dateien auf einmal',
    );
  });

  it('tells what is wrong with a field', () => {
    const error = problem('validation-failed', 'body.title: Must be at most 500 characters', [
      { path: 'body.title', message: 'Must be at most 500 characters' },
      { path: 'body.text', message: 'labels: Must have at least 1 characters' },
      { path: 'body.other', message: 'Too big: expected number to be <=9' },
    ]);
    expect(formErrors(error, { title: 'title', text: 'text' })).toEqual({
      byField: { title: 'Höchstens 500 Zeichen', text: 'Mindestens 1 Zeichen' },
      rest: 'Etwas an den Angaben stimmt nicht',
    });
  });

  it('is told as the server does when nothing else is known', () => {
    expect(messageOf(problem('constructor', 'Something new'))).toBe('Something new');
  });
});
