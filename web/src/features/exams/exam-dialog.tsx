import { Autocomplete, Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Exam } from '../../shared/api.ts';
import { DayField } from '../../shared/date-time-field.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useClock } from '../auth/account.ts';
import { RetentionSlider } from '../reviews/review-fields.tsx';
import { useSaveExam } from './exam-data.ts';

const t = texts.exams;
const FIELDS = { name: 'name', day: 'day', category: 'scope', label: 'scope' };
const KINDS = (['category', 'label'] as const).map((value) => ({ value, label: t.scopes[value] }));

interface Values {
  name: string;
  day: string | null;
  kind: 'category' | 'label';
  scope: string;
  target: number;
}

const NEW: Values = { name: '', day: null, kind: 'category', scope: '', target: 90 };

function valuesOf(exam: Exam): Values {
  return {
    name: exam.name,
    day: exam.day,
    kind: exam.label === null ? 'category' : 'label',
    scope: exam.category ?? exam.label ?? '',
    target: Math.round(exam.targetRetention * 100),
  };
}

function useExamForm(exam: Exam | null, onClose: () => void) {
  const save = useSaveExam(exam);
  const form = useForm<Values>({
    initialValues: exam === null ? NEW : valuesOf(exam),
    validate: {
      name: (value) => (value.trim() ? null : t.nameMissing),
      day: (value) => (value ? null : t.dayMissing),
      scope: (value) => (value.trim() ? null : t.scopeMissing),
    },
  });
  const problem = useFormProblem(form, FIELDS);
  const submit = form.onSubmit(async ({ name, day, kind, scope, target }) => {
    problem.clear();
    try {
      const body = { name: name.trim(), day: day ?? '', [kind]: scope.trim(), targetRetention: target / 100 };
      const saved = await save.mutateAsync(body);
      toastDone(t.saved(saved.name));
      onClose();
    } catch (error) {
      const isStale = error instanceof Problem && error.status === 412;
      problem.show(isStale ? new Problem(412, { detail: t.changedElsewhere }) : error);
    }
  });
  return { form, problem, submit, isBusy: save.isPending };
}

/** A new exam, or another look at one. */
export function ExamDialog({ exam, onClose }: { exam: Exam | null; onClose: () => void }) {
  const { zone } = useClock();
  const { form, problem, submit, isBusy } = useExamForm(exam, onClose);
  const { kind, target } = form.values;
  return (
    <Dialog title={exam === null ? t.addTitle : t.editTitle} opened onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <LeaveGuard active={form.isDirty()} />
        <Stack>
          <FormProblem title={t.saveFailed} message={problem.message} />
          <TextInput
            label={t.name}
            placeholder={t.namePlaceholder}
            maxLength={100}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <DayField
            label={t.day}
            placeholder={texts.task.pickDate}
            zone={zone}
            {...form.getInputProps('day')}
          />
          <div>
            <SegmentedControl
              aria-label={t.scope}
              data={KINDS}
              {...form.getInputProps('kind')}
              mb={8}
              fullWidth
            />
            <Autocomplete
              label={kind === 'category' ? t.category : t.label}
              data={kind === 'category' ? texts.task.categories : []}
              maxLength={kind === 'category' ? 50 : 30}
              {...form.getInputProps('scope')}
            />
          </div>
          <RetentionSlider
            label={t.target}
            value={target}
            onChange={(value) => form.setFieldValue('target', value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.app.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
