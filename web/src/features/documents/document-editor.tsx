import { Button, Group, SegmentedControl, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useDeferredValue, useState } from 'react';
import type { Document } from '../../shared/api.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { ConflictChoice } from './conflict-choice.tsx';
import classes from './document-editor.module.css';
import { DocumentText } from './document-text.tsx';
import type { DocumentForm } from './use-document-form.ts';
import { VisibilityField } from './visibility.tsx';

const t = texts.documents;
const MAX_TAGS = 10;
const MAX_TAG = 30;
/** The preview follows what is typed once it rests for a moment. */
const PREVIEW_MS = 250;

const MODES = (['write', 'preview'] as const).map((value) => ({ value, label: t[value] }));
type Mode = (typeof MODES)[number]['value'];

function Preview({ text }: { text: string }) {
  const [rested] = useDebouncedValue(text, PREVIEW_MS);
  const shown = useDeferredValue(rested);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.preview} aria-label={t.preview} tabIndex={0}>
      <DocumentText text={shown} />
    </section>
  );
}

/** What is written and how it reads: beside each other where there is room, else one of them. */
function TextField({ editing }: { editing: DocumentForm }) {
  const isWide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false }) ?? true;
  const [mode, setMode] = useState<Mode>('write');
  const { content } = editing.values;
  return (
    <>
      {!isWide && (
        <SegmentedControl aria-label={t.mode} data={MODES} value={mode} onChange={setMode} fullWidth />
      )}
      <div className={classes.split} data-both={isWide || undefined}>
        {(isWide || mode === 'write') && (
          <Textarea
            className={classes.text}
            label={t.content}
            placeholder={t.contentHint}
            spellCheck={content.length < 200_000}
            value={content}
            error={editing.mistakes.content}
            onChange={({ currentTarget: { value } }) => editing.change({ content: value })}
          />
        )}
        {(isWide || mode === 'preview') && <Preview text={content} />}
      </div>
    </>
  );
}

function SaveBar({ editing }: { editing: DocumentForm }) {
  const { isDirty, isSaving, conflict } = editing;
  const state = isSaving ? t.saving : isDirty ? t.unsaved : t.saved;
  return (
    <div className={classes.bar}>
      <Text size="sm" c="dimmed" role="status">
        {state}
      </Text>
      <Group gap="xs">
        {isDirty && (
          <Button type="button" size="xs" variant="subtle" onClick={editing.discard} disabled={isSaving}>
            {t.discard}
          </Button>
        )}
        <Button type="submit" size="xs" disabled={!isDirty || conflict !== null} loading={isSaving}>
          {t.save}
        </Button>
      </Group>
    </div>
  );
}

/** Everything of a document that can be edited. It is saved by its button, by Ctrl S, and while it is typed. */
export function DocumentEditor({ document, editing }: { document: Document; editing: DocumentForm }) {
  return (
    <form
      className={classes.frame}
      noValidate
      aria-label={t.one}
      onSubmit={(event) => {
        event.preventDefault();
        void editing.submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void editing.submit();
      }}
    >
      {editing.conflict && <ConflictChoice docId={document.id} editing={editing} />}
      <FormProblem title={t.saveFailed} message={editing.problem} />
      <TextInput
        size="md"
        label={t.name}
        maxLength={400}
        value={editing.values.title}
        error={editing.mistakes.title}
        onChange={({ currentTarget: { value } }) => editing.change({ title: value })}
      />
      <TextField editing={editing} />
      <div className={classes.facts}>
        <TagsInput
          label={t.tags}
          placeholder={editing.values.tags.length === 0 ? texts.task.labelsHint : undefined}
          maxTags={MAX_TAGS}
          maxLength={MAX_TAG}
          acceptValueOnBlur
          value={editing.values.tags}
          error={editing.mistakes.tags}
          onChange={(tags) => editing.change({ tags })}
        />
        {document.access === 'owner' && (
          <VisibilityField
            value={editing.values.visibility}
            department={document.department}
            onChange={(visibility) => editing.change({ visibility })}
          />
        )}
      </div>
      <SaveBar editing={editing} />
    </form>
  );
}
