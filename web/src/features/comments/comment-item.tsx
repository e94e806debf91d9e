import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Comment, Document } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { texts } from '../../shared/texts.ts';
import { exactTime, timeWords } from '../../shared/time.ts';
import { useClock, useMe } from '../auth/account.ts';
import { useAddComment, useDeleteComment, useEditComment } from './comment-data.ts';
import { CommentForm } from './comment-form.tsx';
import classes from './comments.module.css';
import { splitMentions } from './mentions.ts';

const t = texts.comments;
/** Replies to these go no deeper. */
const DEEPEST = 2;

interface CommentItemProps {
  comment: Comment;
  document: Pick<Document, 'id' | 'access'>;
  now: Date;
}

const authorOf = (comment: Comment) => comment.author?.name ?? texts.documents.someone;

/** A comment with what was replied to it; deleted, only that it was there. */
export function CommentItem({ comment, document, now }: CommentItemProps) {
  const [doing, setDoing] = useState<'reply' | 'edit' | null>(null);
  const stop = () => setDoing(null);
  return (
    <li>
      <article className={classes.comment}>
        {comment.isDeleted ? (
          <Text size="sm" c="dimmed" fs="italic">
            {t.gone}
          </Text>
        ) : (
          <>
            <Head comment={comment} now={now} />
            {doing === 'edit' ? <Edit comment={comment} onDone={stop} /> : <Words of={comment} />}
            {doing === null && <Acts comment={comment} document={document} onAct={setDoing} />}
            {doing === 'reply' && <Reply comment={comment} onDone={stop} />}
          </>
        )}
      </article>
      {comment.replies.length > 0 && (
        <ul className={classes.replies}>
          {comment.replies.map((reply) => (
            <CommentItem key={reply.id} comment={reply} document={document} now={now} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Head({ comment, now }: { comment: Comment; now: Date }) {
  const clock = useClock();
  const { createdAt, updatedAt, version } = comment;
  return (
    <Group gap={6} align="baseline">
      <Text fw={600} size="sm" className="break-words">
        {authorOf(comment)}
      </Text>
      <Text size="xs" c="dimmed" component="time" dateTime={createdAt} title={exactTime(createdAt, clock)}>
        {timeWords(createdAt, clock, now)}
      </Text>
      {version > 1 && (
        <Text size="xs" c="dimmed" title={exactTime(updatedAt, clock)}>
          {t.edited}
        </Text>
      )}
    </Group>
  );
}

function Words({ of }: { of: Comment }) {
  return (
    <Text size="sm" component="p" m={0} className={`${classes.words} break-words`}>
      {splitMentions(of.content ?? '').map(({ text, isMention }, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text that is as it is
        isMention ? <strong key={index}>{text}</strong> : text,
      )}
    </Text>
  );
}

function Edit({ comment, onDone }: { comment: Comment; onDone: () => void }) {
  const edit = useEditComment(comment);
  return (
    <CommentForm
      label={t.editOne(authorOf(comment))}
      button={t.save}
      initial={comment.content ?? ''}
      isBusy={edit.isPending}
      hasFocus
      onSend={edit.mutateAsync}
      onCancel={onDone}
    />
  );
}

function Reply({ comment, onDone }: { comment: Comment; onDone: () => void }) {
  const add = useAddComment(comment.docId, comment.id);
  return (
    <CommentForm
      label={t.replyTo(authorOf(comment))}
      button={t.reply}
      isBusy={add.isPending}
      hasFocus
      onSend={add.mutateAsync}
      onCancel={onDone}
    />
  );
}

interface ActsProps extends Omit<CommentItemProps, 'now'> {
  onAct: (what: 'reply' | 'edit') => void;
}

function Acts({ comment, document, onAct }: ActsProps) {
  const me = useMe();
  const remove = useDeleteComment(comment);
  const [isAsking, setAsking] = useState(false);
  const name = authorOf(comment);
  const isMine = comment.authorId === me.id;
  const small = { size: 'compact-xs', variant: 'subtle' } as const;
  return (
    <Group gap={4} ml={-8}>
      {comment.depth < DEEPEST && document.access !== 'read' && (
        <Button {...small} aria-label={t.replyTo(name)} onClick={() => onAct('reply')}>
          {t.reply}
        </Button>
      )}
      {isMine && (
        <Button {...small} aria-label={t.editOne(name)} onClick={() => onAct('edit')}>
          {t.edit}
        </Button>
      )}
      {(isMine || document.access === 'owner') && (
        <Button {...small} aria-label={t.deleteOne(name)} onClick={() => setAsking(true)}>
          {t.delete}
        </Button>
      )}
      <AskDialog
        title={t.deleteTitle}
        text={t.deleteText}
        button={t.delete}
        opened={isAsking}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onYes={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}
      />
    </Group>
  );
}
