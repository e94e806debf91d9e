import { Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Document } from '../../shared/api.ts';
import { LoadMore } from '../../shared/more-list.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { commentsQuery, useAddComment } from './comment-data.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentItem } from './comment-item.tsx';
import classes from './comments.module.css';

const t = texts.comments;

/** What was said about a document, and the place to say more. */
export function CommentsSection({ document }: { document: Document }) {
  return (
    <Paper p="lg" component="section" aria-labelledby="comments">
      <Stack>
        <Title order={2} id="comments">
          {t.title}
        </Title>
        <Threads document={document} />
        {document.access !== 'read' && <Add document={document} />}
      </Stack>
    </Paper>
  );
}

function Threads({ document }: { document: Document }) {
  const query = useInfiniteQuery(commentsQuery(document.id));
  const now = useNow();
  if (query.isPending) return <RowsSkeleton rows={2} />;
  if (!query.data) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  const threads = query.data.pages.flatMap(({ items }) => items);
  if (threads.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.empty}
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.list} aria-label={t.list}>
        {threads.map((comment) => (
          <CommentItem key={comment.id} comment={comment} document={document} now={now} />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}

function Add({ document }: { document: Document }) {
  const add = useAddComment(document.id, null);
  return (
    <CommentForm
      label={t.add}
      description={t.addHint}
      button={t.send}
      isBusy={add.isPending}
      onSend={add.mutateAsync}
    />
  );
}
