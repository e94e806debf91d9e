import { ActionIcon, Button, Collapse, SegmentedControl, Select, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import {
  IconFilter,
  IconLayoutKanban,
  IconLayoutList,
  IconSearch,
  IconTable,
  IconTrash,
} from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { LinkPlain } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { FilterChips } from './filter-chips.tsx';
import { activeFilters, type TaskSearch, type TaskSort, type TaskView } from './task-search.ts';
import classes from './tasks-toolbar.module.css';
import type { TaskSearchState } from './use-task-search.ts';

const t = texts.taskList;
const TYPING_PAUSE_MS = 250;
const FilterPanel = lazy(() =>
  import('./filter-panel.tsx').then((module) => ({ default: module.FilterPanel })),
);

const VIEW_ICONS = { list: IconLayoutList, board: IconLayoutKanban, table: IconTable };
const VIEWS = (['list', 'board', 'table'] as const).map((value) => {
  const Icon = VIEW_ICONS[value];
  return {
    value,
    label: (
      <span className={classes.view}>
        <Icon size={17} stroke={1.75} aria-hidden />
        <span>{t.views[value]}</span>
      </span>
    ),
  };
});
const STATUSES = (['open', 'todo', 'in-progress', 'completed', 'all'] as const).map((value) => ({
  value,
  label: t.statuses[value],
}));
const SORTS = (['created', 'due', 'priority', 'position'] as const).map((value) => ({
  value,
  label: t.sorts[value],
}));

function ViewChoice({ search, change }: TaskSearchState) {
  return (
    <SegmentedControl
      aria-label={t.view}
      data={VIEWS}
      value={search.view ?? 'list'}
      onChange={(view: TaskView) => change({ view: view === 'list' ? undefined : view })}
    />
  );
}

/** The words go to the address when typing pauses; the address changed elsewhere comes back into the field. */
function SearchField({ search, change }: TaskSearchState) {
  const [words, setWords] = useState(search.q ?? '');
  const send = useDebouncedCallback((q: string) => change({ q: q.trim() || undefined }), TYPING_PAUSE_MS);
  useEffect(
    () => setWords((typed) => (typed.trim() === (search.q ?? '') ? typed : (search.q ?? ''))),
    [search.q],
  );
  return (
    <TextInput
      type="search"
      className={classes.search}
      aria-label={t.search}
      placeholder={t.search}
      maxLength={200}
      leftSection={<IconSearch size={17} stroke={1.75} aria-hidden />}
      value={words}
      onChange={(event) => {
        setWords(event.currentTarget.value);
        send(event.currentTarget.value);
      }}
    />
  );
}

function StatusChoice({ search, change }: TaskSearchState) {
  const value = search.status ?? 'open';
  const choose = (status: string | null) =>
    change({ status: status === 'open' || status === null ? undefined : (status as TaskSearch['status']) });
  return (
    <>
      <SegmentedControl
        visibleFrom="sm"
        aria-label={texts.tasks.filter}
        data={STATUSES}
        value={value}
        onChange={choose}
      />
      <Select
        hiddenFrom="sm"
        flex="1 1 120px"
        aria-label={texts.tasks.filter}
        data={STATUSES}
        value={value}
        allowDeselect={false}
        onChange={choose}
      />
    </>
  );
}

function SortChoice({ search, change }: TaskSearchState) {
  return (
    <Select
      flex="1 1 130px"
      maw={190}
      aria-label={t.sort}
      data={SORTS}
      value={search.sort ?? 'created'}
      allowDeselect={false}
      onChange={(sort) =>
        change({
          sort: sort === 'created' ? undefined : (sort as Exclude<TaskSort, 'created'>),
          order: undefined,
        })
      }
    />
  );
}

function BinLink() {
  return (
    <Tooltip label={t.bin}>
      <ActionIcon
        renderRoot={(props) => <LinkPlain to="/tasks" search={{ deleted: 1 }} {...props} />}
        variant="default"
        size={36}
        aria-label={t.bin}
      >
        <IconTrash size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** How the tasks are shown and which of them; all of it is kept in the address. */
export function TasksToolbar({
  state,
  choosing,
}: {
  state: TaskSearchState;
  /** Begins and ends choosing many; left out where there is nothing to choose. */
  choosing?: { isOn: boolean; toggle: () => void };
}) {
  const { search } = state;
  const active = activeFilters(search).filter((name) => name !== 'q').length;
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <>
      <div className={`${classes.bar} no-print`}>
        <ViewChoice {...state} />
        <SearchField {...state} />
        <Button
          variant={active > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={17} stroke={1.75} aria-hidden />}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          {active > 0 ? t.filtersOn(active) : t.filters}
        </Button>
        <BinLink />
        {choosing && (
          <Button variant={choosing.isOn ? 'light' : 'default'} onClick={choosing.toggle}>
            {choosing.isOn ? t.selectDone : t.select}
          </Button>
        )}
      </div>
      {search.view !== 'board' && (
        <div className={`${classes.bar} no-print`}>
          <StatusChoice {...state} />
          {search.view !== 'table' && <SortChoice {...state} />}
        </div>
      )}
      <Collapse expanded={isOpen}>
        <Suspense>{isOpen && <FilterPanel {...state} />}</Suspense>
      </Collapse>
      <FilterChips {...state} />
    </>
  );
}
