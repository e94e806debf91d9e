import { Badge, Button, Group, Text } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Passkey, unwrap } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { keys } from '../../shared/query.ts';
import { ListRow, QueryList } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { addPasskey, hasPasskeys } from '../auth/passkey.ts';
import { Section } from '../settings/section.tsx';
import { RenamePasskeyDialog } from './rename-passkey.tsx';

const t = texts.security.passkeys;
export const PASSKEY_KEYS = [keys.passkeys, keys.securityLog];

const passkeysQuery = queryOptions({
  queryKey: keys.passkeys,
  queryFn: () => unwrap(api.GET('/v1/auth/passkeys')),
});

export function PasskeysSection() {
  const passkeys = useQuery(passkeysQuery);
  const add = useChange(() => addPasskey(undefined), {
    done: t.added,
    failed: t.addFailed,
    refresh: PASSKEY_KEYS,
  });
  return (
    <Section title={t.title} hint={t.hint}>
      <QueryList query={passkeys} empty={t.none} label={t.title}>
        {(passkey) => <PasskeyRow key={passkey.id} passkey={passkey} />}
      </QueryList>
      {hasPasskeys() ? (
        <Group>
          <Button
            size="xs"
            leftSection={<IconFingerprint size={16} aria-hidden />}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            {t.add}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t.unsupported}</Text>
      )}
    </Section>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const { id, name, lastUsedAt, createdAt } = passkey;
  const clock = useClock();
  const now = useNow();
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null);
  const remove = useChange(
    () => unwrap(api.DELETE('/v1/auth/passkeys/{passkeyId}', { params: { path: { passkeyId: id } } })),
    { done: t.deleted, failed: t.deleteFailed, refresh: PASSKEY_KEYS },
  );
  const title = (
    <Group gap={8}>
      {name}
      {passkey.isSynced && (
        <Badge variant="light" tt="none">
          {t.synced}
        </Badge>
      )}
    </Group>
  );
  const meta = lastUsedAt
    ? t.used(timeWords(lastUsedAt, clock, now))
    : t.unused(timeWords(createdAt, clock, now));
  const close = () => setAsked(null);
  return (
    <ListRow title={title} meta={meta}>
      <Button size="xs" variant="default" aria-label={t.renameLabel(name)} onClick={() => setAsked('rename')}>
        {t.rename}
      </Button>
      <Button size="xs" variant="default" aria-label={t.deleteLabel(name)} onClick={() => setAsked('delete')}>
        {t.delete}
      </Button>
      {asked === 'rename' && <RenamePasskeyDialog passkey={passkey} onClose={close} />}
      <AskDialog
        title={t.deleteTitle(name)}
        text={t.deleteText}
        button={t.delete}
        opened={asked === 'delete'}
        busy={remove.isPending}
        onYes={() => remove.mutate(undefined, { onSettled: close })}
        onClose={close}
      />
    </ListRow>
  );
}
