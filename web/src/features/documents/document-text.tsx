import { Text } from '@mantine/core';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { texts } from '../../shared/texts.ts';
import { Markdown } from '../tasks/markdown.tsx';
import { splitSections } from './document-rules.ts';
import classes from './document-text.module.css';

/** A section is worked out in a few milliseconds, so that nobody who types has to wait for it. */
const SECTION_CHARS = 4_000;
/** Shorter texts are worked out at once. */
const WHOLE_CHARS = 20_000;

/** A document as it reads. Of a long one only what comes near the eyes is worked out: 1 MB at once takes seconds. */
export const DocumentText = memo(function DocumentText({ text }: { text: string }) {
  const sections = useMemo(
    () => (text.length <= WHOLE_CHARS ? [text] : splitSections(text, SECTION_CHARS)),
    [text],
  );
  if (text.trim() === '') return <Text c="dimmed">{texts.documents.empty}</Text>;
  if (sections.length === 1) return <Markdown text={text} />;
  return sections.map((section, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a section that was edited stays where it was
    <Section key={index} text={section} />
  ));
});

/** Until it is near, its plain text keeps its place and can be found by the browser's search. */
const Section = memo(function Section({ text }: { text: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (place.current === null || isNear) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: '600px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [isNear]);
  return (
    <div ref={place} className={classes.section} data-plain={!isNear || undefined}>
      {isNear ? <Markdown text={text} /> : text}
    </div>
  );
});
