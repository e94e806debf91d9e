import { Badge, Group, NativeSelect, Paper, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AdminUser } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { MoreList } from '../../shared/more-list.tsx';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { AdminFrame } from './admin-frame.tsx';
import { UserDrawer } from './user-drawer.tsx';
import { statusOf, type UserStatus, type UsersSearch, usersQuery } from './users-data.ts';

const t = texts.admin.users;
const route = getRouteApi('/app/admin/users');
const TYPING_MS = 300;

export function UsersPage() {
  const search = route.useSearch();
  const users = useInfiniteQuery(usersQuery(search));
  const navigate = useNavigate();
  const change = (part: Partial<UsersSearch>) =>
    void navigate({
      to: '/admin/users',
      search: { ...search, ...part },
      replace: true,
    });
  return (
    <AdminFrame title={texts.admin.tabs.users}>
      <Filters search={search} onChange={change} />
      <Paper p="lg">
        <MoreList query={users} empty={t.none} label={t.list}>
          {(user) => <UserRow key={user.id} user={user} search={search} />}
        </MoreList>
      </Paper>
      {search.user && <UserDrawer userId={search.user} onClose={() => change({ user: undefined })} />}
    </AdminFrame>
  );
}

function Filters(props: { search: UsersSearch; onChange: (part: Partial<UsersSearch>) => void }) {
  const { search, onChange } = props;
  const [typed, setTyped] = useState(search.query ?? '');
  const apply = useDebouncedCallback((query: string) => onChange({ query: query || undefined }), TYPING_MS);
  return (
    <Group align="flex-end">
      <TextInput
        label={t.search}
        placeholder={t.searchHint}
        leftSection={<IconSearch size={17} aria-hidden />}
        flex="1 1 240px"
        type="search"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          apply(event.currentTarget.value.trim());
        }}
      />
      <NativeSelect
        label={t.role}
        flex="1 1 120px"
        value={search.role ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ role: (value || undefined) as AdminUser['role'] | undefined })
        }
        data={[
          { value: '', label: texts.admin.all },
          ...Object.entries(texts.admin.roles).map(([value, label]) => ({ value, label })),
        ]}
      />
      <NativeSelect
        label={t.status}
        flex="1 1 120px"
        value={search.status ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ status: (value || undefined) as UserStatus | undefined })
        }
        data={[
          { value: '', label: t.notDeleted },
          ...Object.entries(t.statuses).map(([value, label]) => ({ value, label })),
        ]}
      />
    </Group>
  );
}

function UserRow({ user, search }: { user: AdminUser; search: UsersSearch }) {
  const clock = useClock();
  const now = useNow();
  const status = statusOf(user);
  const seen = user.lastLoginAt ? t.seen(timeWords(user.lastLoginAt, clock, now)) : t.never;
  return (
    <ListRow
      title={
        <LinkAnchor
          to="/admin/users"
          search={{ ...search, user: user.id }}
          replace
          fw={550}
          aria-label={t.open(user.name)}
        >
          {user.name}
        </LinkAnchor>
      }
      meta={`${user.email ?? user.phone ?? ''} · ${seen}`}
    >
      {user.role !== 'USER' && (
        <Badge variant="light" tt="none">
          {texts.admin.roles[user.role]}
        </Badge>
      )}
      {status !== 'active' && (
        <Badge variant="light" color={status === 'unverified' ? 'gray' : 'red'} tt="none">
          {t.statuses[status]}
        </Badge>
      )}
    </ListRow>
  );
}
