import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { texts } from './texts.ts';

let firstPage = true;

/**
 * The heading of a page. It names the document too, and takes the focus after a navigation (not on the first load),
 * so that a screen reader tells where one is.
 */
export function PageTitle(props: { children: ReactNode; documentTitle: string; keepFocus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = texts.app.title(props.documentTitle);
  }, [props.documentTitle]);
  useEffect(() => {
    // Whoever opened a dialog while the page was still loading is typing there by now.
    const isElsewhere = document.activeElement?.closest('[role="dialog"]') != null;
    if (!firstPage && !props.keepFocus && !isElsewhere) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, [props.keepFocus]);
  return (
    <Title order={1} ref={heading} tabIndex={-1} data-page-heading className="break-words">
      {props.children}
    </Title>
  );
}
