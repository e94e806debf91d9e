import { Button, Group } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { rememberSignedIn } from '../../shared/signed-in.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';

const t = texts.settings;

async function signOut(): Promise<void> {
  try {
    await unwrap(api.POST('/v1/auth/logout'));
  } catch (error) {
    // Signed out already is what was asked for.
    if (!(error instanceof Problem) || error.status !== 401) throw error;
  }
  rememberSignedIn(false);
  // A full load, so that nothing of this person stays in memory.
  window.location.assign('/');
}

export function SignOut() {
  const out = useMutation({ mutationFn: signOut, onError: (error) => toastFailed(t.signOut, error) });
  return (
    <Group>
      <Button
        variant="default"
        leftSection={<IconLogout size={18} aria-hidden />}
        loading={out.isPending}
        onClick={() => out.mutate()}
      >
        {t.signOut}
      </Button>
    </Group>
  );
}
