import { IconBell, IconRepeat, IconSchool, IconSquare, IconSquareCheck } from '@tabler/icons-react';
import type { CalendarItem } from '../../shared/api.ts';

/** Each kind has a shape of its own, so that colour is never all that tells them apart. */
export function KindIcon({
  item,
  size = 14,
}: {
  item: Pick<CalendarItem, 'kind' | 'status'>;
  size?: number;
}) {
  const icon = { size, stroke: 2, 'aria-hidden': true, style: { flexShrink: 0 } } as const;
  if (item.kind === 'reminder') return <IconBell {...icon} />;
  if (item.kind === 'review') return <IconRepeat {...icon} />;
  if (item.kind === 'exam') return <IconSchool {...icon} />;
  return item.status === 'completed' ? <IconSquareCheck {...icon} /> : <IconSquare {...icon} />;
}
