import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { signUpQuickly } from './person.ts';

/** In a browser with windows: without them there is no system to show notifications. */
const options = { hasWindows: true };

browserSuite(
  'on this device',
  (stage) => {
    test('a push message shows as a notification of the system', async () => {
      const page = await stage.open({ permissions: ['notifications'] });
      await signUpQuickly(page);
      await page.goto('/settings/notifications');
      await page.getByRole('button', { name: 'Get push messages on this device' }).waitFor();
      const devtools = await page.context().newCDPSession(page);
      const registered = new Promise<string>((resolve) => {
        devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
          const [first] = registrations;
          if (first !== undefined) resolve(first.registrationId);
        });
      });
      await devtools.send('ServiceWorker.enable');
      await page.evaluate(
        `navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)`,
      );
      const data = JSON.stringify({
        title: 'Call Bob',
        body: 'Now',
        url: 'https://evil.example/',
        tag: 'd-1',
      });
      const registrationId = await registered;
      await devtools.send('ServiceWorker.deliverPushMessage', { origin: stage.url, registrationId, data });
      const shown = () =>
        page.evaluate<{ title: string; body: string; tag: string }[]>(`navigator.serviceWorker.ready
          .then((registration) => registration.getNotifications())
          .then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))`);
      await expect.poll(shown).toEqual([{ title: 'Call Bob', body: 'Now', tag: 'd-1' }]);
    });
  },
  options,
);
