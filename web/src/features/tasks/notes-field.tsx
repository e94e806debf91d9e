import { Input, SegmentedControl, Skeleton, Text, Textarea } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { texts } from '../../shared/texts.ts';
import type { TaskForm } from './use-task-form.ts';

const t = texts.taskView.notes;
const Markdown = lazy(() => import('./markdown.tsx').then((module) => ({ default: module.Markdown })));
const MODES = (['write', 'preview'] as const).map((value) => ({ value, label: t[value] }));
type Mode = (typeof MODES)[number]['value'];

/** Notes in Markdown, written or looked at. A task that has some opens with how they look. */
export function NotesField({ form }: Pick<TaskForm, 'form'>) {
  const [mode, setMode] = useState<Mode>(form.values.description ? 'preview' : 'write');
  const { description } = form.values;
  return (
    <Input.Wrapper label={texts.task.description} labelElement="div" description={t.hint}>
      <SegmentedControl
        size="xs"
        mt={6}
        mb={8}
        aria-label={t.mode}
        data={MODES}
        value={mode}
        onChange={setMode}
        display="flex"
        w="fit-content"
      />
      {mode === 'write' && (
        <Textarea
          aria-label={texts.task.description}
          autosize
          minRows={4}
          maxRows={18}
          {...form.getInputProps('description')}
        />
      )}
      {mode === 'preview' && description.trim() === '' && (
        <Text c="dimmed" size="sm">
          {t.empty}
        </Text>
      )}
      {mode === 'preview' && description.trim() !== '' && (
        <Suspense fallback={<Skeleton height={72} radius="md" />}>
          <Markdown text={description} />
        </Suspense>
      )}
    </Input.Wrapper>
  );
}
