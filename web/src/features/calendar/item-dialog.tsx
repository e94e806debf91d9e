import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { CalendarItem } from '../../shared/api.ts';
import { DateTimeField, DayField } from '../../shared/date-time-field.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { writeDay } from '../../shared/format.ts';
import { LinkButton } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { durationWords, exactTime } from '../../shared/time.ts';
import { instantToWall, wallToInstant } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { openTask } from '../tasks/open-task.ts';
import { isMovable, type Place } from './calendar-data.ts';
import { KindIcon } from './kind-icon.tsx';

const t = texts.calendar;

interface ItemDialogProps {
  item: CalendarItem;
  onClose: () => void;
  onMove: (item: CalendarItem, to: Place) => void;
}

/** What something on the calendar is, where it leads, and the way to move it without dragging. */
export function ItemDialog({ item, onClose, onMove }: ItemDialogProps) {
  const clock = useClock();
  const when = item.allDay ? writeDay(item.day, clock, { dateStyle: 'full' }) : exactTime(item.start, clock);
  return (
    <Dialog title={item.title} opened onClose={onClose}>
      <Stack>
        <Stack gap={2}>
          <Group gap={8}>
            <KindIcon item={item} size={18} />
            <Text size="sm">
              {t.kind[item.kind]}
              {item.status === 'completed' && `, ${t.done}`}
              {item.recurring && `, ${t.repeats}`}
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {when}
            {item.minutes !== null && ` · ${durationWords(item.minutes)}`}
          </Text>
        </Stack>
        {item.projected && <Text size="sm">{t.projected}</Text>}
        {!item.projected && !isMovable(item) && <Text size="sm">{t.cannotMove}</Text>}
        {isMovable(item) && <MoveForm item={item} onMove={onMove} />}
        <Leads item={item} onClose={onClose} />
      </Stack>
    </Dialog>
  );
}

function Leads({ item, onClose }: Omit<ItemDialogProps, 'onMove'>) {
  return (
    <Group gap="xs">
      {item.taskId !== null && (
        <LinkButton {...openTask(item.taskId)} onClick={onClose} variant="default">
          {t.openTask}
        </LinkButton>
      )}
      {item.kind === 'review' && (
        <LinkButton to="/review" variant="default">
          {t.reviewNow}
        </LinkButton>
      )}
      {item.kind === 'exam' && (
        <LinkButton to="/review/exams" variant="default">
          {t.openExams}
        </LinkButton>
      )}
    </Group>
  );
}

const PLACE_KINDS = (['day', 'instant'] as const).map((value) => ({ value, label: t.moveKind[value] }));

function MoveForm({ item, onMove }: Omit<ItemDialogProps, 'onClose'>) {
  const { zone } = useClock();
  const [kind, setKind] = useState<'day' | 'instant'>(item.allDay ? 'day' : 'instant');
  const [day, setDay] = useState<string | null>(item.day);
  const [wall, setWall] = useState<string | null>(instantToWall(item.start, zone));
  const [error, setError] = useState<string | null>(null);
  const submit = () => {
    if (kind === 'day' ? !day : !wall) setError(t.moveMissing);
    else onMove(item, kind === 'day' ? { day: day ?? '' } : { start: wallToInstant(wall ?? '', zone) });
  };
  return (
    <Stack gap="xs" component="section" aria-label={t.moveTo}>
      {item.kind !== 'exam' && (
        <SegmentedControl
          aria-label={t.moveTo}
          data={PLACE_KINDS}
          value={kind}
          onChange={(value) => setKind(value as 'day' | 'instant')}
        />
      )}
      {kind === 'day' ? (
        <DayField
          label={t.moveDay}
          placeholder={texts.task.pickDate}
          zone={zone}
          value={day}
          onChange={setDay}
          error={error}
        />
      ) : (
        <DateTimeField
          label={t.moveTime}
          placeholder={texts.task.pickTime}
          zone={zone}
          value={wall}
          onChange={setWall}
          error={error}
        />
      )}
      <Button onClick={submit} style={{ alignSelf: 'flex-start' }}>
        {t.move}
      </Button>
    </Stack>
  );
}

/** Asked before something that repeats is moved. */
export function SeriesDialog(props: {
  item: CalendarItem;
  onChoose: (scope: 'occurrence' | 'series') => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={t.seriesTitle} opened onClose={props.onClose}>
      <Stack>
        <Text size="sm" className="break-words">
          {t.seriesText(props.item.title)}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => props.onChoose('series')}>
            {t.allToCome}
          </Button>
          <Button data-autofocus onClick={() => props.onChoose('occurrence')}>
            {t.onlyThis}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
