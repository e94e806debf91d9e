import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, type Share, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';

export type ShareKind = 'doc' | 'task';
export type ShareAccess = Share['access'];

interface Shared {
  kind: ShareKind;
  id: string;
}

interface NewShare {
  email: string;
  access: ShareAccess;
}

export const sharesQuery = ({ kind, id }: Shared) =>
  queryOptions({
    queryKey: keys.shares(kind, id),
    queryFn: () =>
      kind === 'doc'
        ? unwrap(api.GET('/v1/docs/{docId}/shares', { params: { path: { docId: id } } }))
        : unwrap(api.GET('/v1/tasks/{taskId}/shares', { params: { path: { taskId: id } } })),
  });

/** The changes to who a document or a task is shared with. */
export function shareCalls({ kind, id }: Shared) {
  const ofDoc = (shareId: string) => ({ params: { path: { docId: id, shareId } } });
  const ofTask = (shareId: string) => ({ params: { path: { taskId: id, shareId } } });
  return {
    add: (body: NewShare, header: { 'Idempotency-Key': string }) =>
      kind === 'doc'
        ? unwrap(api.POST('/v1/docs/{docId}/shares', { params: { path: { docId: id }, header }, body }))
        : unwrap(api.POST('/v1/tasks/{taskId}/shares', { params: { path: { taskId: id }, header }, body })),
    change: (shareId: string, access: ShareAccess) =>
      kind === 'doc'
        ? unwrap(api.PATCH('/v1/docs/{docId}/shares/{shareId}', { ...ofDoc(shareId), body: { access } }))
        : unwrap(api.PATCH('/v1/tasks/{taskId}/shares/{shareId}', { ...ofTask(shareId), body: { access } })),
    revoke: (shareId: string) =>
      kind === 'doc'
        ? unwrap(api.DELETE('/v1/docs/{docId}/shares/{shareId}', ofDoc(shareId)))
        : unwrap(api.DELETE('/v1/tasks/{taskId}/shares/{shareId}', ofTask(shareId))),
  };
}

/** Loads anew who sees it; the first share of a private document changes the document too. */
export function useRefreshShares({ kind, id }: Shared): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: keys.shares(kind, id) }),
      ...(kind === 'doc' ? [queryClient.invalidateQueries({ queryKey: keys.document(id) })] : []),
    ]);
}
