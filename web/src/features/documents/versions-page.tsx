import { Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Document, DocumentVersion } from '../../shared/api.ts';
import { BackLink } from '../../shared/back-link.tsx';
import { LinkAnchor } from '../../shared/links.tsx';
import { MoreList } from '../../shared/more-list.tsx';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { ListRow } from '../../shared/query-list.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { DiffOf } from './diff-view.tsx';
import { useRestoreVersion, versionsQuery } from './document-data.ts';
import { documentQuery } from './document-query.ts';
import { Missing, saysMissing } from './missing.tsx';

const t = texts.documents;
const route = getRouteApi('/app/documents/$docId/versions');

/** Who saved a document when, what changed between two of its versions, and the way back to one. */
export function VersionsPage() {
  const { docId } = route.useParams();
  const { data, error, refetch } = useQuery(documentQuery(docId));
  return (
    <Page>
      <BackLink to="/documents/$docId" params={{ docId }}>
        {data?.title ?? t.one}
      </BackLink>
      {!data && error === null && <RowsSkeleton rows={5} />}
      {!data && error !== null && saysMissing(error) && <Missing />}
      {!data && error !== null && !saysMissing(error) && (
        <LoadFailed error={error} onRetry={() => void refetch()} />
      )}
      {data && <Versions document={data} />}
    </Page>
  );
}

function Versions({ document }: { document: Document }) {
  const { from = document.version - 1, to = document.version } = route.useSearch();
  const list = useInfiniteQuery(versionsQuery(document.id));
  const now = useNow();
  return (
    <>
      <Stack gap={2}>
        <PageTitle documentTitle={`${t.versions}: ${document.title}`}>{t.versions}</PageTitle>
        <Text c="dimmed">{t.versionsHint}</Text>
      </Stack>
      {document.version > 1 && <Compare document={document} from={from} to={to} />}
      <Paper p="lg">
        <MoreList query={list} empty={t.diffSame} label={t.versionsList}>
          {(version) => <VersionRow key={version.version} version={version} of={document} now={now} />}
        </MoreList>
      </Paper>
    </>
  );
}

function Compare({ document, from, to }: { document: Document; from: number; to: number }) {
  const navigate = useNavigate();
  const known = Array.from({ length: document.version }, (_, index) => document.version - index);
  const data = known.map((version) => ({ value: String(version), label: t.version(version) }));
  const choose = (search: { from: number; to: number }) =>
    void navigate({
      to: '/documents/$docId/versions',
      params: { docId: document.id },
      search,
      replace: true,
      resetScroll: false,
    });
  return (
    <Paper p="lg">
      <Stack gap="sm">
        <Title order={2}>{t.diffOf(from, to)}</Title>
        <Group align="flex-end">
          <NativeSelect
            label={t.compareFrom}
            data={data}
            value={from}
            onChange={({ currentTarget: { value } }) => choose({ from: Number(value), to })}
          />
          <NativeSelect
            label={t.compareTo}
            data={data}
            value={to}
            onChange={({ currentTarget: { value } }) => choose({ from, to: Number(value) })}
          />
        </Group>
        <DiffOf docId={document.id} from={from} to={to} />
      </Stack>
    </Paper>
  );
}

function VersionRow({ version: row, of, now }: { version: DocumentVersion; of: Document; now: Date }) {
  const clock = useClock();
  const restore = useRestoreVersion(of.id, of.version);
  const { version, author, restoredFrom, createdAt } = row;
  const isLatest = version === of.version;
  const mayWrite = of.access === 'write' || of.access === 'owner';
  const about = [
    author?.name ?? t.someone,
    timeWords(createdAt, clock, now),
    ...(restoredFrom === null ? [] : [t.broughtBack(restoredFrom)]),
    ...(isLatest ? [t.current] : []),
  ];
  return (
    <ListRow
      title={
        version > 1 ? (
          <LinkAnchor
            to="/documents/$docId/versions"
            params={{ docId: of.id }}
            search={{ from: version - 1, to: version }}
            c="inherit"
            underline="hover"
          >
            {t.version(version)}
          </LinkAnchor>
        ) : (
          t.version(version)
        )
      }
      meta={about.join(' · ')}
    >
      {mayWrite && !isLatest && (
        <Button
          size="xs"
          variant="default"
          loading={restore.isPending}
          aria-label={t.bringBackOne(version)}
          onClick={() => restore.mutate(version)}
        >
          {t.bringBack}
        </Button>
      )}
    </ListRow>
  );
}
