import type { ReactNode } from 'react';
import { LinkPlain } from '../../shared/links.tsx';
import { Page } from '../../shared/page.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import tabs from '../../shared/tabs.module.css';
import { texts } from '../../shared/texts.ts';

const t = texts.settings;
const TABS = [
  { to: '/settings', label: t.tabs.profile },
  { to: '/settings/notifications', label: t.tabs.notifications },
  { to: '/settings/security', label: t.tabs.security },
  { to: '/settings/account', label: t.tabs.account },
  { to: '/settings/business', label: t.tabs.business },
] as const;

/** The frame of every page of the settings. `title` names the page in the tab of the browser. */
export function SettingsFrame(props: { title: string; children: ReactNode }) {
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
