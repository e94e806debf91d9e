import { Avatar, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { useMe } from '../auth/account.ts';

const t = texts.profile;

const TYPES = 'image/jpeg,image/png,image/webp,image/gif,image/avif';
const MAX_BYTES = 5 * 1_048_576;
const SIZE = 72;

interface Chosen {
  file: File;
  preview: string;
}

/** A picture as an address of itself: the content policy lets no `blob:` through. */
function readPicture(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function upload(file: File): Promise<void> {
  await unwrap(
    api.POST('/v1/users/me/avatar', {
      // The generated type says text; what is sent is the file itself.
      body: { file: file as unknown as string },
      bodySerializer: () => {
        const form = new FormData();
        form.append('file', file);
        return form;
      },
    }),
  );
}

/** Runs a change of the picture and loads the profile anew. */
function useAvatarChange() {
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const change = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await work();
      await queryClient.invalidateQueries({ queryKey: keys.me });
      toastDone(done);
    } catch (error) {
      toastFailed(t.avatarFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, change };
}

/** The picture: chosen, looked at, then kept. */
export function AvatarField() {
  const me = useMe();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const choose = async (file: File | null) => {
    if (!file) return;
    if (file.size > MAX_BYTES)
      return toastFailed(t.avatarFailed, new Problem(413, { detail: t.avatarTooBig }));
    setChosen({ file, preview: await readPicture(file) });
  };
  return (
    <Group>
      <Avatar src={chosen?.preview ?? me.avatarUrl} alt={chosen ? t.avatarPreview : t.avatar} size={SIZE}>
        {me.name.slice(0, 1).toUpperCase()}
      </Avatar>
      <Stack gap={6} flex="1 1 160px" miw={0}>
        <Group gap="xs">
          {chosen ? (
            <KeepOrDrop chosen={chosen} onDone={() => setChosen(null)} />
          ) : (
            <ChooseOrRemove hasPicture={me.avatarUrl !== null} onChoose={choose} />
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t.avatarHint}
        </Text>
      </Stack>
    </Group>
  );
}

function KeepOrDrop({ chosen, onDone }: { chosen: Chosen; onDone: () => void }) {
  const { busy, change } = useAvatarChange();
  const keep = async () => {
    await upload(chosen.file);
    onDone();
  };
  return (
    <>
      <Button size="xs" loading={busy} onClick={() => void change(keep, t.avatarSaved)}>
        {t.avatarKeep}
      </Button>
      <Button size="xs" variant="default" onClick={onDone}>
        {t.avatarDrop}
      </Button>
    </>
  );
}

function ChooseOrRemove(props: { hasPicture: boolean; onChoose: (file: File | null) => Promise<void> }) {
  const { busy, change } = useAvatarChange();
  const remove = () => unwrap(api.DELETE('/v1/users/me/avatar'));
  return (
    <>
      <FileButton accept={TYPES} inputProps={{ 'aria-label': t.avatarChoose }} onChange={props.onChoose}>
        {(button) => (
          <Button size="xs" variant="default" {...button}>
            {t.avatarChoose}
          </Button>
        )}
      </FileButton>
      {props.hasPicture && (
        <Button
          size="xs"
          variant="default"
          loading={busy}
          onClick={() => void change(remove, t.avatarRemoved)}
        >
          {t.avatarRemove}
        </Button>
      )}
    </>
  );
}
