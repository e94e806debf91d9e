import type { ReactNode } from 'react';
import classes from './page.module.css';

/** The column a page's content stands in. It begins at the same place on every page, however wide its content may be. */
export function Page(props: { children: ReactNode; wide?: boolean }) {
  return (
    <div className={classes.page} data-wide={props.wide || undefined}>
      {props.children}
    </div>
  );
}
