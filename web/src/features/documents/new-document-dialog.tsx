import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useCreateDocument } from './document-data.ts';

const t = texts.documents;

/** Asks for the title of a new document, and opens it. */
export function NewDocumentDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateDocument();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { title: '' },
    validate: { title: (value) => (value.trim() ? null : t.nameMissing) },
  });
  const problem = useFormProblem(form, { title: 'title' });
  const submit = form.onSubmit(async ({ title }) => {
    problem.clear();
    try {
      const { id } = await create.mutateAsync(title.trim());
      await navigate({ to: '/documents/$docId', params: { docId: id }, ignoreBlocker: true });
    } catch (error) {
      problem.show(error);
    }
  });
  return (
    <Dialog title={t.create} opened onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <LeaveGuard active={form.isDirty()} />
        <Stack>
          <FormProblem title={t.createFailed} message={problem.message} />
          <TextInput label={t.name} data-autofocus maxLength={400} {...form.getInputProps('title')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.app.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
