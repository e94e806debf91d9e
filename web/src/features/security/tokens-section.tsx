import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type PersonalToken, unwrap } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { keys } from '../../shared/query.ts';
import { ListRow, QueryList } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { dayWords, timeWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { Section } from '../settings/section.tsx';
import { CreateTokenDialog } from './create-token.tsx';

const t = texts.security.tokens;
export const TOKEN_KEYS = [keys.tokens, keys.securityLog];

const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: () => unwrap(api.GET('/v1/auth/tokens')),
});

export function TokensSection() {
  const tokens = useQuery(tokensQuery);
  const [isCreating, setCreating] = useState(false);
  return (
    <Section title={t.title} hint={t.hint}>
      <QueryList query={tokens} empty={t.none} label={t.title}>
        {(token) => <TokenRow key={token.id} token={token} />}
      </QueryList>
      <Group>
        <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          {t.create}
        </Button>
      </Group>
      {isCreating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </Section>
  );
}

function TokenRow({ token }: { token: PersonalToken }) {
  const { id, name, hint, scopes, expiresAt, lastUsedAt } = token;
  const clock = useClock();
  const now = useNow();
  const [isAsked, setAsked] = useState(false);
  const remove = useChange(
    () => unwrap(api.DELETE('/v1/auth/tokens/{tokenId}', { params: { path: { tokenId: id } } })),
    { done: t.deleted, failed: t.deleteFailed, refresh: TOKEN_KEYS },
  );
  const until = expiresAt ? t.until(dayWords(dayOf(expiresAt, clock.zone), clock, now)) : t.forEver;
  const used = lastUsedAt ? t.used(timeWords(lastUsedAt, clock, now)) : t.unused;
  return (
    <ListRow
      title={name}
      meta={
        <>
          {hint}… · {until} · {used}
          <br />
          {scopes.join(', ')}
        </>
      }
    >
      <Button size="xs" variant="default" aria-label={t.deleteLabel(name)} onClick={() => setAsked(true)}>
        {t.delete}
      </Button>
      <AskDialog
        title={t.deleteTitle(name)}
        text={t.deleteText}
        button={t.delete}
        opened={isAsked}
        busy={remove.isPending}
        onYes={() => remove.mutate(undefined, { onSettled: () => setAsked(false) })}
        onClose={() => setAsked(false)}
      />
    </ListRow>
  );
}
