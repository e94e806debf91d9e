import { Paper, Stack, Text, Title } from '@mantine/core';
import { IconRepeat, IconSchool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Exam, Today } from '../../shared/api.ts';
import { percent } from '../../shared/format.ts';
import { LinkAnchor, LinkButton } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { durationWords } from '../../shared/time.ts';
import { daysBetween } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { examsQuery } from '../exams/exam-data.ts';
import classes from './due-reviews.module.css';

const t = texts.day;
const SHOWN = 3;

function titles(today: Today): string {
  const names = today.reviews.slice(0, SHOWN).map(({ title }) => title);
  const more = today.reviewsDue - names.length;
  return [names.join(' · '), ...(more > 0 ? [t.reviewsMore(more)] : [])].join(' ');
}

/** How many reviews are due, and the way into them. */
export function DueReviews({ today }: { today: Today }) {
  if (today.reviewsDue === 0) return null;
  return (
    <Paper component="section" aria-labelledby="due-reviews" className={classes.card}>
      <IconRepeat size={24} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.what}>
        <Title order={2} size="h3" id="due-reviews">
          {t.reviewsDue(today.reviewsDue)}
          <Text component="span" c="dimmed" fw={400} size="sm">
            {' '}
            · {t.reviewsTime(durationWords(today.reviewMinutes))}
          </Text>
        </Title>
        <Text size="sm" c="dimmed" lineClamp={2} className="break-words">
          {titles(today)}
        </Text>
      </div>
      <LinkButton to="/review" className={classes.action}>
        {t.startReview}
      </LinkButton>
    </Paper>
  );
}

/** The soonest exam that is not over, and how much of it will be known. */
export function NextExam({ today }: { today: Today }) {
  const { data } = useQuery(examsQuery);
  const exam = data?.items.find(({ day }) => day >= today.date);
  return exam ? <ExamLine exam={exam} today={today} /> : null;
}

function ExamLine({ exam, today }: { exam: Exam; today: Today }) {
  const clock = useClock();
  const { recallWithPlan } = exam.forecast;
  return (
    <Paper component="section" aria-label={t.nextExam} className={classes.card}>
      <IconSchool size={24} stroke={1.75} aria-hidden className={classes.icon} />
      <Stack gap={0} className={classes.what}>
        <Text component="h2" size="sm" c="dimmed" fw={400}>
          {t.nextExam}
        </Text>
        <LinkAnchor to="/review/exams" underline="hover" c="inherit" fw={600} className="break-words">
          {t.examIn(exam.name, texts.exams.inDays(daysBetween(today.date, exam.day)))}
        </LinkAnchor>
        <Text size="sm" c="dimmed">
          {recallWithPlan === null ? t.examNoItems : t.examRecall(percent(recallWithPlan, clock))}
        </Text>
      </Stack>
    </Paper>
  );
}
