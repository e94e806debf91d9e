import { Badge, Group, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SearchHit } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { MoreList } from '../../shared/more-list.tsx';
import { Page } from '../../shared/page.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { ListRow } from '../../shared/query-list.tsx';
import { Empty } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { Marked } from './marked.tsx';
import type { PageSearch } from './page-search.ts';
import { placeOf, type SearchType, searchPages } from './search-data.ts';

const t = texts.search;
const route = getRouteApi('/app/search');
const TYPING_MS = 250;
const MAX_WORDS = 200;
const TYPES = (['all', 'task', 'doc', 'comment'] as const).map((value) => ({ value, label: t.types[value] }));

/** Finds words in tasks, documents and comments; the address keeps them. */
export function SearchPage() {
  const { q = '', type } = route.useSearch();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const show = (search: PageSearch) =>
    void navigate({ to: '/search', search, replace: true, resetScroll: false });
  const showTyped = useDebouncedCallback((words: string) => {
    show({ ...(words.trim() !== '' && { q: words.trim() }), ...(type && { type }) });
  }, TYPING_MS);
  const choose = (value: string) => {
    const chosen = TYPES.find((one) => one.value === value)?.value;
    show({ ...(q && { q }), ...(chosen && chosen !== 'all' && { type: chosen }) });
  };
  return (
    <Page>
      <PageTitle documentTitle={t.title} keepFocus={q === ''}>
        {t.title}
      </PageTitle>
      <Stack gap="sm" component="search">
        <TextInput
          size="md"
          type="search"
          aria-label={t.field}
          placeholder={t.field}
          description={t.hint}
          inputWrapperOrder={['input', 'description']}
          leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
          maxLength={MAX_WORDS}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            showTyped(value);
          }}
        />
        <SegmentedControl
          aria-label={texts.tasks.filter}
          data={TYPES}
          value={type ?? 'all'}
          onChange={choose}
          style={{ alignSelf: 'flex-start' }}
        />
      </Stack>
      {q === '' ? (
        <Empty icon={<IconSearch size={36} stroke={1.5} aria-hidden />} title={t.startTitle} text={t.hint} />
      ) : (
        <Found q={q} type={type} />
      )}
    </Page>
  );
}

function Found({ q, type }: { q: string; type: SearchType | undefined }) {
  const now = useNow();
  const found = useInfiniteQuery({ ...searchPages(q, type), placeholderData: keepPreviousData });
  if (found.data?.pages.every(({ items }) => items.length === 0)) {
    return (
      <div role="status">
        <Empty
          icon={<IconSearchOff size={36} stroke={1.5} aria-hidden />}
          title={t.emptyTitle}
          text={t.emptyText}
        />
      </div>
    );
  }
  return (
    <Paper p="lg">
      <MoreList query={found} empty={t.emptyTitle} label={t.results}>
        {(hit) => <Hit key={`${hit.type} ${hit.id}`} hit={hit} now={now} />}
      </MoreList>
    </Paper>
  );
}

function Hit({ hit, now }: { hit: SearchHit; now: Date }) {
  const clock = useClock();
  return (
    <ListRow
      title={
        <LinkAnchor {...placeOf(hit)} c="inherit" underline="hover">
          <Marked html={hit.titleHtml} />
        </LinkAnchor>
      }
      meta={
        <>
          {hit.snippetHtml !== '' && (
            <Text size="sm" c="dimmed" component="span" lineClamp={3}>
              <Marked html={hit.snippetHtml} />
            </Text>
          )}
          <Group gap={8} mt={2} component="span">
            <Badge variant="default" tt="none" fw={500}>
              {t.kinds[hit.type]}
            </Badge>
            <span>{timeWords(hit.updatedAt, clock, now)}</span>
          </Group>
        </>
      }
    />
  );
}
