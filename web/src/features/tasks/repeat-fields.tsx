import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { texts } from '../../shared/texts.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { commonRules } from './repeat-rule.ts';
import { repeatWords } from './repeat-words.ts';
import classes from './task-form.module.css';
import type { TaskFormValues } from './task-form-values.ts';
import type { TaskForm } from './use-task-form.ts';

const t = texts.repeat;
const CUSTOM = 'custom';
const ANCHORS = (['due', 'completion'] as const).map((value) => ({ value, label: t.anchors[value] }));

/** The day that "every week" counts from. */
function dayFor({ dueKind, dueDay, dueWall }: TaskFormValues, today: string): string {
  if (dueKind === 'day' && dueDay) return dueDay;
  return dueKind === 'instant' && dueWall ? dueWall.slice(0, 10) : today;
}

/** How a task comes again: one of the usual rules in words, or any rule as it is written. */
export function RepeatFields({ form }: Pick<TaskForm, 'form'>) {
  const clock = useClock();
  const { rrule } = form.values;
  const usual = commonRules(dayFor(form.values, dayOf(new Date(), clock.zone)));
  const [isCustom, setCustom] = useState(false);
  const rules = rrule === '' || isCustom || usual.includes(rrule) ? usual : [rrule, ...usual];
  const options = [
    { value: '', label: t.none },
    ...rules.map((rule) => ({ value: rule, label: repeatWords(rule, clock) })),
    { value: CUSTOM, label: t.custom },
  ];
  const choose = (value: string | null) => {
    setCustom(value === CUSTOM);
    if (value !== CUSTOM) form.setFieldValue('rrule', value ?? '');
  };
  return (
    <div className={classes.pair}>
      <Select
        label={t.label}
        data={options}
        allowDeselect={false}
        value={isCustom ? CUSTOM : rrule}
        onChange={choose}
        error={isCustom ? undefined : form.errors.rrule}
      />
      {isCustom && (
        <TextInput label={t.rule} description={t.ruleHint} maxLength={500} {...form.getInputProps('rrule')} />
      )}
      {rrule !== '' && (
        <Select label={t.anchor} data={ANCHORS} allowDeselect={false} {...form.getInputProps('anchor')} />
      )}
    </div>
  );
}
