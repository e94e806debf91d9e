import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { day, id, instantOut, notEmpty, text } from '../fields.ts';

const name = text({ min: 1, max: 100 });
const category = text({ min: 1, max: 50 });
const label = text({ min: 1, max: 30 });
const targetRetention = z.number().min(0.7).max(0.97);

export const putExamBody = z
  .strictObject({
    name,
    day,
    category: category.optional(),
    label: label.optional(),
    targetRetention: targetRetention.default(0.9),
  })
  .refine((value) => (value.category === undefined) !== (value.label === undefined), {
    message: 'Give either a category or a label',
    path: ['category'],
  });
export type PutExamBody = z.output<typeof putExamBody>;

export const updateExamBody = notEmpty(
  z.strictObject({ name, day, category, label, targetRetention }).partial(),
).refine((value) => value.category === undefined || value.label === undefined, {
  message: 'Give either a category or a label',
  path: ['category'],
});
export type UpdateExamBody = z.output<typeof updateExamBody>;

const recall = z.number().nullable().meta({ description: 'Mean probability of recall on the day' });

export const exam = z
  .object({
    id,
    name: z.string(),
    day: z.string(),
    category: z.string().nullable(),
    label: z.string().nullable(),
    targetRetention: z.number(),
    forecast: z.object({
      items: z.int().meta({ description: 'Reviews that belong to the exam, suspended ones left out' }),
      recallWithoutReviews: recall.meta({ description: 'If nothing is reviewed from now on' }),
      recallWithPlan: recall.meta({ description: 'If the plan is followed and each item remembered' }),
      itemsBelowTarget: z.int().meta({ description: 'With the plan; 0 unless the day has come' }),
    }),
    plan: z
      .array(z.object({ date: z.string(), reviews: z.int() }))
      .meta({ description: 'Reviews on each day from today to the exam; days without any are left out' }),
    version: z.int(),
    createdAt: instantOut,
    updatedAt: instantOut,
  })
  .meta({ id: 'Exam' });
export type Exam = z.infer<typeof exam>;

const params = z.object({ examId: id });

export const examRoutes = {
  putExam: defineRoute({
    method: 'PUT',
    path: '/v1/exams',
    summary: 'Plan the reviews of a category or label for an exam; the name decides which exam it is',
    description:
      'The next date of every matching review moves forward where its predicted recall on the day would be below the target; it never moves back.',
    auth: 'required',
    body: putExamBody,
    responses: { 200: exam, 201: exam },
    errors: ['EXAM_IN_PAST', 'EXAM_LIMIT'],
    conditional: true,
  }),
  listExams: defineRoute({
    method: 'GET',
    path: '/v1/exams',
    summary: 'My exams, soonest first, each with its forecast',
    auth: 'required',
    responses: { 200: z.object({ items: z.array(exam), nextCursor: z.null() }) },
    errors: [],
  }),
  getExam: defineRoute({
    method: 'GET',
    path: '/v1/exams/:examId',
    summary: 'One exam with its plan and the forecast of recall on the day',
    auth: 'required',
    params,
    responses: { 200: exam },
    errors: ['EXAM_NOT_FOUND'],
  }),
  updateExam: defineRoute({
    method: 'PATCH',
    path: '/v1/exams/:examId',
    summary: 'Rename an exam, move it, or change what it asks for, and plan anew',
    description: 'A category takes the place of the label, and a label that of the category.',
    auth: 'required',
    params,
    body: updateExamBody,
    responses: { 200: exam },
    errors: ['EXAM_NOT_FOUND', 'EXAM_IN_PAST', 'EXAM_NAME_TAKEN'],
    conditional: true,
  }),
  deleteExam: defineRoute({
    method: 'DELETE',
    path: '/v1/exams/:examId',
    summary: 'Forget an exam; its reviews go back to the dates of spacing alone',
    auth: 'required',
    params,
    responses: { 204: null },
    errors: ['EXAM_NOT_FOUND'],
    conditional: true,
  }),
} as const;
