import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Share } from '../../shared/api.ts';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { type ShareAccess, type ShareKind, shareCalls, useRefreshShares } from './share-data.ts';

const t = texts.sharing;
export const ACCESSES = (['read', 'comment', 'write'] as const).map((value) => ({
  value,
  label: t.accesses[value],
}));

/** How somebody is called with whom something is shared. */
export function nameOf({ person, email }: Share): string {
  return person?.name ?? email ?? t.someone;
}

/** Somebody with whom it is shared. */
export function ShareRow({ share, shared }: { share: Share; shared: { kind: ShareKind; id: string } }) {
  const refresh = useRefreshShares(shared);
  const calls = shareCalls(shared);
  const name = nameOf(share);
  const change = useMutation({
    mutationFn: (access: ShareAccess) => calls.change(share.id, access),
    onSuccess: () => toastDone(t.changed(name)),
    onError: (error) => toastFailed(t.changeFailed, error),
    onSettled: refresh,
  });
  const revoke = useMutation({
    mutationFn: () => calls.revoke(share.id),
    onSuccess: () => toastDone(t.revoked(name)),
    onError: (error) => toastFailed(t.revokeFailed, error),
    onSettled: refresh,
  });
  const access = change.isPending ? change.variables : share.access;
  const about = [share.person && share.email, share.status === 'pending' && t.pending].filter(Boolean);
  return (
    <ListRow title={name} meta={about.join(' · ') || null}>
      <NativeSelect
        size="xs"
        aria-label={t.accessOf(name)}
        data={ACCESSES}
        value={access}
        onChange={({ currentTarget: { value } }) => change.mutate(value as ShareAccess)}
      />
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t.revokeOne(name)}
        title={t.revoke}
        loading={revoke.isPending}
        onClick={() => revoke.mutate()}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </ListRow>
  );
}
