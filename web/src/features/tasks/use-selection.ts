import { useMemo, useState } from 'react';
import type { Task } from '../../shared/api.ts';

export interface Selection {
  ids: ReadonlySet<string>;
  tasks: Task[];
  /** Whether the boxes show for everyone, also where no pointer hovers. */
  isOn: boolean;
  /** `withRange`: everything from the last one chosen up to here. */
  toggle: (taskId: string, withRange?: boolean) => void;
  set: (ids: readonly string[]) => void;
  clear: () => void;
}

/** Which of the tasks shown are chosen. What is no longer shown is no longer chosen. */
export function useSelection(tasks: readonly Task[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const selected = useMemo(() => tasks.filter(({ id }) => chosen.has(id)), [tasks, chosen]);
  const ids = useMemo(() => new Set(selected.map(({ id }) => id)), [selected]);

  const toggle = (taskId: string, withRange = false) => {
    const next = new Set(ids);
    const from = tasks.findIndex(({ id }) => id === anchor);
    const to = tasks.findIndex(({ id }) => id === taskId);
    if (withRange && from >= 0 && to >= 0) {
      for (const { id } of tasks.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(id);
    } else if (!next.delete(taskId)) next.add(taskId);
    setAnchor(taskId);
    setChosen(next);
  };
  const set = (all: readonly string[]) => setChosen(new Set(all));
  const clear = () => {
    setChosen(new Set());
    setAnchor(null);
  };
  return { ids, tasks: selected, isOn: ids.size > 0, toggle, set, clear };
}
