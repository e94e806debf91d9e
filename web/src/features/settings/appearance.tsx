import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { texts } from '../../shared/texts.ts';
import { Section } from './section.tsx';

const t = texts.settings;
const THEMES = (['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t.themes[value] }));

/** The theme is kept in this browser: a phone at night may be dark while the desk is not. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t.appearance}>
      <SegmentedControl
        aria-label={t.theme}
        data={THEMES}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
        maw={340}
      />
    </Section>
  );
}
