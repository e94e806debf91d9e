import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { DateTimeField } from '../../shared/date-time-field.tsx';
import { formErrors } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { wallToInstant } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { isMoreThanTitle, quickPreviewQuery, useQuickCreate } from './quick-data.ts';
import { QuickPreviewLine, QuickSuggestions } from './quick-preview.tsx';

const t = texts.tasks;
const FIELDS = { text: 'text', title: 'text', dueDate: 'due' };
const NO_ERRORS = { byField: {} as Record<string, string>, rest: null as string | null };
const TYPING_PAUSE_MS = 250;
const MIN_TO_READ = 3;

/** The state of the form. By hand, because the form library would be a tenth of what Today loads. */
function useQuickAdd() {
  const { zone } = useClock();
  const create = useQuickCreate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [due, setDue] = useState<string | null>(null);
  const [isLiteral, setLiteral] = useState(false);
  const [errors, setErrors] = useState(NO_ERRORS);

  const reset = () => {
    setText('');
    setDue(null);
    setLiteral(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending) return;
    const line = text.trim();
    if (line === '') {
      setErrors({ byField: { text: t.addMissing }, rest: null });
      input.current?.focus();
      return;
    }
    setErrors(NO_ERRORS);
    try {
      const dueDate = due && wallToInstant(due, zone);
      const task = await create.mutateAsync({ text: line, isLiteral, dueDate });
      reset();
      toastDone(t.added(task.title));
      input.current?.focus();
    } catch (error) {
      setErrors(formErrors(error, FIELDS));
    }
  };
  const add = (words: string) => {
    setText((line) => (line.trim() === '' ? `${words} ` : `${line.trimEnd()} ${words} `));
    input.current?.focus();
  };
  return { zone, input, text, setText, due, setDue, isLiteral, setLiteral, errors, submit, add, create };
}

type QuickAddState = ReturnType<typeof useQuickAdd>;

/** Told to screen readers when it changes, so that typing needs no look at it. */
function Understood({ text, isLiteral, setLiteral }: QuickAddState) {
  const [paused] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const line = text.trim().length < MIN_TO_READ ? '' : paused;
  const preview = useQuery(quickPreviewQuery(line));
  const isShown = line !== '' && preview.data !== undefined && isMoreThanTitle(preview.data);
  return (
    <div aria-live="polite">
      {isShown && <QuickPreviewLine preview={preview.data} isLiteral={isLiteral} setLiteral={setLiteral} />}
    </div>
  );
}

/** One line for a new task: its words are read for dates, tags and the rest, and what was understood shows below. */
export function QuickAdd() {
  const form = useQuickAdd();
  const [isUsed, setUsed] = useState(false);
  return (
    <Paper
      component="form"
      className="no-print"
      onSubmit={form.submit}
      onFocus={() => setUsed(true)}
      noValidate
      aria-label={t.add}
      p="sm"
    >
      <Stack gap="sm">
        <FormProblem title={t.addFailed} message={form.errors.rest} />
        <Group align="flex-start" gap="sm">
          <TextInput
            data-quick-add
            ref={form.input}
            aria-label={texts.quickAdd.label}
            placeholder={texts.quickAdd.placeholder}
            flex="2 1 220px"
            autoComplete="off"
            value={form.text}
            onChange={(event) => form.setText(event.currentTarget.value)}
            error={form.errors.byField.text}
          />
          <DateTimeField
            label={t.addDue}
            hideLabel
            placeholder={t.addDue}
            zone={form.zone}
            flex="1 1 150px"
            value={form.due}
            onChange={form.setDue}
            error={form.errors.byField.due}
          />
          <Button
            type="submit"
            loading={form.create.isPending}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t.add}
          </Button>
        </Group>
        {isUsed && <Understood {...form} />}
        {isUsed && !form.isLiteral && <QuickSuggestions text={form.text} onAdd={form.add} />}
      </Stack>
    </Paper>
  );
}
