import { useEffect, useState } from 'react';

export interface Neighbours {
  previous?: string;
  next?: string;
}

/** The row of a task on the page, or what stands for it on the calendar. */
const linkTo = (taskId: string) =>
  document
    .querySelector(`#content [data-task="${CSS.escape(taskId)}"]`)
    ?.closest<HTMLElement>('a, button, [tabindex]');

/** The tasks before and after one, in the order in which the page shows them. */
function findNeighbours(taskId: string): Neighbours | null {
  const links = document.querySelectorAll<HTMLElement>('#content [data-task]');
  // On the calendar something that repeats stands on several days.
  const ids = [...new Set(Array.from(links, ({ dataset }) => dataset.task))];
  const index = ids.indexOf(taskId);
  return index < 0 ? null : { previous: ids[index - 1], next: ids[index + 1] };
}

/** Focuses what opened a task on the page, or what comes after it when it is gone, or the page's heading. */
export function focusTaskOnPage(taskId: string, opener: HTMLElement | null, heir: string | undefined): void {
  const heading = document.querySelector<HTMLElement>('[data-page-heading]');
  const before = opener?.isConnected && opener !== document.body ? opener : null;
  const next = heir === undefined ? null : linkTo(heir);
  (linkTo(taskId) ?? next ?? before ?? heading)?.focus({ preventScroll: true });
}

/**
 * Where one can go from the open task. Its row is brought into sight, and its neighbours are kept in mind: a task that
 * is completed may leave the list, and the next one is still the next one.
 */
export function useNeighbours(taskId: string): Neighbours {
  const [known, setKnown] = useState<Neighbours & { of?: string }>({});
  useEffect(() => {
    linkTo(taskId)?.scrollIntoView({ block: 'nearest' });
  }, [taskId]);
  useEffect(() => {
    const found = findNeighbours(taskId) ?? (known.of === taskId ? known : {});
    if (known.of !== taskId || found.previous !== known.previous || found.next !== known.next)
      setKnown({ ...found, of: taskId });
  });
  return known.of === taskId ? known : {};
}
