import { Button, VisuallyHidden } from '@mantine/core';
import type { ReviewWithNext } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { exactTime } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { nextWords } from './next-words.ts';
import type { Grade } from './review-data.ts';
import classes from './session-page.module.css';
import { GRADES } from './use-session-keys.ts';

const t = texts.reviews;

const LOOKS: Record<Grade, { variant: string; color?: string }> = {
  again: { variant: 'default' },
  hard: { variant: 'default' },
  good: { variant: 'filled' },
  easy: { variant: 'default' },
};

/** The four grades, each with the date it would bring. */
export function GradeBar({ review, onGrade }: { review: ReviewWithNext; onGrade: (grade: Grade) => void }) {
  const clock = useClock();
  const now = useNow();
  return (
    <fieldset className={classes.grades} style={{ border: 0, margin: 0, padding: 0 }}>
      <VisuallyHidden component="legend">{t.howWell}</VisuallyHidden>
      {GRADES.map((grade, index) => {
        const at = review.next[grade];
        const when = nextWords(at, clock, now);
        return (
          <Button
            key={grade}
            {...LOOKS[grade]}
            className={classes.grade}
            title={`${t.gradeHints[grade]}: ${exactTime(at, clock)}`}
            // The second half of a double click on "Show answer" is no grade.
            onClick={({ detail }) => detail < 2 && onGrade(grade)}
          >
            <span>{t.grades[grade]}</span>
            <span className={classes.when}>
              <VisuallyHidden>{t.nextIs} </VisuallyHidden>
              {when}
            </span>
            <span className={classes.key} aria-hidden>
              {index + 1}
            </span>
          </Button>
        );
      })}
    </fieldset>
  );
}
