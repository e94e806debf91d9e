import { Page } from '../../shared/page.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { texts } from '../../shared/texts.ts';
import { Appearance } from './appearance.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Sessions } from './sessions.tsx';
import { SignOut } from './sign-out.tsx';

export function SettingsPage() {
  return (
    <Page>
      <PageTitle documentTitle={texts.settings.title}>{texts.settings.title}</PageTitle>
      <ProfileForm />
      <Appearance />
      <Sessions />
      <SignOut />
    </Page>
  );
}
