const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]:not([tabindex="-1"])';

/** The row of a list or a table that something stands in. */
export const rowOf = (element: Element | null) => element?.closest<HTMLElement>('li, tr') ?? null;

const controlsOf = (row: Element) => [...row.querySelectorAll<HTMLElement>(FOCUSABLE)];

/** Which of the controls of its row this one is, from 0. */
export function placeInRow(element: Element): number {
  const row = rowOf(element);
  return row === null ? -1 : controlsOf(row).indexOf(element as HTMLElement);
}

/** Focuses the control at this place of a row, or else its first one; whether there was one. */
export function focusInRow(row: Element, place: number): boolean {
  const controls = controlsOf(row);
  const control = controls[place] ?? controls[0];
  control?.focus();
  return control !== undefined;
}
