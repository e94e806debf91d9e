import type { ReactNode } from 'react';
import { LinkPlain } from '../../shared/links.tsx';
import { Page } from '../../shared/page.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import tabs from '../../shared/tabs.module.css';
import { texts } from '../../shared/texts.ts';

const t = texts.reviews;
const TABS = [
  { to: '/review', label: t.tabs.session },
  { to: '/review/items', label: t.tabs.items },
  { to: '/review/exams', label: t.tabs.exams },
  { to: '/review/limits', label: t.tabs.settings },
] as const;

/** The frame of every page about reviews. `title` names the page in the tab of the browser. */
export function ReviewFrame(props: { title: string; children: ReactNode }) {
  return (
    <Page>
      <PageTitle documentTitle={`${props.title} · ${t.title}`}>{t.title}</PageTitle>
      <nav aria-label={t.title} className={tabs.tabs}>
        {TABS.map(({ to, label }) => (
          <LinkPlain
            key={to}
            to={to}
            className={tabs.tab}
            activeOptions={{ exact: true }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {label}
          </LinkPlain>
        ))}
      </nav>
      {props.children}
    </Page>
  );
}
