import { describe, expect, it } from 'vitest';
import { formErrors, messageOf, Problem, toProblem, unreachable } from './problem.ts';
import { texts } from './texts.ts';

const FIELDS = { title: 'title', dueDate: 'dueWall', labels: 'labels' };

function invalid(errors: { path: string; message: string }[]): Problem {
  return new Problem(400, { title: 'The request is not valid', errors });
}

describe('formErrors', () => {
  it('puts the errors of the body at the fields, under their names in the form', () => {
    const error = invalid([
      { path: 'body.title', message: 'Too long' },
      { path: 'body.dueDate', message: 'Not a date' },
      { path: 'body.labels.2', message: 'Empty label' },
    ]);
    expect(formErrors(error, FIELDS)).toEqual({
      byField: { title: 'Too long', dueWall: 'Not a date', labels: 'Empty label' },
      rest: null,
    });
  });

  it('keeps the first error of a field', () => {
    const error = invalid([
      { path: 'body.title', message: 'first' },
      { path: 'body.title', message: 'second' },
    ]);
    expect(formErrors(error, FIELDS).byField.title).toBe('first');
  });

  it('tells at the head what has no field', () => {
    const error = invalid([
      { path: 'body.title', message: 'Too long' },
      { path: 'body', message: 'Give at least one field to change' },
      { path: 'body.unknown', message: 'Unknown field' },
    ]);
    expect(formErrors(error, FIELDS)).toEqual({
      byField: { title: 'Too long' },
      rest: 'Give at least one field to change Unknown field',
    });
  });

  it('tells the detail, else the title, of a problem without field errors', () => {
    expect(formErrors(new Problem(422, { title: 'T', detail: 'D' }), FIELDS).rest).toBe('D');
    expect(formErrors(new Problem(422, { title: 'T' }), FIELDS).rest).toBe('T');
    expect(formErrors(new TypeError('x is undefined'), FIELDS).rest).toBe(texts.errors.unexpected);
  });
});

describe('messageOf', () => {
  it('tells what is wrong with the fields without their paths', () => {
    const type = 'https://spacedly.dev/problems/validation-failed';
    const errors = [{ path: 'body.title', message: 'Too long' }];
    expect(messageOf(new Problem(400, { type, detail: 'body.title: Too long', errors }))).toBe('Too long');
  });
});

describe('toProblem', () => {
  it('reads a problem+json answer', () => {
    const body = {
      type: 'https://spacedly.dev/problems/task-not-found',
      title: 'Task not found',
      requestId: 'r1',
    };
    const problem = toProblem(new Response(null, { status: 404 }), body);
    expect(problem).toMatchObject({
      status: 404,
      slug: 'task-not-found',
      message: 'Task not found',
      requestId: 'r1',
    });
  });

  it.each([['<html>'], [undefined], [null], [['a']]])(
    'survives the body %j of something in between',
    (body) => {
      expect(toProblem(new Response(null, { status: 502 }), body).message).toBe(texts.errors.unexpected);
    },
  );

  it('says how long to wait', () => {
    const response = new Response(null, { status: 429, headers: { 'retry-after': '30' } });
    expect(messageOf(toProblem(response, { title: 'Too many attempts' }))).toBe(
      'Too many attempts. Try again in 30 seconds.',
    );
  });
});

describe('unreachable', () => {
  it('has no status and says what to do', () => {
    expect(unreachable()).toMatchObject({
      status: 0,
      slug: 'unreachable',
      message: texts.errors.unreachable,
    });
  });
});
