import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Task } from '../../shared/api.ts';
import { messageOf } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { isKnownType, MAX_BYTES, upload } from './upload.ts';

const t = texts.attachments;

/** A file on its way, or one that did not get there. */
export interface Upload {
  id: number;
  file: File;
  /** 0 to 1; at 1 the server still looks at the file. */
  share: number;
  error: string | null;
}

function refusal(file: File): string | null {
  if (!isKnownType(file.name)) return t.wrongType;
  return file.size > MAX_BYTES ? t.tooLarge : null;
}

/** Whether the task is still open. Its uploads go on when it no longer is. */
function useIsShown(): RefObject<boolean> {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}

/** The uploads of one task, one after another. */
export function useUploads(task: Task) {
  const queryClient = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const nextId = useRef(1);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const isShown = useIsShown();

  const change = (id: number, changes: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  const dismiss = (id: number) => setUploads((all) => all.filter((one) => one.id !== id));

  const start = ({ id, file }: Upload) => {
    line.current = line.current.then(async () => {
      try {
        await upload(task, file, (share) => change(id, { share }));
        await queryClient.invalidateQueries({ queryKey: keys.task(task.id) });
        dismiss(id);
      } catch (error) {
        if (isShown.current) change(id, { error: messageOf(error) });
        else toastFailed(file.name, error);
      }
    });
  };
  const add = (files: readonly File[]) => {
    const added = files.map((file) => ({ id: nextId.current++, file, share: 0, error: refusal(file) }));
    setUploads((all) => [...all, ...added]);
    for (const one of added) if (one.error === null) start(one);
  };
  const retry = (one: Upload) => {
    change(one.id, { share: 0, error: null });
    start(one);
  };
  return { uploads, add, retry, dismiss };
}
