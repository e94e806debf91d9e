import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { paths } from '../../shared/api.gen.ts';
import { api, type Exam, ifMatch, unwrap } from '../../shared/api.ts';
import { refreshPlanner } from '../../shared/planner-cache.ts';
import { keys } from '../../shared/query.ts';

export type ExamBody = paths['/v1/exams']['put']['requestBody']['content']['application/json'];

export const examsQuery = queryOptions({
  queryKey: keys.exams,
  queryFn: () => unwrap(api.GET('/v1/exams')),
});

type ExamChanges = paths['/v1/exams/{examId}']['patch']['requestBody']['content']['application/json'];

/** Plans a new exam, or changes one if it is still as it was read. */
export function useSaveExam(exam: Exam | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ExamBody): Promise<Exam> =>
      exam === null
        ? unwrap(api.PUT('/v1/exams', { body }))
        : unwrap(
            api.PATCH('/v1/exams/{examId}', {
              params: { path: { examId: exam.id }, header: ifMatch(exam.version) },
              body: onlyNew(exam, body),
            }),
          ),
    onSettled: () => refreshPlanner(queryClient),
  });
}

/** The day is sent only when it is another one: an exam that is over may still be renamed. */
function onlyNew(exam: Exam, { day, ...body }: ExamBody): ExamChanges {
  return { ...body, ...(day !== exam.day && { day }) };
}
