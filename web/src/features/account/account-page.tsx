import { texts } from '../../shared/texts.ts';
import { SettingsFrame } from '../settings/settings-frame.tsx';
import { AddressSection } from './address-section.tsx';
import { DataSection } from './data-section.tsx';
import { DeleteSection } from './delete-section.tsx';

export function AccountPage() {
  return (
    <SettingsFrame title={texts.settings.tabs.account}>
      <AddressSection />
      <DataSection />
      <DeleteSection />
    </SettingsFrame>
  );
}
