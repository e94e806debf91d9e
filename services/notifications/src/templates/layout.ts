import { dark, light } from './colours.ts';
import { escapeHtml as e } from './escape.ts';
import type { Letter, LetterLink, LetterList } from './messages.ts';

/** Mail programs want styles inline; the sheet only holds what cannot be: dark colours and small screens. */
const SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;background:${light.page}}
@media (prefers-color-scheme:dark){
body,.page{background:${dark.page}!important}
.card{background:${dark.card}!important;border-color:${dark.line}!important}
.card,.card h1,.card p,.card ul{color:${dark.text}!important}
.box{background:${dark.box}!important;color:${dark.text}!important}
.card .quiet,.quiet,.quiet a{color:${dark.quiet}!important}
.card .accent{color:${dark.accent}!important}
}
@media (max-width:520px){.card{padding:24px 20px!important}}
`.replaceAll('\n', '');

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TEXT = `margin:0 0 16px;font-size:16px;line-height:24px;color:${light.text};${FONT}`;
const QUIET = `margin:0 0 8px;font-size:13px;line-height:20px;color:${light.quiet};${FONT}`;
const BOX = `background:${light.box};border-radius:8px;color:${light.text}`;
const accent = (style = '') => `class="accent" style="color:${light.accent};${style}"`;

function paragraph(text: string): string {
  return `<p dir="auto" style="${TEXT}">${e(text)}</p>`;
}

function codeBox(code: string): string {
  const style = `${BOX};padding:16px;margin:0 0 16px;text-align:center;font:600 32px/40px ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px;user-select:all`;
  return `<div class="box" style="${style}">${e(code)}</div>`;
}

function quoteBox(text: string): string {
  const style = `${BOX};padding:12px 16px;margin:0 0 16px;font-size:16px;line-height:24px;white-space:pre-wrap;overflow-wrap:anywhere;${FONT}`;
  return `<div class="box" dir="auto" style="${style}">${e(text)}</div>`;
}

function button({ label, url }: { label: string; url: string }, hint: string): string {
  const style = `display:inline-block;padding:12px 24px;border-radius:8px;background:${light.accent};color:${light.onAccent};font-weight:600;font-size:16px;line-height:24px;text-decoration:none;${FONT}`;
  return (
    `<p style="margin:8px 0 24px"><a href="${e(url)}" style="${style}">${e(label)}</a></p>` +
    `<p class="quiet" style="${QUIET}">${e(hint)}<br><a href="${e(url)}" style="color:${light.quiet};overflow-wrap:anywhere">${e(url)}</a></p>`
  );
}

function link({ label, url }: LetterLink, look: string): string {
  return `<a href="${e(url)}" ${look}>${e(label)}</a>`;
}

function listOf({ heading, items }: LetterList): string {
  const rows = items.map(({ text, detail, url }) => {
    const title = url === null ? e(text) : link({ label: text, url }, accent());
    const more = detail === '' ? '' : `<br><span class="quiet" style="font-size:13px">${e(detail)}</span>`;
    return `<li dir="auto" style="margin:0 0 8px;overflow-wrap:anywhere">${title}${more}</li>`;
  });
  const title = `<p style="${TEXT};font-weight:600;margin:0 0 8px">${e(heading)}</p>`;
  return `${title}<ul style="${TEXT};padding-left:20px">${rows.join('')}</ul>`;
}

function moreActions(links: readonly LetterLink[]): string {
  const look = accent(`display:inline-block;margin:0 16px 8px 0;font-weight:600;${FONT}`);
  return `<p style="margin:0 0 16px">${links.map((one) => link(one, look)).join('')}</p>`;
}

/** The parts in the order people read them: the code and the quote stand before the last paragraph. */
function bodyOf(letter: Letter, linkHint: string): string {
  const paragraphs = letter.paragraphs.map(paragraph);
  const last = letter.code === undefined ? [] : paragraphs.splice(-1);
  return [
    ...paragraphs,
    ...(letter.code === undefined ? [] : [codeBox(letter.code)]),
    ...last,
    ...(letter.quote === undefined ? [] : [quoteBox(letter.quote)]),
    ...(letter.lists ?? []).map(listOf),
    ...(letter.moreActions === undefined ? [] : [moreActions(letter.moreActions)]),
    ...(letter.action === undefined ? [] : [button(letter.action, linkHint)]),
  ].join('');
}

/** The HTML part of a mail. Everything in the letter is text and escaped here, in this one place. */
export function letterHtml(letter: Letter, { lang, linkHint }: { lang: string; linkHint: string }): string {
  const heading = `margin:0 0 20px;font-size:22px;line-height:30px;font-weight:600;color:${light.text};overflow-wrap:anywhere;${FONT}`;
  const card = `max-width:560px;margin:0 auto;padding:32px;background:${light.card};border:1px solid ${light.line};border-radius:12px`;
  return (
    `<!doctype html><html lang="${e(lang)}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">' +
    `<title>${e(letter.subject)}</title><style>${SHEET}</style></head>` +
    `<body><div class="page" style="background:${light.page};padding:24px 12px">` +
    `<div class="card" style="${card}"><h1 dir="auto" style="${heading}">${e(letter.heading)}</h1>` +
    `${bodyOf(letter, linkHint)}</div>` +
    `<div style="max-width:560px;margin:0 auto;padding:16px 32px"><p class="quiet" style="${QUIET}">${e(letter.footnote)}` +
    `${letter.unsubscribe === undefined ? '' : ` ${link(letter.unsubscribe, `style="color:${light.quiet}"`)}`}</p></div>` +
    '</div></body></html>'
  );
}

function listText({ heading, items }: LetterList): string {
  const lines = items.map(({ text, detail }) => `- ${text}${detail === '' ? '' : ` (${detail})`}`);
  return [heading, ...lines].join('\n');
}

/** The text part of a mail, with the same content. */
export function letterText(letter: Letter): string {
  const paragraphs = [...letter.paragraphs];
  const last = letter.code === undefined ? [] : paragraphs.splice(-1);
  return [
    letter.heading,
    ...paragraphs,
    ...(letter.code === undefined ? [] : [letter.code]),
    ...last,
    ...(letter.quote === undefined ? [] : [letter.quote]),
    ...(letter.lists ?? []).map(listText),
    ...(letter.moreActions ?? []).map(({ label, url }) => `${label}: ${url}`),
    ...(letter.action === undefined ? [] : [`${letter.action.label}: ${letter.action.url}`]),
    `-- \n${letter.footnote}`,
    ...(letter.unsubscribe === undefined ? [] : [`${letter.unsubscribe.label}: ${letter.unsubscribe.url}`]),
  ].join('\n\n');
}
