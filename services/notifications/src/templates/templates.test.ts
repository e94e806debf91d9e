import { LANGUAGES } from '@spacedly/contracts';
import { describe, expect, test } from 'vitest';
import type { CodeContent, Content, ReminderContent, RenderContext } from './messages.ts';
import { render } from './render.ts';
import { samples } from './samples.ts';
import { formatDay, formatInstant } from './times.ts';

const context: RenderContext = {
  publicUrl: 'https://plan.example.com',
  locale: 'en',
  timeZone: 'Europe/Berlin',
  now: new Date('2026-12-09T08:50:00.000Z'),
};
const contents = samples;
const reminder = samples.find(({ kind }) => kind === 'reminder') as ReminderContent;

describe.each(contents)('$kind', (content) => {
  test('speaks every language, each its own', () => {
    const said = LANGUAGES.map((locale) => {
      const { subject, text, html } = render('email', content, { ...context, locale });
      expect(html).toContain(`<html lang="${locale === 'en' ? 'en-GB' : locale}"`);
      expect(`${subject}${text}`).not.toMatch(/undefined|null|\[object|=>/);
      return `${subject} ${text}`;
    });
    expect(new Set(said).size).toBe(LANGUAGES.length);
    for (const channel of ['sms', 'push'] as const) {
      const short = LANGUAGES.map((locale) => {
        const { subject, text } = render(channel, content, { ...context, locale });
        return subject + text;
      });
      expect(new Set(short).size).toBe(LANGUAGES.length);
    }
  });

  test('has both parts of a mail, an SMS and a push', () => {
    const mail = render('email', content, context);
    expect(mail.subject).not.toBe('');
    expect(mail.html).toMatch(/^<!doctype html>.*<\/html>$/s);
    expect(mail.html).toContain('prefers-color-scheme:dark');
    expect(mail.text).not.toMatch(/<\w/);
    for (const channel of ['sms', 'push'] as const) {
      const short = render(channel, content, context);
      expect(short.text).not.toBe('');
      expect(short.html).toBe('');
    }
  });

  test('links nowhere but to our own address', () => {
    const { html, text } = render('email', content, context);
    const links = [...`${html} ${text}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link);
    for (const link of links) expect(link).toMatch(/^https:\/\/plan\.example\.com\//);
    expect(html).not.toMatch(/<(img|script|link|iframe)/);
  });
});

test.each([
  '<script>alert(1)</script>',
  '"onload="alert(1)',
  "' onmouseover='alert(1)",
  '</title><img src=x onerror=alert(1)>',
  '&lt;b&gt;',
])('escapes %s wherever a person put it', (evil) => {
  const fields = {
    ...{ name: evil, title: evil, message: evil, taskId: evil, device: evil, ip: evil },
    ...{ businessName: evil, reason: evil, credential: evil, newAddress: evil, exportId: evil, token: evil },
  };
  const due = { taskId: evil, title: evil, dueDate: null, dueDay: null };
  const lists = { items: [{ title: evil, detail: evil, taskId: evil }], overdue: [due], today: [due] };
  for (const content of contents) {
    const { html, text, subject } = render('email', { ...content, ...fields, ...lists } as Content, context);
    const shown = html.replaceAll(/<[a-z!/][^>]*>/g, (tag) => {
      expect(tag.replaceAll(/"[^"]*"/g, '')).not.toMatch(/alert|\bon\w+=/);
      return '';
    });
    expect(shown).not.toMatch(/[<>"]/);
    if (content.kind === 'reminder') {
      expect(subject).toContain(evil);
      expect(text).toContain(evil);
    }
  }
});

test('a line break in a title starts no header', () => {
  const title = 'Milk\r\nBcc: victim@example.com\n\n<body>\u2028x\u0085y';
  for (const channel of ['email', 'push'] as const) {
    const { subject } = render(channel, { ...reminder, title }, context);
    expect(subject).toBe('Reminder: Milk Bcc: victim@example.com <body> x y');
  }
});

test('a code says what it is for, how long it is valid and that nobody else should get it', () => {
  const mail = render('email', contents[0] as Content, context);
  expect(mail.subject).toBe('012345 is your Spacedly code');
  expect(mail.text).toMatch(/^012345$/m);
  expect(mail.text.match(/\b\d{6}\b/g)).toEqual(['012345']);
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('create your Spacedly account');
    expect(part).toContain('valid for 10 minutes');
    expect(part).toContain('Nobody else should get this code');
  }
  expect(render('sms', contents[0] as Content, context).text).toMatch(/^012345 .*10 minutes/);
});

test.each([
  ['SIGNUP', 'create your Spacedly account'],
  ['SIGNIN', 'sign in to Spacedly'],
  ['PASSWORD_RESET', 'set a new password'],
  ['EMAIL_CHANGE', 'confirm your new e-mail address'],
  ['PHONE_CHANGE', 'confirm your new phone number'],
  ['TWO_FACTOR', 'confirm that it is you'],
] as const)('a code for %s says so, in every channel', (purpose, words) => {
  const content = { ...(contents[0] as CodeContent), purpose };
  for (const channel of ['email', 'sms', 'push'] as const) {
    expect(render(channel, content, context).text).toContain(words);
  }
});

test('a link that does what the code does is a button, if it leads to us', () => {
  const content = contents[0] as CodeContent;
  const link = 'https://plan.example.com/verify-email?token=a&b="c"';
  const { html, text } = render('email', { ...content, link }, context);
  expect(text).toContain(link);
  expect(html).toContain('href="https://plan.example.com/verify-email?token=a&amp;b=&quot;c&quot;"');
  for (const elsewhere of [
    'https://plan.example.com.evil.example/x',
    'javascript:alert(1)',
    '//evil.example',
  ]) {
    expect(render('email', { ...content, link: elsewhere }, context).html).not.toMatch(/evil|javascript/);
  }
});

test('links of events lead to us or nowhere', () => {
  for (const kind of ['address-change-requested', 'address-change-reverted'] as const) {
    const content = contents.find((one) => one.kind === kind) as Content;
    for (const link of ['https://plan.example.com.evil.example/x', 'javascript:alert(1)']) {
      for (const channel of ['email', 'sms'] as const) {
        expect(JSON.stringify(render(channel, { ...content, link } as Content, context))).not.toMatch(
          /evil|javascript/,
        );
      }
    }
  }
});

test('whoever deleted their account can restore it; what an admin deleted only an admin', () => {
  const content = contents.find(({ kind }) => kind === 'account-deleted') as Content;
  expect(render('email', content, context).text).toContain(
    'https://plan.example.com/restore-account?token=a.b',
  );
  const byAdmin = render('email', { ...content, token: null } as Content, context);
  expect(byAdmin.text).not.toContain('https://');
  expect(byAdmin.text).toContain('administrator');
});

test.each([
  ['en', 'Device: Firefox on Linux, address 203.0.113.9'],
  ['de', 'Gerät: Firefox unter Linux, Adresse 203.0.113.9'],
  ['es', 'Dispositivo: Firefox en Linux, dirección 203.0.113.9'],
  ['hi', 'डिवाइस: Linux पर Firefox, पता 203.0.113.9'],
])('a device is named in %s', (locale, line) => {
  const content = contents.find(({ kind }) => kind === 'new-device') as Content;
  expect(render('email', content, { ...context, locale }).text).toContain(line);
  const unnamed = { ...content, browser: null, os: null, device: 'curl/8.5.0' } as Content;
  expect(render('email', unnamed, { ...context, locale }).text).toContain(': curl/8.5.0, ');
  const nowhere = { ...unnamed, device: '', ip: null } as Content;
  expect(render('email', nowhere, { ...context, locale }).text).not.toContain(line.slice(0, 5));
});

test('times are in the zone of the reader', () => {
  expect(render('email', reminder, context).text).toContain('Due Wednesday, 9 December 2026 at 10:00 CET');
  const inKolkata = { ...context, timeZone: 'Asia/Kolkata' };
  expect(render('push', reminder, inKolkata).text).toContain('at 14:30');
  const inUs = { ...context, locale: 'en-US', timeZone: 'America/New_York' };
  expect(render('push', reminder, inUs).text).toMatch(/Wednesday, December 9, 2026 at 4:00\sAM EST/);
});

test('a due day is the same day in every zone', () => {
  const content = { ...reminder, dueDate: null, dueDay: '2026-12-31' };
  for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    expect(render('push', content, { ...context, timeZone }).text).toBe('Due Thursday, 31 December 2026');
  }
});

test('an unknown zone or language falls back', () => {
  expect(formatInstant('2026-12-09T09:00:00.000Z', 'en-GB', 'Mars/Olympus')).toContain('09:00 UTC');
  expect(formatDay('2026-02-28', 'en-GB')).toBe('Saturday, 28 February 2026');
  for (const locale of ['fr', 'xx-YY', 'constructor', 'en_US', '']) {
    expect(render('push', reminder, { ...context, locale }).text).toContain('Due Wednesday');
  }
});

test('a task link is made of the id alone', () => {
  const { text } = render('email', reminder, context);
  expect(text).toContain('https://plan.example.com/tasks/019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10');
});
