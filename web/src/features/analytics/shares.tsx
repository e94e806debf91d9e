import { Paper, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { number, percent } from '../../shared/format.ts';
import { texts } from '../../shared/texts.ts';
import { useClock } from '../auth/account.ts';
import classes from './analytics.module.css';

interface Share {
  name: string;
  count: number;
  percent: number;
}

/** Parts of a whole as a list with bars: the numbers stand beside them, so it is its own table. */
export function Shares({ title, shares }: { title: string; shares: readonly Share[] }) {
  const clock = useClock();
  const id = useId();
  return (
    <Paper p="lg" component="section" aria-labelledby={id}>
      <Title order={2} id={id} mb="sm">
        {title}
      </Title>
      <ul className={classes.shares}>
        {shares.map(({ name, count, percent: share }) => (
          <li key={name}>
            <div className={classes.shareHead}>
              <Text size="sm" className="break-words">
                {name}
              </Text>
              <Text size="sm" fw={600} className={classes.shareNumber}>
                {texts.analytics.share(number(count, clock), percent(share / 100, clock))}
              </Text>
            </div>
            <div className={classes.track} aria-hidden>
              <div className={classes.fill} style={{ width: `${share}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
