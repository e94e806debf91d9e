import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { changeExam, getExam, getExams, putExam, removeExam } from './service.ts';

export function examRoutes(app: FastifyInstance, deps: TasksDeps): void {
  bindRoute(app, tasksRoutes.putExam, async ({ identity: { userId }, body, ifMatch }) => {
    const { exam, isNew } = await putExam(deps, { userId, body, ifMatch });
    return isNew ? created(`/v1/exams/${exam.id}`, exam) : ok(exam);
  });

  bindRoute(app, tasksRoutes.listExams, async ({ identity: { userId } }) =>
    ok({ items: await getExams(deps, userId), nextCursor: null }),
  );

  bindRoute(app, tasksRoutes.getExam, async ({ identity: { userId }, params }) =>
    ok(await getExam(deps, { userId, id: params.examId })),
  );

  bindRoute(app, tasksRoutes.updateExam, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(await changeExam(deps, { userId, id: params.examId, ifMatch }, body)),
  );

  bindRoute(app, tasksRoutes.deleteExam, async ({ identity: { userId }, params, ifMatch }) => {
    await removeExam(deps, { userId, id: params.examId, ifMatch });
    return noContent();
  });
}
