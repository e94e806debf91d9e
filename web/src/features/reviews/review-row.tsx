import { ActionIcon, Badge, Menu } from '@mantine/core';
import {
  IconDots,
  IconHistory,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Review } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { percent } from '../../shared/format.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { keys } from '../../shared/query.ts';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { openTask } from '../tasks/open-task.ts';
import { deleteReview, resumeReview, suspendReview } from './review-data.ts';
import { EditReviewDialog, HistoryDialog } from './review-dialogs.tsx';
import classes from './reviews.module.css';

const t = texts.reviews;
const REFRESH = [keys.reviews, keys.today, keys.calendar, keys.exams];

type Open = 'edit' | 'history' | 'delete' | null;

/** Day words, or that it waits already. */
export function nextReviewWords(review: Review, clock: ReturnType<typeof useClock>, now: Date): string {
  if (Date.parse(review.dueAt) <= now.getTime()) return t.dueNow;
  return t.next(dayWords(dayOf(review.dueAt, clock.zone), clock, now));
}

function Facts({ review, now }: { review: Review; now: Date }) {
  const clock = useClock();
  const { retrievability, lapses, prompts } = review;
  return (
    <span className={classes.facts}>
      <span>{review.suspendedAt ? t.isSuspended : nextReviewWords(review, clock, now)}</span>
      <span>{t.state[review.state]}</span>
      {retrievability !== null && <span>{t.remember(percent(retrievability, clock))}</span>}
      {lapses > 0 && <span>{t.lapses(lapses)}</span>}
      {prompts.length > 0 && <span>{t.promptCount(prompts.length)}</span>}
    </span>
  );
}

export function ReviewRow({ review, now }: { review: Review; now: Date }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <ListRow
      title={
        <LinkAnchor {...openTask(review.taskId)} c="inherit" underline="hover">
          {review.title}
        </LinkAnchor>
      }
      meta={<Facts review={review} now={now} />}
    >
      {review.suspendedAt && (
        <Badge color="gray" variant="light" tt="none">
          {t.isSuspended}
        </Badge>
      )}
      <RowMenu review={review} onOpen={setOpen} />
      {open === 'edit' && <EditReviewDialog review={review} onClose={close} />}
      {open === 'history' && <HistoryDialog review={review} onClose={close} />}
      <DeleteReview review={review} opened={open === 'delete'} onClose={close} />
    </ListRow>
  );
}

function RowMenu({ review, onOpen }: { review: Review; onOpen: (open: Open) => void }) {
  const { id, title, suspendedAt } = review;
  const toggle = useChange(() => (suspendedAt ? resumeReview(id) : suspendReview(id)), {
    done: suspendedAt ? t.resumed(title) : t.suspended(title),
    failed: suspendedAt ? t.resumeFailed : t.suspendFailed,
    refresh: REFRESH,
  });
  const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;
  const Toggle = suspendedAt ? IconPlayerPlay : IconPlayerPause;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" size={36} aria-label={t.actions(title)} loading={toggle.isPending}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t.actions(title)}>
        <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => onOpen('edit')}>
          {t.edit}
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => onOpen('history')}>
          {t.history}
        </Menu.Item>
        <Menu.Item leftSection={<Toggle {...icon} />} onClick={() => toggle.mutate()}>
          {suspendedAt ? t.resume : t.suspend}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => onOpen('delete')}>
          {t.delete}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function DeleteReview(props: { review: Review; opened: boolean; onClose: () => void }) {
  const { id, title } = props.review;
  const remove = useChange(() => deleteReview(id), {
    done: t.deleted(title),
    failed: t.deleteFailed,
    refresh: REFRESH,
    onDone: props.onClose,
  });
  return (
    <AskDialog
      title={t.deleteTitle}
      text={t.deleteText(title)}
      button={t.delete}
      opened={props.opened}
      busy={remove.isPending}
      onYes={() => remove.mutate()}
      onClose={props.onClose}
    />
  );
}
