import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { codeFor, createTask, newAddress, PASSWORD, send, signUpQuickly } from './person.ts';

browserSuite('mistakes are told where they were made', (stage) => {
  test('sign-up: field errors, a wrong code, then the right one', async () => {
    const page = await stage.open();
    const email = newAddress();
    await page.goto('/sign-up');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Please enter your e-mail').waitFor();

    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill('not an address');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Must be an e-mail address').waitFor();
    expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD);

    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('group', { name: 'Six-digit code' }).waitFor();
    const code = await codeFor(page, email);
    await page.keyboard.insertText(code === '000000' ? '111111' : '000000');
    await page.getByRole('alert').getByText('The code is not right').waitFor();

    // The boxes are empty again and have the focus.
    await page.keyboard.type(code);
    await page.getByRole('heading', { name: /^Good/ }).waitFor();
  });

  test('sign-in: a wrong password, and back to the page that was asked for', async () => {
    const page = await stage.open();
    const email = await signUpQuickly(page);
    await page.context().clearCookies();
    await page.goto('/tasks?status=completed');
    await page.getByLabel('E-mail, phone or username').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('something else');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').getByText('The sign-in details are not right').waitFor();
    expect(await page.getByLabel('E-mail, phone or username').inputValue()).toBe(email);

    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    expect(new URL(page.url()).search).toBe('?status=completed');
  });

  test('tasks: what the server refuses stays in the form', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const task = await createTask(page, { title: 'Revise graphs' });
    await page.goto('/tasks');
    const long = 'x'.repeat(201);
    await page.getByLabel('New task').fill(long);
    await page.getByRole('button', { name: 'Add task' }).click();
    await page.getByText('Must be at most 200 characters').waitFor();
    expect(await page.getByLabel('New task').inputValue()).toBe(long);

    await page.goto(`/tasks/${task.id}`);
    await page.getByLabel('Link').fill('ftp://example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Must be an http or https address').waitFor();
    expect(await page.getByLabel('Link').inputValue()).toBe('ftp://example.com');
  });

  test('a task that was changed elsewhere is not overwritten unasked', async () => {
    const page = await stage.open();
    await signUpQuickly(page);
    const task = await createTask(page, { title: 'Revise graphs', priority: 'low' });
    await page.goto(`/tasks/${task.id}`);
    await page.getByLabel('Title').fill('Mine');
    await send(page, 'PATCH', `/v1/tasks/${task.id}`, { title: 'Theirs', priority: 'high' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('Changed elsewhere').waitFor();
    await page.getByRole('button', { name: 'Load the latest, keep what I typed' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Mine' }).waitFor();
    const saved = await (await page.request.get(`/v1/tasks/${task.id}`)).json();
    expect(saved).toMatchObject({ title: 'Mine', priority: 'high' });
  });
});
