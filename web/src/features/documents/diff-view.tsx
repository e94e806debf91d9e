import { Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { DocumentDiff } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import classes from './diff-view.module.css';
import { diffQuery } from './document-data.ts';

const t = texts.documents;
const SIGNS = { same: ' ', added: '+', removed: '−' };
const WORDS = { same: null, added: t.addedLine, removed: t.removedLine };

/** What changed from one version of a document to another. */
export function DiffOf({ docId, from, to }: { docId: string; from: number; to: number }) {
  const diff = useQuery(diffQuery(docId, from, to));
  if (diff.isPending) return <RowsSkeleton rows={2} />;
  if (!diff.data) return <LoadFailed error={diff.error} onRetry={() => void diff.refetch()} />;
  return <Diff diff={diff.data} />;
}

function Diff({ diff }: { diff: DocumentDiff }) {
  const { title, tags, hunks } = diff;
  const isSame = title === null && tags.added.length === 0 && tags.removed.length === 0 && hunks.length === 0;
  if (isSame) {
    return (
      <Text size="sm" c="dimmed">
        {t.diffSame}
      </Text>
    );
  }
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {t.diffCounts(t.added(diff.addedLines), t.removed(diff.removedLines))}
      </Text>
      <Facts diff={diff} />
      {hunks.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={classes.diff} aria-label={t.diffOf(diff.from, diff.to)} tabIndex={0}>
          {hunks.map((hunk, index) => (
            <Fragment key={`${hunk.fromLine} ${hunk.toLine}`}>
              {(index > 0 || hunk.fromLine > 1) && (
                <div className={classes.gap}>
                  <span aria-hidden>⋯</span>
                  <VisuallyHidden>{t.skipped}</VisuallyHidden>
                </div>
              )}
              <Lines lines={hunk.lines} />
            </Fragment>
          ))}
        </section>
      )}
      {diff.isCut && (
        <Text size="sm" c="dimmed">
          {t.diffCut}
        </Text>
      )}
    </Stack>
  );
}

function Facts({ diff: { title, tags } }: { diff: DocumentDiff }) {
  const lines = [
    title && t.titleChanged(title.from, title.to),
    tags.added.length > 0 && t.tagsAdded(tags.added.join(', ')),
    tags.removed.length > 0 && t.tagsRemoved(tags.removed.join(', ')),
  ].filter((line) => typeof line === 'string');
  return lines.map((line) => (
    <Text key={line} size="sm" className="break-words">
      {line}
    </Text>
  ));
}

/** Told by a sign and by words, not by the colour alone. */
function Lines({ lines }: { lines: DocumentDiff['hunks'][number]['lines'] }) {
  return lines.map(({ kind, text }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text may be alike, and these never move
    <div key={index} className={classes.line} data-kind={kind}>
      <span aria-hidden className={classes.sign}>
        {SIGNS[kind]}
      </span>
      {WORDS[kind] !== null && <VisuallyHidden>{WORDS[kind]}: </VisuallyHidden>}
      <span className={classes.words}>{text}</span>
    </div>
  ));
}
