import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Comment, ifMatch, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { useAttemptKey } from '../tasks/task-data.ts';

const PAGE_SIZE = 50;

/** The threads of a document, each with its replies. */
export const commentsQuery = (docId: string) =>
  infiniteQueryOptions({
    queryKey: keys.comments(docId),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/docs/{docId}/comments', {
          params: { path: { docId }, query: { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

function useRefresh(docId: string): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: keys.comments(docId) });
}

/** Writes a comment, or a reply to `parentId`. */
export function useAddComment(docId: string, parentId: string | null) {
  const attempt = useAttemptKey();
  const refresh = useRefresh(docId);
  return useMutation({
    mutationFn: (content: string) => {
      const body = { content, parentId };
      const params = { path: { docId }, header: attempt.keyFor(body) };
      return unwrap(api.POST('/v1/docs/{docId}/comments', { params, body }));
    },
    onSuccess: () => {
      attempt.forget();
      return refresh();
    },
  });
}

/** Changes a comment of one's own, if it is as it was seen. */
export function useEditComment({ id, docId, version }: Comment) {
  const refresh = useRefresh(docId);
  return useMutation({
    mutationFn: (content: string) =>
      unwrap(
        api.PATCH('/v1/docs/{docId}/comments/{commentId}', {
          params: { path: { docId, commentId: id }, header: ifMatch(version) },
          body: { content },
        }),
      ),
    onSettled: refresh,
  });
}

export function useDeleteComment({ id, docId }: Comment) {
  const refresh = useRefresh(docId);
  return useMutation({
    mutationFn: () =>
      unwrap(
        api.DELETE('/v1/docs/{docId}/comments/{commentId}', {
          params: { path: { docId, commentId: id } },
        }),
      ),
    onError: (error) => toastFailed(texts.comments.deleteFailed, error),
    onSettled: refresh,
  });
}
