// Shows push messages while no page of Spacedly is open. It keeps nothing and answers no requests.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** What the server sends: `{ title, body, url, tag }`. */
function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

self.addEventListener('push', (event) => {
  const { title = 'Spacedly', body = '', url, tag } = read(event.data);
  const options = { body, tag, data: { url }, icon: '/favicon.svg', badge: '/favicon.svg' };
  event.waitUntil(self.registration.showNotification(title, options));
});

/** Our own pages only, whatever a message says. */
function ownUrl(url) {
  try {
    const target = new URL(url ?? '/today', self.location.origin);
    return target.origin === self.location.origin ? target.href : '/today';
  } catch {
    return '/today';
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = ownUrl(event.notification.data?.url);
  const open = async () => {
    const pages = await self.clients.matchAll({ type: 'window' });
    const page = pages.find((client) => client.url === url) ?? pages[0];
    if (page === undefined) return self.clients.openWindow(url);
    await page.focus();
    return page.url === url ? page : page.navigate(url);
  };
  event.waitUntil(open());
});
