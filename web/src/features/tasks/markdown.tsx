import { Typography } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { texts } from '../../shared/texts.ts';

const PLUGINS = [remarkGfm];

/** Links lead away from the page that is being edited. */
function Link({ href, children }: ComponentPropsWithoutRef<'a'>) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

/** Pictures of others would tell them who looks at the notes, and the content policy lets none in. */
function Picture({ src, alt }: ComponentPropsWithoutRef<'img'>) {
  return <Link href={typeof src === 'string' ? src : undefined}>{alt || src}</Link>;
}

/** What a list of things to do says with a tick alone. */
function Tick({ checked = false }: ComponentPropsWithoutRef<'input'>) {
  const label = texts.tasks.status[checked ? 'completed' : 'todo'];
  return <input type="checkbox" checked={checked} disabled aria-label={label} />;
}

/** Markdown as it reads. HTML in it is text, and links have only safe schemes, as react-markdown sees to it. */
export function Markdown({ text }: { text: string }) {
  return (
    <Typography className="break-words">
      <ReactMarkdown remarkPlugins={PLUGINS} components={{ a: Link, img: Picture, input: Tick }}>
        {text}
      </ReactMarkdown>
    </Typography>
  );
}
