import {
  IconCalendarMonth,
  IconChartBar,
  IconChecklist,
  IconFileText,
  IconRepeat,
  IconSettings,
  IconShieldCog,
  IconSun,
} from '@tabler/icons-react';
import { isStaff } from '../features/admin/permissions.ts';
import { useMe } from '../features/auth/account.ts';
import { texts } from '../shared/texts.ts';

const PLACES = [
  { to: '/today', label: texts.app.today, Icon: IconSun },
  { to: '/tasks', label: texts.app.tasks, Icon: IconChecklist },
  { to: '/calendar', label: texts.calendar.title, Icon: IconCalendarMonth },
  { to: '/review', label: texts.reviews.title, Icon: IconRepeat },
  { to: '/documents', label: texts.documents.title, Icon: IconFileText },
  { to: '/analytics', label: texts.analytics.title, Icon: IconChartBar },
  { to: '/settings', label: texts.app.settings, Icon: IconSettings },
] as const;
const FOR_STAFF = [{ to: '/admin', label: texts.app.admin, Icon: IconShieldCog }] as const;

/** Where one can go, the most used first. */
export function usePlaces() {
  return isStaff(useMe()) ? [...PLACES, ...FOR_STAFF] : PLACES;
}
