import { access as accessDe } from '../src/texts/de/access.ts';
import { auth as authDe } from '../src/texts/de/auth.ts';
import { landing as landingDe } from '../src/texts/de/landing.ts';
import { access as accessEn } from '../src/texts/en/access.ts';
import { auth as authEn } from '../src/texts/en/auth.ts';
import { landing as landingEn } from '../src/texts/en/landing.ts';
import { access as accessEs } from '../src/texts/es/access.ts';
import { auth as authEs } from '../src/texts/es/auth.ts';
import { landing as landingEs } from '../src/texts/es/landing.ts';
import { access as accessHi } from '../src/texts/hi/access.ts';
import { auth as authHi } from '../src/texts/hi/auth.ts';
import { landing as landingHi } from '../src/texts/hi/landing.ts';

/** The font of the first words. Without a preload it comes after them, and what stands below them moves. */
const FONT = /figtree-latin-wght-normal-.*\.woff2$/;

/** What every page stands on. */
const ALWAYS = 'start';
/** What else public/before.js asks for: by language, and by the frame that is shown until the app is there. */
const CHOSEN = {
  en: 'en',
  de: 'de',
  es: 'es',
  hi: 'hi',
  landing: 'landing-page',
  enter: 'sign-in',
  card: 'sign-in',
  app: 'planner',
};

/** The files of the chunk and of all it imports, styles too. */
function filesOf(name, bundle) {
  const chunk = Object.values(bundle).find((output) => output.type === 'chunk' && output.name === name);
  if (chunk === undefined) throw new Error(`the build has no chunk ${name}`);
  const files = new Set();
  const collect = ({ fileName, imports, viteMetadata }) => {
    if (files.has(fileName)) return;
    files.add(fileName);
    for (const css of viteMetadata.importedCss) files.add(css);
    for (const next of imports) collect(bundle[next]);
  };
  collect(chunk);
  return [...files];
}

const TEXTS = {
  en: { landing: landingEn, auth: authEn, access: accessEn },
  de: { landing: landingDe, auth: authDe, access: accessDe },
  es: { landing: landingEs, auth: authEs, access: accessEs },
  hi: { landing: landingHi, auth: authHi, access: accessHi },
};
const LOGO = '<p class="logo"><img src="/favicon.svg" width="28" height="28" alt="" />Spacedly</p>';

const plain = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The top of src/features/landing/landing-page.tsx in one language. */
function landingFrame([language, { landing }]) {
  const { headline, lead, signUp, signIn } = landing;
  const sentences = headline.map((sentence) => `<span>${plain(sentence)} </span>`).join('');
  return `<div class="landing" lang="${language}">
          <div class="landing-header">${LOGO}</div>
          <div class="landing-main"><div class="landing-hero">
            <h1>${sentences}</h1>
            <p class="landing-lead">${plain(lead)}</p>
            <p class="ways"><a href="/sign-up">${plain(signUp)}</a><a href="/sign-in">${plain(signIn)}</a></p>
          </div></div>
        </div>`;
}

/** src/features/auth/sign-in-form.tsx in one language. */
function signInFrame([language, { auth, access }]) {
  return `<div class="card enter" lang="${language}">
          ${LOGO}
          <div class="paper">
            <h1 class="title">${plain(auth.signInTitle)}</h1>
            <p class="label">${plain(auth.identifier)}</p><p class="bar field"></p>
            <p class="label">${plain(auth.password)}</p><p class="bar field"></p>
            <p class="label remember">${plain(access.remember)}</p>
            <p class="send">${plain(auth.signIn)}</p>
          </div>
        </div>`;
}

/** The page that names the files of a build. */
function withDownloads(html, bundle) {
  const isNew = (file) => !html.includes(file);
  const always = filesOf(ALWAYS, bundle).filter(isNew);
  const chosen = Object.entries(CHOSEN).map(([key, name]) => {
    const own = filesOf(name, bundle).filter((file) => isNew(file) && !always.includes(file));
    return `data-${key}="${own.map((file) => `/${file}`).join(' ')}"`;
  });
  const link = (file, attrs) => ({
    tag: 'link',
    attrs: { ...attrs, href: `/${file}`, crossorigin: true },
    injectTo: 'head',
  });
  const preload = (file) =>
    file.endsWith('.css')
      ? link(file, { rel: 'preload', as: 'style', fetchpriority: 'low' })
      : link(file, { rel: 'modulepreload', fetchpriority: 'low' });
  const fonts = Object.keys(bundle).filter((file) => FONT.test(file));
  return {
    html: html.replace('src="/before.js"', `src="/before.js" ${chosen.join(' ')}`),
    tags: [
      ...fonts.map((file) => link(file, { rel: 'preload', as: 'font', type: 'font/woff2' })),
      ...always.map(preload),
    ],
  };
}

/**
 * A Vite plugin: what a visitor is told first stands in the page itself, in every language, and public/before.js chooses.
 * And the page asks at once for all that the app begins with. The app is imported dynamically, after the words
 * of the chosen language, and its pages are found out later still; without this each download would begin only then. All
 * of it with a low priority, so that the frame in index.html is painted before.
 */
export function firstPaint() {
  return {
    name: 'spacedly:first-paint',
    transformIndexHtml: {
      order: 'post',
      handler(withoutText, { bundle }) {
        const frames = Object.entries(TEXTS).flatMap((texts) => [landingFrame(texts), signInFrame(texts)]);
        const html = withoutText.replace('<!--frames-->', frames.join(''));
        // The development server has no bundle, and nothing to ask for before it is imported.
        return bundle === undefined ? html : withDownloads(html, bundle);
      },
    },
  };
}
