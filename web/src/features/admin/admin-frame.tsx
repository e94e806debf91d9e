import type { ReactNode } from 'react';
import { LinkPlain } from '../../shared/links.tsx';
import { Page } from '../../shared/page.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import tabs from '../../shared/tabs.module.css';
import { texts } from '../../shared/texts.ts';
import { useMe } from '../auth/account.ts';
import { may } from './permissions.ts';

const t = texts.admin;

const TABS = [
  { to: '/admin/users', label: t.tabs.users, needs: 'users.read' },
  { to: '/admin/merchants', label: t.tabs.merchants, needs: 'merchants.read' },
  { to: '/admin/audit', label: t.tabs.audit, needs: 'audit.read' },
  { to: '/admin/jobs', label: t.tabs.jobs, needs: 'jobs.read' },
  { to: '/admin/stats', label: t.tabs.stats, needs: 'stats.read' },
] as const;

/** The frame of the admin pages: the tabs one's role opens. */
export function AdminFrame(props: { title: string; children: ReactNode }) {
  const me = useMe();
  return (
    <Page wide>
      <PageTitle documentTitle={`${props.title} · ${t.title}`}>{t.title}</PageTitle>
      <nav aria-label={t.title} className={tabs.tabs}>
        {TABS.filter(({ needs }) => may(me, needs)).map(({ to, label }) => (
          <LinkPlain
            key={to}
            to={to}
            search={{}}
            className={tabs.tab}
            activeOptions={{ exact: true, includeSearch: false }}
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
