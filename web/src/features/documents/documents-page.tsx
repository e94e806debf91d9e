import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileText, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { LinkButton, LinkPlain } from '../../shared/links.tsx';
import { MoreList } from '../../shared/more-list.tsx';
import { Page } from '../../shared/page.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Empty } from '../../shared/states.tsx';
import tabs from '../../shared/tabs.module.css';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { documentListQuery } from './document-data.ts';
import { BinnedRow, DocumentRow } from './document-row.tsx';
import type { DocumentsSearch } from './document-search.ts';
import { NewDocumentDialog } from './new-document-dialog.tsx';

const t = texts.documents;
const route = getRouteApi('/app/documents');
const TABS = [
  { list: undefined, label: t.lists.all },
  { list: 'mine', label: t.lists.mine },
  { list: 'shared', label: t.lists.shared },
  { list: 'bin', label: t.lists.bin },
] as const;

/** All documents that I may see, or some of them; those in the bin. */
export function DocumentsPage() {
  const search = route.useSearch();
  const [isCreating, { open, close }] = useDisclosure(false);
  const create = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
      {t.create}
    </Button>
  );
  return (
    <Page>
      <Group justify="space-between">
        <PageTitle documentTitle={t.title}>{t.title}</PageTitle>
        {create}
      </Group>
      <nav aria-label={t.title} className={tabs.tabs}>
        {TABS.map(({ list, label }) => (
          <LinkPlain
            key={label}
            to="/documents"
            search={list === undefined ? {} : { list }}
            className={tabs.tab}
            activeOptions={{ exact: true }}
            aria-current={search.list === list ? 'page' : undefined}
          >
            {label}
          </LinkPlain>
        ))}
      </nav>
      {search.tag !== undefined && <TagFilter search={search} tag={search.tag} />}
      <List search={search} />
      {isCreating && <NewDocumentDialog onClose={close} />}
    </Page>
  );
}

function TagFilter({ search, tag }: { search: DocumentsSearch; tag: string }) {
  return (
    <Group gap="xs">
      <Text size="sm" className="break-words">
        {t.tag(tag)}
      </Text>
      <LinkButton
        to="/documents"
        search={{ ...search, tag: undefined }}
        size="xs"
        variant="default"
        leftSection={<IconX size={14} aria-hidden />}
      >
        {t.anyTag}
      </LinkButton>
    </Group>
  );
}

function List({ search }: { search: DocumentsSearch }) {
  const now = useNow();
  const list = useInfiniteQuery(documentListQuery(search));
  if (list.data?.pages.every(({ items }) => items.length === 0)) return <Nothing search={search} />;
  const isBin = search.list === 'bin';
  return (
    <Stack>
      {isBin && (
        <Text c="dimmed" size="sm">
          {t.binHint}
        </Text>
      )}
      <Paper p="lg">
        <MoreList query={list} empty={t.emptyTitle} label={t.list}>
          {(document) =>
            isBin ? (
              <BinnedRow key={document.id} document={document} now={now} />
            ) : (
              <DocumentRow key={document.id} document={document} now={now} search={search} />
            )
          }
        </MoreList>
      </Paper>
    </Stack>
  );
}

function Nothing({ search: { list, tag } }: { search: DocumentsSearch }) {
  const text = list === 'bin' ? t.binHint : list === 'shared' ? t.emptyShared : t.emptyText;
  const Icon = list === 'bin' ? IconTrash : IconFileText;
  return (
    <Empty
      icon={<Icon size={36} stroke={1.5} aria-hidden />}
      title={list === 'bin' ? t.binEmpty : t.emptyTitle}
      text={tag === undefined ? text : t.emptyTag}
    />
  );
}
