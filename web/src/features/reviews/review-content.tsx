import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReviewWithNext, Task } from '../../shared/api.ts';
import { messageOf } from '../../shared/problem.ts';
import { texts } from '../../shared/texts.ts';
import { taskQuery } from '../tasks/task-data.ts';
import classes from './session-page.module.css';

const t = texts.reviews;

/** The questions of an item, with their answers when they are shown; without any, its title is the question. */
export function Question({ review, isRevealed }: { review: ReviewWithNext; isRevealed: boolean }) {
  return (
    <Stack gap="md">
      <Title order={2} className={`${classes.title} break-words`} dir="auto">
        {review.title}
      </Title>
      {review.prompts.length === 0 && <Text c="dimmed">{t.recall}</Text>}
      <dl className={classes.prompts}>
        {review.prompts.map(({ question, answer }) => (
          <div key={question}>
            <dt className="break-words" dir="auto">
              {question}
            </dt>
            {isRevealed && (
              <dd className="break-words" dir="auto">
                {answer || t.noAnswer}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Stack>
  );
}

/** What the task says, where an item has no questions of its own. */
export function Answer({ review }: { review: ReviewWithNext }) {
  if (review.prompts.length > 0) return null;
  return <Notes taskId={review.taskId} />;
}

function Notes({ taskId }: { taskId: string }) {
  const task = useQuery(taskQuery(taskId));
  if (task.isPending) return <Skeleton height={48} radius="md" />;
  if (!task.data) return <Text c="dimmed">{messageOf(task.error)}</Text>;
  return <Written task={task.data} />;
}

function Written({ task: { description, link } }: { task: Task }) {
  if (!description && !link) return <Text c="dimmed">{t.noAnswer}</Text>;
  return (
    <Stack gap="xs">
      {description && <Text className={`${classes.notes} break-words`}>{description}</Text>}
      {link && (
        <Anchor href={link} target="_blank" rel="noreferrer noopener" className="break-words">
          {t.openLink}
        </Anchor>
      )}
    </Stack>
  );
}
