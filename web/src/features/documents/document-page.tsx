import { Group } from '@mantine/core';
import { IconHistory, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Document } from '../../shared/api.ts';
import { BackLink } from '../../shared/back-link.tsx';
import { CopyButton } from '../../shared/copy-button.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { LinkButton } from '../../shared/links.tsx';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { CommentsSection } from '../comments/comments-section.tsx';
import { ShareButton } from '../sharing/share-button.tsx';
import { IconAction } from '../tasks/task-actions.tsx';
import { useDeleteDocument } from './document-data.ts';
import { DocumentEditor } from './document-editor.tsx';
import { documentQuery } from './document-query.ts';
import { DocumentReader } from './document-reader.tsx';
import { Missing, saysMissing } from './missing.tsx';
import { useDocumentForm } from './use-document-form.ts';

const t = texts.documents;
const route = getRouteApi('/app/documents/$docId');

/** A document: to write where that is allowed, else to read. */
export function DocumentPage() {
  const { docId } = route.useParams();
  const { data, error, refetch } = useQuery(documentQuery(docId));
  return (
    <Page wide>
      <BackLink to="/documents">{t.back}</BackLink>
      {!data && error === null && <RowsSkeleton rows={5} height={64} />}
      {!data && error !== null && saysMissing(error) && <Missing />}
      {!data && error !== null && !saysMissing(error) && (
        <LoadFailed error={error} onRetry={() => void refetch()} />
      )}
      {data && <Opened key={data.id} document={data} />}
    </Page>
  );
}

const mayWrite = ({ access, deletedAt }: Document) =>
  (access === 'write' || access === 'owner') && deletedAt === null;

function Opened({ document }: { document: Document }) {
  return (
    <>
      {mayWrite(document) ? <Writing document={document} /> : <Reading document={document} />}
      <CommentsSection document={document} />
    </>
  );
}

function Reading({ document }: { document: Document }) {
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <PageTitle documentTitle={document.title}>{document.title}</PageTitle>
        <Actions document={document} />
      </Group>
      <DocumentReader document={document} />
    </>
  );
}

function Writing({ document }: { document: Document }) {
  const editing = useDocumentForm(document);
  return (
    <>
      <Group justify="space-between" align="center">
        <PageTitle documentTitle={document.title}>{document.title}</PageTitle>
        <Actions document={document} />
      </Group>
      <DocumentEditor document={document} editing={editing} />
      <LeaveGuard active={editing.isDirty} />
    </>
  );
}

/** What can be done with a document as a whole. */
function Actions({ document }: { document: Document }) {
  const navigate = useNavigate();
  const remove = useDeleteDocument();
  const isOwner = document.access === 'owner';
  const gone = () => void navigate({ to: '/documents', ignoreBlocker: true });
  return (
    <Group gap="xs">
      {isOwner && <ShareButton kind="doc" of={document} isPrivate={document.visibility === 'private'} />}
      <CopyButton
        text={`${window.location.origin}/documents/${document.id}`}
        label={t.copyLink}
        doneLabel={t.linkCopied}
      />
      {mayWrite(document) && (
        <LinkButton
          to="/documents/$docId/versions"
          params={{ docId: document.id }}
          variant="default"
          size="xs"
          leftSection={<IconHistory size={16} aria-hidden />}
        >
          {t.versions}
        </LinkButton>
      )}
      {isOwner && (
        <IconAction
          label={t.delete}
          isBusy={remove.isPending}
          onClick={() => remove.mutate(document, { onSuccess: gone })}
        >
          <IconTrash size={18} stroke={1.75} aria-hidden />
        </IconAction>
      )}
    </Group>
  );
}
