import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { toastDone, toastFailed } from './toast.tsx';

interface ChangeWords {
  done: string;
  failed: string;
  /** What to load anew, whatever came of it. */
  refresh: readonly QueryKey[];
  onDone?: () => void;
}

/** A change by one click: says what came of it and loads anew what it touched. */
export function useChange<V = void>(change: (input: V) => Promise<unknown>, words: ChangeWords) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      toastDone(words.done);
      words.onDone?.();
    },
    onError: (error) => toastFailed(words.failed, error),
    onSettled: () =>
      Promise.all(words.refresh.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
}
