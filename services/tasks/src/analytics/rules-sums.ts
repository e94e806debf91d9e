type Status = 'todo' | 'in-progress' | 'completed';
type Category = string | null;

/** What was done on a day. Recalls are reviews of what was learnt before. */
export interface DayDone {
  completed: number;
  reviewed: number;
  recalls: number;
  remembered: number;
}

/** The numbers about a person at one moment. */
export interface Overview {
  tasks: { status: Status; category: Category; count: number }[];
  completedReminders: number;
  reminders: { upcoming: number; overdue: number };
  /** By the number of days since the first day that was asked for; those on which nothing was done may be left out. */
  days: ReadonlyMap<number, DayDone>;
  /** When the next reminder of this day in UTC is no longer upcoming, in milliseconds since the epoch. */
  nextReminderMs: number | null;
}

/** What the database tells: sums, and what was noted since they were made. */
export interface FoundSums {
  completedReminders: number;
  tasks: [Status, Category, number][];
  /** Day, then {@link DayDone}. */
  days: [number, number, number, number, number][];
  /**
   * What is added to all of it: a kind of task, and of a day (-1 for none, and for those before the window) what was
   * done; tasks, completed reminders, reminders that are upcoming and overdue.
   */
  changes: [
    Status | null,
    Category,
    [number, number, number, number, number, number, number, number, number],
  ][];
  /** Upcoming and overdue, in all that follow. */
  planned: [number, number];
  today: [number, number, number | null];
  binned: [number, number];
}

/** Adds up sums and changes. */
export function addUp({ tasks, days, changes, planned, today, binned, ...found }: FoundSums): Overview {
  const kinds = new Map<string, Overview['tasks'][number]>();
  const done = new Map<number, DayDone>();
  let { completedReminders } = found;
  let upcoming = planned[0] + today[0] - binned[0];
  let overdue = planned[1] + today[1] - binned[1];
  const addTasks = (status: Status, category: Category, count: number) => {
    const key = `${status} ${category === null ? '' : `"${category}`}`;
    kinds.set(key, { status, category, count: count + (kinds.get(key)?.count ?? 0) });
  };
  const addDay = (day: number, completed: number, reviewed: number, recalls: number, remembered: number) => {
    const before = done.get(day);
    done.set(day, {
      completed: completed + (before?.completed ?? 0),
      reviewed: reviewed + (before?.reviewed ?? 0),
      recalls: recalls + (before?.recalls ?? 0),
      remembered: remembered + (before?.remembered ?? 0),
    });
  };

  for (const kind of tasks) addTasks(...kind);
  for (const day of days) addDay(...day);
  for (const [status, category, numbers] of changes) {
    const [day, completed, reviewed, recalls, remembered, count, reminders, later, late] = numbers;
    if (status !== null) addTasks(status, category, count);
    if (day >= 0) addDay(day, completed, reviewed, recalls, remembered);
    completedReminders += reminders;
    upcoming += later;
    overdue += late;
  }
  return {
    tasks: [...kinds.values()].filter(({ count }) => count !== 0),
    completedReminders,
    reminders: { upcoming, overdue },
    days: done,
    nextReminderMs: today[2],
  };
}
