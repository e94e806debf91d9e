import { api, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { texts } from '../../shared/texts.ts';

const t = texts.preferences.push;
const WORKER = '/sw.js';

/** Push messages need https (or this machine), and a browser that knows them. */
export function isPushPossible(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/** What a browser allows can be taken back in its settings alone. */
async function askPermission(): Promise<void> {
  const answer = await Notification.requestPermission();
  if (answer !== 'granted') throw new Problem(403, { detail: t.denied });
}

/** Has this device get push messages. @throws Problem, with words for the person */
export async function subscribe(): Promise<void> {
  await askPermission();
  const { publicKey } = await unwrap(api.GET('/v1/notifications/push-key'));
  const registration = await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const subscription = await registration.pushManager.subscribe(options).catch(() => {
    throw new Problem(0, { detail: t.noService });
  });
  const { endpoint = '', keys = {} } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys;
  await unwrap(
    api.POST('/v1/notifications/push-subscriptions', { body: { endpoint, keys: { p256dh, auth } } }),
  );
}
