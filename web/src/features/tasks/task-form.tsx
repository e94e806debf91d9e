import {
  Anchor,
  Autocomplete,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import type { Task } from '../../shared/api.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { DueFields } from './due-fields.tsx';
import { NotesField } from './notes-field.tsx';
import { RepeatFields } from './repeat-fields.tsx';
import { mayChange } from './task-access.ts';
import classes from './task-form.module.css';
import type { TaskForm } from './use-task-form.ts';

const t = texts.task;
const MAX_LABELS = 20;
const PRIORITIES = (['low', 'medium', 'high'] as const).map((value) => ({
  value,
  label: texts.tasks.priority[value],
}));
const OPEN_STATUSES = (['todo', 'in-progress'] as const).map((value) => ({
  value,
  label: texts.tasks.status[value],
}));

function isWebLink(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}

function TextFields({ form }: TaskForm) {
  const link = form.values.link.trim();
  return (
    <>
      <TextInput label={t.title} maxLength={400} {...form.getInputProps('title')} />
      <NotesField form={form} />
      <div>
        <TextInput
          label={t.link}
          type="url"
          inputMode="url"
          placeholder="https://"
          {...form.getInputProps('link')}
        />
        {isWebLink(link) && (
          <Anchor href={link} target="_blank" rel="noreferrer noopener" size="sm">
            {t.linkOpen}
          </Anchor>
        )}
      </div>
    </>
  );
}

function Choices({ form, isOpen }: TaskForm & { isOpen: boolean }) {
  return (
    <div className={classes.pair}>
      {isOpen && (
        <Select
          label={t.status}
          data={OPEN_STATUSES}
          allowDeselect={false}
          {...form.getInputProps('status')}
        />
      )}
      <Select
        label={t.priority}
        data={PRIORITIES}
        allowDeselect={false}
        {...form.getInputProps('priority')}
      />
      <Autocomplete
        label={t.category}
        data={t.categories}
        maxLength={50}
        {...form.getInputProps('category')}
      />
      <NumberInput
        label={t.estimate}
        suffix={t.estimateUnit}
        min={1}
        max={10_080}
        step={5}
        allowDecimal={false}
        allowNegative={false}
        {...form.getInputProps('estimateMinutes')}
        onChange={(value) => form.setFieldValue('estimateMinutes', typeof value === 'number' ? value : '')}
      />
    </div>
  );
}

function SaveBar({ isDirty, isSaving, discard }: TaskForm) {
  if (!isDirty && !isSaving) return null;
  return (
    <div className={classes.bar}>
      <Text size="sm" c="dimmed" role="status" visibleFrom="xs">
        {t.unsaved}
      </Text>
      <Group gap="xs">
        <Button type="button" variant="subtle" onClick={discard} disabled={isSaving}>
          {t.discard}
        </Button>
        <Button type="submit" loading={isSaving}>
          {t.save}
        </Button>
      </Group>
    </div>
  );
}

/** Everything of a task that can be edited. */
export function TaskFields({ task, editing }: { task: Task; editing: TaskForm }) {
  const { form } = editing;
  return (
    <Paper component="form" onSubmit={editing.submit} noValidate p="lg" aria-label={t.details}>
      <fieldset disabled={!mayChange(task)} className={classes.fields}>
        <Stack>
          {editing.conflict && <ConflictNotice onChoose={editing.loadLatest} />}
          <FormProblem title={t.saveFailed} message={editing.problem.message} />
          <TextFields {...editing} />
          <DueFields form={form} />
          <RepeatFields form={form} />
          <Choices {...editing} isOpen={task.status !== 'completed'} />
          <TagsInput
            label={t.labels}
            placeholder={form.values.labels.length === 0 ? t.labelsHint : undefined}
            maxTags={MAX_LABELS}
            acceptValueOnBlur
            {...form.getInputProps('labels')}
          />
          <SaveBar {...editing} />
        </Stack>
      </fieldset>
    </Paper>
  );
}
