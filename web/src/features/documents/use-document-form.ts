import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Document } from '../../shared/api.ts';
import { formErrors, Problem } from '../../shared/problem.ts';
import { texts } from '../../shared/texts.ts';
import { useSaveDocument } from './document-data.ts';
import { documentQuery } from './document-query.ts';
import {
  changedFields,
  type DocumentValues,
  isTooLong,
  rebase,
  toChanges,
  toValues,
} from './document-rules.ts';

const t = texts.documents;
/** How long nothing is typed before it is saved. */
const REST_MS = 3_000;
/** Until what got no answer is sent again. */
const AGAIN_MS = 20_000;
const SERVER_FIELDS = { title: 'title', content: 'content', tags: 'tags', visibility: 'visibility' };

type Mistakes = Partial<Record<keyof DocumentValues, string>>;

interface Failure {
  /** What could not be saved. */
  values: DocumentValues;
  mistakes: Mistakes;
  message: string | null;
  isWorthAgain: boolean;
}

function mistakesIn({ title, content }: DocumentValues): Mistakes {
  return {
    ...(title.trim() === '' && { title: t.nameMissing }),
    ...(isTooLong(content) && { content: t.tooLong }),
  };
}

function failureOf(error: unknown, values: DocumentValues): Failure {
  const { byField, rest } = formErrors(error, SERVER_FIELDS);
  const isWorthAgain = error instanceof Problem && (error.status === 0 || error.status >= 500);
  return { values, mistakes: byField, message: rest, isWorthAgain };
}

/** Where the editing started from: the version, and what stood in the fields. */
interface Base {
  version: number;
  values: DocumentValues;
}

/**
 * The editing of one document, which is saved while it is typed. A newer version from elsewhere is taken over as long
 * as it touches nothing that was typed; where it does the save is refused (412) and `conflict` asks.
 */
export function useDocumentForm(document: Document) {
  const queryClient = useQueryClient();
  const save = useSaveDocument(document.id);
  const [base, setBase] = useState<Base>({ version: document.version, values: toValues(document) });
  const [values, setValues] = useState(base.values);
  const [conflict, setConflict] = useState<Document | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isDirty = changedFields(values, base.values).length > 0;
  const isSaving = save.isPending;

  const start = (from: Document, typed = toValues(from)) => {
    setBase({ version: from.version, values: toValues(from) });
    setValues(typed);
    setConflict(null);
    setFailure(null);
  };

  const submit = async () => {
    if (isSaving || conflict !== null || !isDirty) return;
    const mistakes = mistakesIn(values);
    if (Object.keys(mistakes).length > 0) {
      setFailure({ values, mistakes, message: null, isWorthAgain: false });
      return;
    }
    try {
      const saved = await save.mutateAsync({
        version: base.version,
        changes: toChanges(values, base.values),
      });
      // What was typed meanwhile stays, and differs from what was sent.
      setBase({ version: saved.version, values });
      setFailure(null);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) return setFailure(failureOf(error, values));
      const latest = await queryClient
        .fetchQuery({ ...documentQuery(document.id), staleTime: 0 })
        .catch((reason: unknown) => setFailure(failureOf(reason, values)));
      if (latest) setConflict(latest);
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another version of the document is a reason
  useEffect(() => {
    if (document.version <= base.version || isSaving || conflict !== null) return;
    const moved = rebase(values, base.values, toValues(document));
    if (!moved.hasConflicts) start(document, moved.values);
  }, [document.version, isSaving]);

  const latest = useRef(submit);
  latest.current = submit;
  const isWaiting = isDirty && !isSaving && conflict === null;
  const hasFailed = failure?.values === values;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the wait anew
  useEffect(() => {
    if (!isWaiting || (hasFailed && !failure?.isWorthAgain)) return;
    const timer = setTimeout(() => void latest.current(), hasFailed ? AGAIN_MS : REST_MS);
    return () => clearTimeout(timer);
  }, [values, isWaiting, hasFailed, failure?.isWorthAgain]);

  return {
    values,
    change: (changes: Partial<DocumentValues>) => setValues((old) => ({ ...old, ...changes })),
    submit,
    discard: () => start(document),
    base,
    conflict,
    /** Goes on from what is there now, with or without what was typed. */
    settle: (keepTyped: boolean) => {
      if (conflict === null) return;
      start(conflict, keepTyped ? rebase(values, base.values, toValues(conflict)).values : undefined);
    },
    problem: failure?.message ?? null,
    mistakes: failure?.mistakes ?? {},
    isDirty,
    isSaving,
  };
}

export type DocumentForm = ReturnType<typeof useDocumentForm>;
