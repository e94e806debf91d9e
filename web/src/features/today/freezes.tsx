import { IconSnowflake } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { texts } from '../../shared/texts.ts';
import classes from './today-numbers.module.css';

/** Missed days that will be bridged. */
export function Freezes({ left, ...rest }: { left: number } & ComponentProps<'span'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what a freeze is must be reachable by keyboard too
    <span {...rest} className={classes.freezes} tabIndex={0}>
      <IconSnowflake size={13} stroke={1.75} aria-hidden />
      {texts.day.freezes(left)}
    </span>
  );
}
