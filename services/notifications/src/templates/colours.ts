/** The colours of the web app's theme (web/src/app/theme.ts), for mails and the pages that links in them lead to. */
export const light = {
  page: '#f6f5f1',
  card: '#ffffff',
  box: '#f1f0ec',
  line: '#e6e5e0',
  text: '#222926',
  quiet: '#5d6662',
  accent: '#1f6b5e',
  onAccent: '#ffffff',
};

export const dark: typeof light = {
  page: '#131817',
  card: '#1a201f',
  box: '#262e2d',
  line: '#2d3534',
  text: '#dce2df',
  quiet: '#9ba6a2',
  accent: '#86c4b2',
  onAccent: '#131817',
};

const variables = (colours: typeof light) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** As variables of a page, `--page` and so on, following the system's choice. */
export const COLOUR_VARIABLES = `
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}`;
