import { UnstyledButton } from '@mantine/core';
import { IconCalendar, IconFlag, IconFolder, IconHourglass, IconRepeat, IconTag } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { texts } from '../../shared/texts.ts';
import { dayWords, durationWords, momentWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import classes from './quick-add.module.css';
import type { QuickPreview } from './quick-data.ts';
import { repeatWords } from './repeat-words.ts';

const t = texts.quickAdd;

function Part({ icon: Icon, children }: { icon: typeof IconTag; children: ReactNode }) {
  return (
    <li className={classes.part}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {children}
    </li>
  );
}

function Parts({ preview }: { preview: QuickPreview }) {
  const clock = useClock();
  const now = useNow();
  const { dueDate, dueDay, recurrence, priority, category, labels, estimateMinutes } = preview;
  const when = dueDate ? momentWords(dueDate, clock, now) : dueDay && dayWords(dueDay, clock, now);
  return (
    <>
      {when && (
        <Part icon={IconCalendar}>
          <span className="capital">{when}</span>
        </Part>
      )}
      {recurrence && (
        <Part icon={IconRepeat}>
          <span className="capital">{repeatWords(recurrence.rrule, clock)}</span>
        </Part>
      )}
      {priority !== 'medium' && <Part icon={IconFlag}>{texts.tasks.priorityOf[priority]}</Part>}
      {category && <Part icon={IconFolder}>{category}</Part>}
      {labels.map((label) => (
        <Part key={label} icon={IconTag}>
          {label}
        </Part>
      ))}
      {estimateMinutes !== null && <Part icon={IconHourglass}>{durationWords(estimateMinutes)}</Part>}
    </>
  );
}

/** What was understood of the line, with a way to have it taken word for word. */
export function QuickPreviewLine(props: {
  preview: QuickPreview;
  isLiteral: boolean;
  setLiteral: (isLiteral: boolean) => void;
}) {
  const { preview, isLiteral, setLiteral } = props;
  return (
    <div className={classes.preview}>
      {isLiteral ? (
        <span>{t.isLiteral}</span>
      ) : (
        <ul className={classes.parts} aria-label={t.understood}>
          <li className={classes.title}>{preview.title}</li>
          <Parts preview={preview} />
        </ul>
      )}
      <UnstyledButton className={classes.literal} onClick={() => setLiteral(!isLiteral)}>
        {isLiteral ? t.parse : t.literal}
      </UnstyledButton>
    </div>
  );
}

/** Words to begin with, put at the end of the line by a click. */
export function QuickSuggestions({ text, onAdd }: { text: string; onAdd: (words: string) => void }) {
  const hasCategory = /(^|\s)#\S/.test(text);
  const words = [...(hasCategory ? [] : t.categories.map((name) => `#${name}`)), ...t.more];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div role="group" aria-label={t.suggestions} className={classes.suggestions}>
      {words
        .filter((word) => !text.includes(word))
        .map((word) => (
          <UnstyledButton
            key={word}
            className={classes.suggestion}
            aria-label={t.add(word)}
            onClick={() => onAdd(word)}
          >
            {word}
          </UnstyledButton>
        ))}
    </div>
  );
}
