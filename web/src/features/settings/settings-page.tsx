import { texts } from '../../shared/texts.ts';
import { Appearance } from './appearance.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { SignOut } from './sign-out.tsx';

export function SettingsPage() {
  return (
    <SettingsFrame title={texts.settings.tabs.profile}>
      <ProfileForm />
      <Appearance />
      <SignOut />
    </SettingsFrame>
  );
}
