import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The accent: a quiet spruce green. Shade 7 carries white text at 6:1. */
const spruce: MantineColorsTuple = [
  '#eef7f4',
  '#dbede7',
  '#b3d9cd',
  '#86c4b2',
  '#5fb19b',
  '#3f9b84',
  '#2b8470',
  '#1f6b5e',
  '#1a584d',
  '#12403a',
];

/** For what is late or urgent: burnt clay, calmer than red. */
const clay: MantineColorsTuple = [
  '#fcf1ec',
  '#f7e0d6',
  '#efbfab',
  '#e79c7d',
  '#df7d56',
  '#cf6238',
  '#b95129',
  '#9d411f',
  '#82351a',
  '#652a15',
];

const red: MantineColorsTuple = [
  '#fdf0ee',
  '#fbdfdb',
  '#f6bdb6',
  '#f19a90',
  '#ea766a',
  '#dd5346',
  '#c93a2d',
  '#b42318',
  '#961c13',
  '#74160f',
];

const gray: MantineColorsTuple = [
  '#f8f7f4',
  '#f1f0ec',
  '#e6e5e0',
  '#d8d8d2',
  '#8f9792',
  '#7c8580',
  '#69726e',
  '#4d5652',
  '#363e3b',
  '#222926',
];

const dark: MantineColorsTuple = [
  '#dce2df',
  '#bac3bf',
  '#9ba6a2',
  '#66726e',
  '#6f7a76',
  '#2d3534',
  '#232a29',
  '#1a201f',
  '#131817',
  '#0d1110',
];

const SYSTEM_FONTS =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

export const theme = createTheme({
  colors: { spruce, clay, red, gray, dark },
  primaryColor: 'spruce',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  fontFamily: `'Figtree Variable', ${SYSTEM_FONTS}`,
  headings: {
    fontFamily: `'Figtree Variable', ${SYSTEM_FONTS}`,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.2' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Paper: { defaultProps: { radius: 'lg', withBorder: true } },
    Modal: { defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
    Notification: { defaultProps: { withBorder: true } },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Alert: { defaultProps: { radius: 'md' } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } },
    },
  },
});

/** Mantine's dimmed, placeholder and error colours are below 4.5:1 on our surfaces; these are above. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--page': '#f6f5f1',
    '--surface-hover': '#f8f7f4',
    '--hairline': '#e6e5e0',
    '--late': '#9d411f',
    '--heat-0': '#f1f0ec',
    '--heat-1': '#b3d9cd',
    '--heat-2': '#5fb19b',
    '--heat-3': '#2b8470',
    '--heat-4': '#12403a',
    '--chart-1': '#2b8470',
    '--chart-2': '#b95129',
    '--chart-2-gap': '#f7e0d6',
    '--nav-hover': '#ebeae5',
    '--track': '#ebeae5',
    '--nav-here': '#dbede7',
    '--nav-here-text': '#1a584d',
    '--mantine-color-text': '#222926',
    '--mantine-color-dimmed': '#5d6662',
    '--mantine-color-placeholder': '#6d7671',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#d8d8d2',
    '--mantine-color-anchor': '#1f6b5e',
  },
  dark: {
    '--page': '#131817',
    '--surface-hover': '#212827',
    '--hairline': '#2d3534',
    '--late': '#efab8f',
    '--heat-0': '#1f2625',
    '--heat-1': '#1a584d',
    '--heat-2': '#2b8470',
    '--heat-3': '#5fb19b',
    '--heat-4': '#b3d9cd',
    '--chart-1': '#5fb19b',
    '--chart-2': '#df7d56',
    '--chart-2-gap': '#5a3222',
    '--nav-hover': '#1f2625',
    '--track': '#1f2625',
    '--nav-here': '#203b35',
    '--nav-here-text': '#b3d9cd',
    '--mantine-color-text': '#dce2df',
    '--mantine-color-dimmed': '#9ba6a2',
    '--mantine-color-placeholder': '#8b9692',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-anchor': '#86c4b2',
    '--mantine-color-default-border': '#3a4442',
    '--mantine-color-red-light-color': '#ff9d92',
    '--mantine-color-clay-light': '#43281c',
    '--mantine-color-clay-light-color': '#efbfab',
    '--mantine-color-spruce-light': '#203b35',
    '--mantine-color-spruce-light-hover': '#26463f',
    '--mantine-color-spruce-light-color': '#b3d9cd',
  },
});
