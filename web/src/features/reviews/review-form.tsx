import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import type { ReviewValues } from './review-data.ts';
import { promptErrors, ReviewFields, type ReviewFormValues } from './review-fields.tsx';

const t = texts.reviews;

interface ReviewFormProps {
  initial: ReviewFormValues;
  failed: string;
  button: string;
  /** @throws Problem, which is then shown in the form */
  save: (values: ReviewValues) => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}

/** Questions and retention with their buttons; what the server refuses is said here, and nothing typed is lost. */
export function ReviewForm({ initial, failed, button, save, onClose, children }: ReviewFormProps) {
  const form = useForm<ReviewFormValues>({ initialValues: initial, validate: promptErrors });
  const problem = useFormProblem(form, {});
  const submit = form.onSubmit(async ({ retention, prompts }) => {
    problem.clear();
    try {
      await save({ desiredRetention: retention / 100, prompts });
      onClose();
    } catch (error) {
      const isStale = error instanceof Problem && error.status === 412;
      problem.show(isStale ? new Problem(412, { detail: t.changedElsewhere }) : error);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard active={form.isDirty()} />
      <Stack>
        <FormProblem title={failed} message={problem.message} />
        {children}
        <ReviewFields form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.app.cancel}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
