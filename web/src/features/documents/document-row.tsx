import { Badge, Button, Group } from '@mantine/core';
import type { DocumentSummary } from '../../shared/api.ts';
import { LinkAnchor, LinkPlain } from '../../shared/links.tsx';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords, timeWords } from '../../shared/time.ts';
import { useClock, useMe } from '../auth/account.ts';
import { useRestoreFromBin } from './document-data.ts';
import type { DocumentsSearch } from './document-search.ts';
import { VisibilityIcon } from './visibility.tsx';

const t = texts.documents;

interface RowProps {
  document: DocumentSummary;
  now: Date;
}

/** A document in the list: whose it is, when it was changed, who can see it, and its tags. */
export function DocumentRow({ document, now, search }: RowProps & { search: DocumentsSearch }) {
  const clock = useClock();
  const me = useMe();
  const isMine = document.ownerId === me.id;
  const about = [
    ...(isMine ? [] : [t.byOwner(document.owner?.name ?? t.someone)]),
    t.changed(timeWords(document.updatedAt, clock, now)),
    t.seenBy[document.visibility],
  ];
  return (
    <ListRow
      title={
        <LinkAnchor to="/documents/$docId" params={{ docId: document.id }} c="inherit" underline="hover">
          {document.title}
        </LinkAnchor>
      }
      meta={
        <Group gap={6} component="span">
          {isMine && <VisibilityIcon of={document.visibility} />}
          <span>{(isMine ? about : about.slice(0, 2)).join(' · ')}</span>
        </Group>
      }
    >
      {document.tags.map((tag) => (
        <LinkPlain key={tag} to="/documents" search={{ ...search, tag }} title={t.tag(tag)}>
          <Badge variant="default" tt="none" fw={500} style={{ cursor: 'pointer' }}>
            {tag}
          </Badge>
        </LinkPlain>
      ))}
    </ListRow>
  );
}

/** A document in the bin. */
export function BinnedRow({ document, now }: RowProps) {
  const clock = useClock();
  const restore = useRestoreFromBin();
  const { title, deletedAt } = document;
  return (
    <ListRow title={title} meta={deletedAt && t.deletedAt(momentWords(deletedAt, clock, now))}>
      <Button
        size="xs"
        variant="default"
        loading={restore.isPending}
        aria-label={t.restoreOne(title)}
        onClick={() => restore.mutate(document)}
      >
        {t.restore}
      </Button>
    </ListRow>
  );
}
