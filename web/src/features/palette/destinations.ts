import { IconBell, IconSearch, IconSettings, IconShieldCog } from '@tabler/icons-react';
import { usePlaces } from '../../app/places.ts';
import { texts } from '../../shared/texts.ts';
import { isStaff } from '../admin/permissions.ts';
import { useMe } from '../auth/account.ts';

const { settings, reviews, exams, admin, notifications, search } = texts;
const within = (place: string, page: string) => `${place}: ${page}`;

/** Pages below those of the navigation. */
const MORE = [
  { to: '/search', label: search.title, Icon: IconSearch },
  { to: '/notifications', label: notifications.title, Icon: IconBell },
  { to: '/review/items', label: within(reviews.title, reviews.tabs.items), Icon: IconSettings },
  { to: '/review/exams', label: exams.title, Icon: IconSettings },
  { to: '/review/limits', label: within(reviews.title, reviews.tabs.settings), Icon: IconSettings },
  {
    to: '/settings/notifications',
    label: within(settings.title, settings.tabs.notifications),
    Icon: IconSettings,
  },
  { to: '/settings/security', label: within(settings.title, settings.tabs.security), Icon: IconSettings },
  { to: '/settings/account', label: within(settings.title, settings.tabs.account), Icon: IconSettings },
  { to: '/settings/business', label: within(settings.title, settings.tabs.business), Icon: IconSettings },
] as const;

const FOR_STAFF = [
  { to: '/admin/users', label: within(admin.title, admin.tabs.users), Icon: IconShieldCog },
  { to: '/admin/merchants', label: within(admin.title, admin.tabs.merchants), Icon: IconShieldCog },
  { to: '/admin/audit', label: within(admin.title, admin.tabs.audit), Icon: IconShieldCog },
  { to: '/admin/jobs', label: within(admin.title, admin.tabs.jobs), Icon: IconShieldCog },
  { to: '/admin/stats', label: within(admin.title, admin.tabs.stats), Icon: IconShieldCog },
] as const;

type Destination = ReturnType<typeof usePlaces>[number] | (typeof MORE)[number] | (typeof FOR_STAFF)[number];

/** Every page the person may see. */
export function useDestinations(): readonly Destination[] {
  const places = usePlaces();
  return isStaff(useMe()) ? [...places, ...MORE, ...FOR_STAFF] : [...places, ...MORE];
}
