import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, type Document, type DocumentSummary, ifMatch, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed, toastUndo } from '../../shared/toast.tsx';
import { useAttemptKey } from '../tasks/task-data.ts';
import type { DocumentValues } from './document-rules.ts';
import type { DocumentsSearch } from './document-search.ts';

const t = texts.documents;
const PAGE_SIZE = 50;

const pathOf = (docId: string) => ({ path: { docId } });

export const documentListQuery = ({ list, tag }: DocumentsSearch) =>
  infiniteQueryOptions({
    queryKey: keys.documentList({ list, tag }),
    queryFn: ({ pageParam }) => {
      const query = {
        limit: PAGE_SIZE,
        ...(list === 'bin' ? { deleted: '1' as const } : list && { filter: list }),
        ...(tag !== undefined && { tag }),
        ...(pageParam && { cursor: pageParam }),
      };
      return unwrap(api.GET('/v1/docs', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const versionsQuery = (docId: string) =>
  infiniteQueryOptions({
    queryKey: keys.versions(docId),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/docs/{docId}/versions', {
          params: { ...pathOf(docId), query: { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

/** What changed from one version to another; that never changes. */
export const diffQuery = (docId: string, from: number, to: number) =>
  queryOptions({
    queryKey: keys.versionDiff(docId, from, to),
    queryFn: () =>
      unwrap(
        api.GET('/v1/docs/{docId}/versions/diff', { params: { ...pathOf(docId), query: { from, to } } }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A document as the server has it now is shown everywhere. */
function takeOver(queryClient: QueryClient, document: Document): void {
  queryClient.setQueryData(keys.document(document.id), document);
  void queryClient.invalidateQueries({ queryKey: keys.documents });
  void queryClient.invalidateQueries({ queryKey: keys.versions(document.id) });
}

/** Creates a document of this title. */
export function useCreateDocument() {
  const queryClient = useQueryClient();
  const attempt = useAttemptKey();
  return useMutation({
    mutationFn: (title: string) => {
      const body = { title };
      return unwrap(api.POST('/v1/docs', { params: { header: attempt.keyFor(body) }, body }));
    },
    onSuccess: (document) => {
      attempt.forget();
      takeOver(queryClient, document);
    },
  });
}

/** Saves changes of a document, if it is still at `version`. */
export function useSaveDocument(docId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ version, changes }: { version: number; changes: Partial<DocumentValues> }) =>
      unwrap(
        api.PATCH('/v1/docs/{docId}', {
          params: { ...pathOf(docId), header: ifMatch(version) },
          body: changes,
        }),
      ),
    onSuccess: (document) => takeOver(queryClient, document),
  });
}

const fromBin = (docId: string) => unwrap(api.POST('/v1/docs/{docId}/restore', { params: pathOf(docId) }));

/** Brings a document back from the bin; whether that went well. */
async function bringBack(
  queryClient: QueryClient,
  { id, title }: Pick<DocumentSummary, 'id' | 'title'>,
): Promise<boolean> {
  try {
    takeOver(queryClient, await fromBin(id));
    return true;
  } catch (error) {
    toastFailed(t.restoreFailed(title), error);
    return false;
  }
}

/** Puts a document in the bin, with an undo. */
export function useDeleteDocument() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: DocumentSummary) => unwrap(api.DELETE('/v1/docs/{docId}', { params: pathOf(id) })),
    onSuccess: (_nothing, document) => {
      toastUndo(t.deleted(document.title), () => bringBack(queryClient, document));
      void queryClient.invalidateQueries({ queryKey: keys.documents });
    },
    onError: (error, { title }) => toastFailed(t.deleteFailed(title), error),
  });
}

/** Brings a document back from the bin. */
export function useRestoreFromBin() {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: (document: DocumentSummary) => bringBack(queryClient, document) });
}

const backTo = (docId: string, version: number) =>
  unwrap(api.POST('/v1/docs/{docId}/versions/{version}/restore', { params: { path: { docId, version } } }));

/** Makes an older version the latest again, by a new one; the undo does the same with the one before. */
export function useRestoreVersion(docId: string, latest: number) {
  const queryClient = useQueryClient();
  const undo = async () => {
    try {
      takeOver(queryClient, await backTo(docId, latest));
      return true;
    } catch (error) {
      toastFailed(t.bringBackFailed(latest), error);
      return false;
    }
  };
  return useMutation({
    mutationFn: (version: number) => backTo(docId, version),
    onSuccess: (document, version) => {
      takeOver(queryClient, document);
      toastUndo(t.broughtBackToast(version), undo);
    },
    onError: (error, version) => toastFailed(t.bringBackFailed(version), error),
  });
}
