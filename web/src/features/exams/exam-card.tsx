import { ActionIcon, Group, Paper, Stack, Text, Title, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { api, type Exam, ifMatch, unwrap } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { BarChart } from '../../shared/bar-chart.tsx';
import { isolated, number, percent, writeDay } from '../../shared/format.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { addDays, dayOf, daysBetween } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import classes from './exam-card.module.css';

const t = texts.exams;
const MAX_DAYS_SHOWN = 60;
const DENSE = 14;

/** One exam: when it is, what it asks for, and how much of it will be known. */
export function ExamCard({ exam, onEdit }: { exam: Exam; onEdit: () => void }) {
  const clock = useClock();
  const now = useNow();
  const days = daysBetween(dayOf(now, clock.zone), exam.day);
  return (
    <Paper p="lg" component="article" aria-label={exam.name}>
      <Stack>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={2} className="break-words">
              {exam.name}
            </Title>
            <Text size="sm" c="dimmed" className="break-words">
              {[
                writeDay(exam.day, clock, {
                  weekday: 'long',
                  day: 'numeric',
                  month: 'long',
                  year: 'numeric',
                }),
                days < 0 ? t.over : t.inDays(days),
                exam.category === null
                  ? t.asks.label(isolated(exam.label ?? ''))
                  : t.asks.category(isolated(exam.category)),
                t.items(exam.forecast.items),
              ].join(' · ')}
            </Text>
          </div>
          <ExamActions exam={exam} onEdit={onEdit} />
        </Group>
        {exam.forecast.items === 0 ? (
          <Text size="sm">{t.noItems}</Text>
        ) : (
          <>
            <Forecast exam={exam} />
            {days >= 0 && <Plan exam={exam} today={dayOf(now, clock.zone)} />}
          </>
        )}
      </Stack>
    </Paper>
  );
}

function ExamActions({ exam, onEdit }: { exam: Exam; onEdit: () => void }) {
  const [isAsking, { open, close }] = useDisclosure(false);
  const params = { path: { examId: exam.id }, header: ifMatch(exam.version) };
  const remove = useChange(() => unwrap(api.DELETE('/v1/exams/{examId}', { params })), {
    done: t.deleted(exam.name),
    failed: t.deleteFailed,
    refresh: [keys.exams, keys.reviews, keys.today, keys.calendar],
    onDone: close,
  });
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label={t.editTitle}>
        <ActionIcon variant="subtle" size={36} aria-label={t.edit(exam.name)} onClick={onEdit}>
          <IconPencil size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t.deleteButton}>
        <ActionIcon variant="subtle" color="red" size={36} aria-label={t.delete(exam.name)} onClick={open}>
          <IconTrash size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <AskDialog
        title={t.deleteTitle}
        text={t.deleteText(exam.name)}
        button={t.deleteButton}
        opened={isAsking}
        busy={remove.isPending}
        onYes={() => remove.mutate()}
        onClose={close}
      />
    </Group>
  );
}

function Recall({ name, share, target }: { name: string; share: number; target: number }) {
  const clock = useClock();
  return (
    <div className={classes.recall}>
      <Text component="span" size="sm">
        {name}
      </Text>
      <div className={classes.meter} aria-hidden>
        <div className={classes.fill} style={{ width: `${share * 100}%` }} />
        <div className={classes.target} style={{ left: `${target * 100}%` }} />
      </div>
      <Text component="span" size="sm" fw={600} className={classes.share}>
        {percent(share, clock)}
      </Text>
    </div>
  );
}

function Forecast({ exam: { forecast, targetRetention } }: { exam: Exam }) {
  const clock = useClock();
  const { recallWithPlan, recallWithoutReviews, itemsBelowTarget } = forecast;
  return (
    <Stack gap={6}>
      {recallWithPlan !== null && (
        <Recall name={t.withPlan} share={recallWithPlan} target={targetRetention} />
      )}
      {recallWithoutReviews !== null && (
        <Recall name={t.withoutReviews} share={recallWithoutReviews} target={targetRetention} />
      )}
      <Text size="sm" c="dimmed">
        {t.target_(percent(targetRetention, clock))}
        {itemsBelowTarget > 0 && ` · ${t.below(itemsBelowTarget)}`}
      </Text>
    </Stack>
  );
}

/** Every day from today to the exam, those without reviews too: an even pace is to be seen. */
function Plan({ exam, today }: { exam: Exam; today: string }) {
  const clock = useClock();
  const now = useNow();
  const total = exam.plan.reduce((sum, { reviews }) => sum + reviews, 0);
  if (total === 0) return <Text size="sm">{t.planNone}</Text>;
  const count = Math.min(daysBetween(today, exam.day) + 1, MAX_DAYS_SHOWN);
  const byDay = new Map(exam.plan.map(({ date, reviews }) => [date, reviews]));
  const bars = Array.from({ length: count }, (_, index) => {
    const date = addDays(today, index);
    const isTicked = count <= DENSE || index % 7 === 0;
    return {
      key: date,
      tick: isTicked
        ? writeDay(date, clock, { day: 'numeric', ...(count > DENSE && { month: 'short' }) })
        : '',
      name: dayWords(date, clock, now),
      values: [byDay.get(date) ?? 0],
    };
  });
  return (
    <BarChart
      title={t.plan}
      headingOrder={3}
      hint={t.planTotal(total)}
      of={texts.analytics.date}
      bars={bars}
      series={[texts.analytics.reviews]}
      write={(value) => number(value, clock)}
    />
  );
}
