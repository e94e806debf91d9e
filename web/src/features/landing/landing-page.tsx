import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LinkButton } from '../../shared/links.tsx';
import { Logo } from '../../shared/logo.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { texts } from '../../shared/texts.ts';
import { setupQuery } from '../auth/account.ts';
import classes from './landing-page.module.css';
import { Moments } from './moments.tsx';

/** What a signed-out visitor sees; on a new installation, its welcome. */
export function LandingPage() {
  const first = useQuery(setupQuery).data?.needsFirstAccount ?? false;
  return (
    <div className="landing">
      <header className="landing-header">
        <Logo />
        {!first && (
          <LinkButton to="/sign-in" variant="subtle">
            {texts.landing.signIn}
          </LinkButton>
        )}
      </header>
      <main className="landing-main">
        {first ? <Welcome /> : <Pitch />}
        <Moments />
        {!first && <Points />}
      </main>
    </div>
  );
}

function Welcome() {
  return (
    <div className="landing-hero">
      <PageTitle documentTitle={texts.welcome.title}>{texts.welcome.title}</PageTitle>
      <p className="landing-lead">{texts.welcome.sentences.join(' ')}</p>
      <Group>
        <LinkButton to="/sign-up" size="md">
          {texts.welcome.start}
        </LinkButton>
      </Group>
      <Text size="sm" c="dimmed">
        {texts.welcome.admin}
      </Text>
    </div>
  );
}

function Pitch() {
  return (
    <div className="landing-hero">
      <PageTitle documentTitle={texts.landing.headline.join(' ')}>
        {texts.landing.headline.map((sentence) => (
          <span key={sentence}>{sentence} </span>
        ))}
      </PageTitle>
      <p className="landing-lead">{texts.landing.lead}</p>
      <Group>
        <LinkButton to="/sign-up" size="md">
          {texts.landing.signUp}
        </LinkButton>
        <LinkButton to="/sign-in" size="md" variant="default">
          {texts.landing.signIn}
        </LinkButton>
      </Group>
    </div>
  );
}

function Points() {
  return (
    <ul className={classes.points}>
      {texts.landing.points.map((point) => (
        <li key={point.title}>
          <Text component="h2" fw={650}>
            {point.title}
          </Text>
          <Text c="dimmed">{point.text}</Text>
        </li>
      ))}
    </ul>
  );
}
