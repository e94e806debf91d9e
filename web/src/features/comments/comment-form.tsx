import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';

const t = texts.comments;

interface CommentFormProps {
  label: string;
  button: string;
  initial?: string;
  description?: string;
  isBusy: boolean;
  /** Opened by a click, it takes the focus. */
  hasFocus?: boolean;
  onSend: (content: string) => Promise<unknown>;
  onCancel?: () => void;
}

/** A comment as it is written: what was typed stays when it could not be sent. Ctrl Enter sends it. */
export function CommentForm(props: CommentFormProps) {
  const { initial = '', onCancel, onSend } = props;
  const form = useForm({
    initialValues: { content: initial },
    validate: { content: (value) => (value.trim() ? null : t.missing) },
  });
  const problem = useFormProblem(form, { content: 'content' });
  const submit = form.onSubmit(async ({ content }) => {
    problem.clear();
    try {
      await onSend(content);
      form.reset();
      onCancel?.();
    } catch (error) {
      const isStale = error instanceof Problem && error.status === 412;
      problem.show(isStale ? new Problem(412, { detail: t.conflict }) : error);
    }
  });
  return (
    <form
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && onCancel && form.values.content === initial) onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      <LeaveGuard active={form.values.content !== initial} />
      <Stack gap="xs">
        <FormProblem title={t.failed} message={problem.message} />
        <Textarea
          label={props.label}
          description={props.description}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={4_000}
          autoFocus={props.hasFocus}
          {...form.getInputProps('content')}
        />
        <Group gap="xs" justify="flex-end">
          {onCancel && (
            <Button type="button" size="xs" variant="default" onClick={onCancel}>
              {texts.app.cancel}
            </Button>
          )}
          <Button type="submit" size="xs" loading={props.isBusy}>
            {props.button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
