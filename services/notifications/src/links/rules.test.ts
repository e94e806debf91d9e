import { deriveSecrets } from '@spacedly/kit';
import { expect, test } from 'vitest';
import {
  openActionLink,
  openUnsubscribe,
  REMINDER_ACTIONS,
  signActionLink,
  signUnsubscribe,
} from './rules.ts';

const secrets = deriveSecrets('a secret for the tests of links, long enough');
const deliveryId = '0198f3c2-7a1b-7c3d-8e4f-5a6b7c8d9e0f';

test.each(REMINDER_ACTIONS)('%s comes back, in 44 characters', (action) => {
  const token = signActionLink(secrets, { deliveryId, action });
  expect(token).toMatch(/^[\w-]{44}$/);
  expect(openActionLink(secrets, token)).toEqual({ deliveryId, action });
});

test('no byte can be changed, and no other secret signs', () => {
  const token = signActionLink(secrets, { deliveryId, action: 'snooze' });
  const bytes = Buffer.from(token, 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const forged = Buffer.from(bytes);
    forged[index] = (forged[index] as number) ^ 1;
    expect(openActionLink(secrets, forged.toString('base64url'))).toBeNull();
  }
  expect(openActionLink(deriveSecrets('another secret, just as long as the first'), token)).toBeNull();
  for (const nonsense of ['', 'x', `${token}x`, token.slice(1), '%00'.repeat(15), `${'é'.repeat(44)}`])
    expect(openActionLink(secrets, nonsense)).toBeNull();
});

test('a link of one purpose is none of another', () => {
  const facts = { userId: deliveryId, type: 'reminder', channel: 'email', locale: 'en' } as const;
  const unsubscribe = signUnsubscribe(secrets, facts);
  expect(openUnsubscribe(secrets, unsubscribe)).toEqual(facts);
  expect(openActionLink(secrets, unsubscribe)).toBeNull();
  expect(openUnsubscribe(secrets, signActionLink(secrets, { deliveryId, action: 'complete' }))).toBeNull();
  expect(openUnsubscribe(secrets, `${unsubscribe.slice(1)}`)).toBeNull();
});
