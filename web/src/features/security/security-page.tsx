import { texts } from '../../shared/texts.ts';
import { Sessions } from '../settings/sessions.tsx';
import { SettingsFrame } from '../settings/settings-frame.tsx';
import { DevicesSection } from './devices-section.tsx';
import { LogSection } from './log-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { TokensSection } from './tokens-section.tsx';

export function SecurityPage() {
  return (
    <SettingsFrame title={texts.settings.tabs.security}>
      <PasswordSection />
      <SecondFactorSection />
      <PasskeysSection />
      <Sessions />
      <DevicesSection />
      <TokensSection />
      <LogSection />
    </SettingsFrame>
  );
}
