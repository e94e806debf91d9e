export const VIEWS = ['month', 'week', 'agenda'] as const;
export type CalendarView = (typeof VIEWS)[number];

export interface CalendarSearch {
  view?: CalendarView;
  /** A day within what is shown; today without one. */
  date?: string;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** What the address says about the calendar; whatever makes no sense is left out. */
export function calendarSearch(search: Record<string, unknown>): CalendarSearch {
  const view = VIEWS.find((one) => one === search.view);
  return { ...(view && { view }), ...(isDay(search.date) && { date: search.date }) };
}
