import type { Document, DocumentVersion } from '@spacedly/contracts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { browserSuite } from './browser.ts';
import { inspect } from './looks.ts';
import { send, signUpQuickly } from './person.ts';

const SLOW = { timeout: 180_000 };
const TEXT = 'Breadth first finds the shortest way.\n\n- [ ] prove it\n\n<b>not bold</b>';

const writeDocument = (page: Page, body: Partial<Document>) => send<Document>(page, 'POST', '/v1/docs', body);
const read = async (page: Page, id: string) =>
  (await (await page.request.get(`/v1/docs/${id}`)).json()) as Document;

/** Waits until everything typed is saved, by itself or by the button. */
const saved = (page: Page) => page.getByText('Everything is saved').waitFor();

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`/documents/${id}`);
  await page.getByLabel('Text', { exact: true }).waitFor({ timeout: 60_000 });
}

browserSuite('documents', (stage) => {
  test('written with a preview, saved, listed by tag, compared, brought back, binned', SLOW, async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    await page.goto('/today');
    await page.getByRole('navigation').getByRole('link', { name: 'Documents' }).click();
    await page.getByText('No documents yet').waitFor();
    await inspect(page, 'documents-empty');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'New document' }).click();
    const dialog = page.getByRole('dialog', { name: 'New document' });
    await dialog.getByRole('button', { name: 'New document' }).click();
    await dialog.getByText('Give the document a title').waitFor();
    await dialog.getByLabel('Title of the document').fill('Graphs');
    await dialog.getByRole('button', { name: 'New document' }).click();
    await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
    const docId = page.url().split('/').at(-1) ?? '';

    await page.getByLabel('Text', { exact: true }).fill(TEXT);
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByRole('checkbox').waitFor();
    expect(await preview.locator('b').count()).toBe(0);
    const tags = page.getByRole('combobox', { name: 'Tags' });
    await tags.fill('exam');
    await tags.press('Enter');
    await page.getByText('Not saved yet').waitFor();
    // Nobody has to press anything.
    await saved(page);
    expect(await read(page, docId)).toMatchObject({ content: TEXT, tags: ['exam'], visibility: 'private' });

    await page.getByLabel('Text', { exact: true }).fill(TEXT.replace('shortest', 'nearest'));
    await page.keyboard.press('ControlOrMeta+s');
    await saved(page);
    await inspect(page, 'document');
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.getByRole('link', { name: 'Versions' }).click();
    const diff = page.getByRole('region', { name: /^From version \d+ to \d+$/ });
    await diff.getByText('Breadth first finds the nearest way.').waitFor();
    expect(await diff.getByText('added: ').count()).toBe(1);
    await inspect(page, 'document-versions');
    await page.setViewportSize({ width: 1280, height: 800 });
    const { version } = await read(page, docId);
    await page.getByRole('button', { name: `Bring back version ${version - 1}` }).click();
    await page.getByText(`Version ${version - 1} is back`).waitFor();
    await page.getByText(`brings back version ${version - 1}`).waitFor();
    expect((await read(page, docId)).content).toBe(TEXT);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(`brings back version ${version}`, { exact: false }).waitFor();
    expect((await read(page, docId)).content).toContain('nearest');

    await page.goto('/documents');
    await page.getByRole('link', { name: 'exam' }).click();
    await page.waitForURL('**/documents?tag=exam');
    await inspect(page, 'documents');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('link', { name: 'Graphs' }).click();
    await page.getByRole('button', { name: 'Delete document' }).click();
    await page.getByText('“Graphs” is in the bin').waitFor();
    await page.getByRole('link', { name: 'Bin' }).click();
    await page.getByRole('button', { name: 'Restore “Graphs”' }).click();
    await page.getByText('The bin is empty').waitFor();
    expect((await read(page, docId)).deletedAt).toBeNull();
  });

  test('what was changed elsewhere is shown, and nothing is overwritten unasked', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await writeDocument(page, { title: 'Trees', content: 'one\ntwo' });
    await open(page, id);
    await send(page, 'PATCH', `/v1/docs/${id}`, { content: 'one\ntheirs' });
    await page.getByLabel('Text', { exact: true }).fill('one\nmine');
    const question = page.getByRole('alert').filter({ hasText: 'Changed elsewhere' });
    await question.getByText('theirs').waitFor();
    expect((await read(page, id)).content).toBe('one\ntheirs');
    await inspect(page, 'document-conflict');
    await question.getByRole('button', { name: 'Keep what I typed' }).click();
    await saved(page);
    expect((await read(page, id)).content).toBe('one\nmine');

    await send(page, 'PATCH', `/v1/docs/${id}`, { content: 'theirs again' });
    await page.getByLabel('Text', { exact: true }).fill('mine again');
    await question.getByRole('button', { name: 'Take the other version' }).click();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('theirs again');
    await saved(page);
  });

  test('what cannot be saved stays, and is asked about before it is left', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const { id } = await writeDocument(page, { title: 'Heaps' });
    await open(page, id);
    await page.getByLabel('Title of the document').fill('x'.repeat(201));
    await page.getByText('Must be at most 200 characters').waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('Title of the document').fill('Heaps and stacks');
    await page.getByRole('alert').getByText('The document was not saved').waitFor();
    await page.getByRole('link', { name: 'All documents' }).click();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.context().setOffline(false);
    expect(await page.getByLabel('Title of the document').inputValue()).toBe('Heaps and stacks');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);

    await page.context().clearCookies();
    await page.getByLabel('Text', { exact: true }).fill('typed when the session was over');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).waitFor();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toContain('session was over');
  });
});

browserSuite('documents of several people', (stage) => {
  test('shared, commented on, answered, no longer shared', SLOW, async () => {
    const owner = await stage.open();
    await signUpQuickly(owner, 'Ada');
    const reader = await stage.open();
    const address = await signUpQuickly(reader, 'Ben');
    const { id } = await writeDocument(owner, { title: 'Plan', content: '# Aim' });

    await reader.goto(`/documents/${id}`);
    await reader.getByRole('heading', { name: 'This document does not exist' }).waitFor();

    await owner.goto(`/documents/${id}`);
    await owner.getByRole('button', { name: 'Share' }).click();
    const sharing = owner.getByRole('dialog', { name: 'Share “Plan”' });
    await sharing.getByRole('button', { name: 'Share with them' }).click();
    await sharing.getByText('Please enter an e-mail address').waitFor();
    await sharing.getByLabel('E-mail').fill(address);
    await sharing.getByLabel('May', { exact: true }).selectOption('read');
    await sharing.getByRole('button', { name: 'Share with them' }).click();
    await sharing.getByRole('listitem').filter({ hasText: address }).waitFor();
    await inspect(owner, 'document-share');
    await owner.setViewportSize({ width: 1280, height: 800 });

    await reader.goto('/notifications');
    await reader.getByRole('link', { name: 'Ada shared a document with you' }).click();
    await reader.waitForURL(`**/documents/${id}`);
    await reader.getByText('You may read this document').waitFor();
    await inspect(reader, 'document-read');
    await reader.setViewportSize({ width: 1280, height: 800 });
    await sharing.getByLabel(/^What .* may do$/).selectOption('comment');
    await owner.getByText(/^Changed for/).waitFor();
    await owner.keyboard.press('Escape');

    await reader.reload();
    await reader.getByLabel('Your comment').fill('Is this *all*?');
    await reader.getByRole('button', { name: 'Comment', exact: true }).click();
    await reader.getByRole('article').getByText('Is this *all*?').waitFor();

    await owner.reload();
    await owner.getByRole('button', { name: 'Reply to Ben' }).click();
    await owner.getByLabel('Reply to Ben').fill('No, @nobody');
    await owner.keyboard.press('ControlOrMeta+Enter');
    const reply = owner.getByRole('article').filter({ hasText: 'No, @nobody' });
    await reply.getByText('@nobody', { exact: true }).waitFor();
    await reply.getByRole('button', { name: 'Edit the comment by Ada' }).click();
    await owner.getByLabel('Edit the comment by Ada').fill('Not yet');
    await owner.keyboard.press('ControlOrMeta+Enter');
    await owner.getByRole('article').filter({ hasText: 'Not yet' }).getByText('edited').waitFor();
    await owner.getByRole('button', { name: 'Delete the comment by Ben' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await owner.getByText('This comment was deleted.').waitFor();
    await inspect(owner, 'document-comments');
    await owner.setViewportSize({ width: 1280, height: 800 });

    await owner.getByRole('button', { name: 'Share' }).click();
    await sharing.getByRole('button', { name: /^Stop sharing with/ }).click();
    await sharing.getByText('Shared with nobody yet.').waitFor();
    await reader.reload();
    await reader.getByRole('heading', { name: 'This document does not exist' }).waitFor();
  });

  test('a public one is read without an account, another one asks for a sign-in', async () => {
    const owner = await stage.open();
    await signUpQuickly(owner, 'Ada');
    const { id } = await writeDocument(owner, { title: 'Open letter', content: 'Dear all' });
    await open(owner, id);
    await owner.getByRole('combobox', { name: 'Who can see it' }).click();
    await owner.getByRole('option', { name: 'Everybody' }).click();
    await owner.getByText('without an account too').waitFor();
    await saved(owner);
    expect(await read(owner, id)).toMatchObject({ visibility: 'public' });

    const visitor = await stage.open();
    await visitor.goto(`/documents/${id}`);
    await visitor.getByRole('heading', { name: 'Open letter' }).waitFor();
    await visitor.getByText('Dear all').waitFor();
    await inspect(visitor, 'document-public');
    await send(owner, 'PATCH', `/v1/docs/${id}`, { visibility: 'private' });
    await visitor.reload();
    await visitor.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(new URL(visitor.url()).searchParams.get('next')).toBe(`/documents/${id}`);
    await waitFor(
      async () => {
        const answer = await owner.request.get(`/v1/docs/${id}/versions`);
        const { items } = (await answer.json()) as { items: DocumentVersion[] };
        return items.length === 3 || undefined;
      },
      5_000,
      'a version for each change',
    );
  });
});
