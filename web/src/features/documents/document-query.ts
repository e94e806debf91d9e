import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';

/** One document with its text. Apart from the rest: the router asks for it before any page of documents is loaded. */
export const documentQuery = (docId: string) =>
  queryOptions({
    queryKey: keys.document(docId),
    queryFn: () => unwrap(api.GET('/v1/docs/{docId}', { params: { path: { docId } } })),
  });
