import { CloseButton } from '@mantine/core';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { activeFilters } from './task-search.ts';
import classes from './tasks-toolbar.module.css';
import type { TaskSearchState } from './use-task-search.ts';

const t = texts.taskList;

/** What narrows the list right now, each to be taken away by a click. */
export function FilterChips({ search, change }: TaskSearchState) {
  const clock = useClock();
  const now = useNow();
  const active = activeFilters(search);
  if (active.length === 0) return null;
  const words = {
    priority: search.priority && texts.tasks.priorityOf[search.priority],
    category: search.category && t.chip.category(search.category),
    label: search.label && t.chip.label(search.label),
    overdue: t.chip.overdue,
    from: search.from && t.chip.from(dayWords(search.from, clock, now)),
    to: search.to && t.chip.to(dayWords(search.to, clock, now)),
    q: search.q && t.chip.q(search.q),
  };
  return (
    <div className={classes.chips}>
      {active.map((name) => (
        <span key={name} className={classes.chip}>
          {words[name]}
          <CloseButton
            size="sm"
            radius="xl"
            c="inherit"
            variant="transparent"
            aria-label={t.remove(words[name] ?? '')}
            onClick={() => change({ [name]: undefined })}
          />
        </span>
      ))}
    </div>
  );
}
