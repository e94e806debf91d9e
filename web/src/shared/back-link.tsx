import { IconArrowLeft } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { LinkAnchor } from './links.tsx';

/** The way up from a page, above its title. */
export const BackLink: typeof LinkAnchor = ((props: ComponentProps<typeof LinkAnchor>) => (
  <LinkAnchor
    c="dimmed"
    size="sm"
    {...props}
    style={{ display: 'inline-flex', alignItems: 'center', gap: 6, alignSelf: 'flex-start' }}
  >
    <IconArrowLeft size={16} aria-hidden />
    {props.children as string}
  </LinkAnchor>
)) as typeof LinkAnchor;
