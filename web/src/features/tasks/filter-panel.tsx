import { Autocomplete, Button, Checkbox, Paper, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { DayField } from '../../shared/date-time-field.tsx';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { useClock } from '../auth/account.ts';
import type { TaskList } from './task-cache.ts';
import { tasksOf } from './task-data.ts';
import type { TaskSearch } from './task-search.ts';
import classes from './tasks-toolbar.module.css';
import type { TaskSearchState } from './use-task-search.ts';

const t = texts.taskList;
const PRIORITIES = (['high', 'medium', 'low'] as const).map((value) => ({
  value,
  label: texts.tasks.priority[value],
}));

/** Categories and labels that were seen in what is loaded: suggestions, not the whole truth. */
export function useKnownTags(): { categories: string[]; labels: string[] } {
  const lists = useQueryClient().getQueriesData<TaskList>({ queryKey: keys.tasks });
  const tasks = lists.flatMap(([, list]) => tasksOf(list));
  const categories = tasks.flatMap(({ category }) => category ?? []);
  return {
    categories: [...new Set([...texts.task.categories, ...categories])],
    labels: [...new Set(tasks.flatMap(({ labels }) => labels))].sort(),
  };
}

function DayFilter({ name, label, state }: { name: 'from' | 'to'; label: string; state: TaskSearchState }) {
  const { zone } = useClock();
  return (
    <DayField
      label={label}
      placeholder={t.any}
      zone={zone}
      value={state.search[name] ?? null}
      onChange={(day) => state.change({ [name]: day?.slice(0, 10) ?? undefined })}
    />
  );
}

/** Everything the list can be narrowed by, besides words and status. */
export function FilterPanel(state: TaskSearchState) {
  const { search, change, reset } = state;
  const known = useKnownTags();
  return (
    <Paper p="md" component="fieldset" aria-label={t.filters}>
      <div className={classes.filters}>
        <Select
          label={t.priority}
          placeholder={t.any}
          data={PRIORITIES}
          clearable
          clearButtonProps={{ 'aria-label': texts.app.clear }}
          value={search.priority ?? null}
          onChange={(value) => change({ priority: (value ?? undefined) as TaskSearch['priority'] })}
        />
        <Autocomplete
          label={t.category}
          placeholder={t.any}
          data={known.categories}
          maxLength={50}
          value={search.category ?? ''}
          onChange={(value) => change({ category: value || undefined })}
        />
        <Autocomplete
          label={t.label}
          placeholder={t.any}
          data={known.labels}
          maxLength={30}
          value={search.label ?? ''}
          onChange={(value) => change({ label: value || undefined })}
        />
        <DayFilter name="from" label={t.from} state={state} />
        <DayFilter name="to" label={t.to} state={state} />
        <Checkbox
          label={t.overdue}
          checked={search.overdue === 1}
          onChange={(event) => change({ overdue: event.currentTarget.checked ? 1 : undefined })}
          pb={8}
        />
        <Button variant="subtle" onClick={reset}>
          {t.reset}
        </Button>
      </div>
    </Paper>
  );
}
