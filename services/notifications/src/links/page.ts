import { COLOUR_VARIABLES } from '../templates/colours.ts';
import { escapeHtml as e } from '../templates/escape.ts';

/** What a page that a link leads to says. */
export interface LinkPage {
  lang: string;
  title: string;
  body?: string;
  /** The button that acts; without it the page only tells. */
  button?: string;
  /** To the app. */
  open: { label: string; url: string };
}

/** The page has no script and sends its one form to where it came from. */
export const LINK_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `${COLOUR_VARIABLES}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
main{max-width:480px;margin:12vh auto 0;padding:32px 24px;background:var(--card);border-radius:12px;text-align:center}
h1{font-size:22px;margin:0 0 16px;overflow-wrap:anywhere}
button{font:inherit;font-weight:600;padding:12px 24px;border:0;border-radius:8px;background:var(--accent);color:var(--onAccent);cursor:pointer}
a{color:var(--accent)}
`;

/** A page as HTML; whatever came from people is escaped. */
export function linkPage({ lang, title, body, button, open }: LinkPage): string {
  const form = button === undefined ? '' : `<form method="post"><p><button>${e(button)}</button></p></form>`;
  return (
    `<!doctype html><html lang="${e(lang)}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">' +
    `<meta name="referrer" content="no-referrer"><title>${e(title)}</title><style>${STYLE}</style></head>` +
    `<body><main><h1 dir="auto">${e(title)}</h1>${body === undefined ? '' : `<p>${e(body)}</p>`}${form}` +
    `<p><a href="${e(open.url)}">${e(open.label)}</a></p></main></body></html>`
  );
}
