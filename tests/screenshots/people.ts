import { at, type Clock } from './clock.ts';
import { live } from './life.ts';
import { type Person, signUp } from './person.ts';

/** Makes everybody who is seen in the pictures. The first one administers the installation. */
export async function populate(url: string, clock: Clock): Promise<Record<'grace' | 'ada' | 'new', Person>> {
  await clock.set(at(-90, '10:00'));
  const grace = await signUp(url, 'Grace Hopper', 'grace@example.com');
  const ada = await signUp(url, 'Ada', 'ada@example.com');
  await signUp(url, 'Linus Pauling', 'linus@example.com');
  await signUp(url, 'Priya Raman', 'priya@example.com');
  await live(ada, clock);
  const mary = await signUp(url, 'Mary Shelley', 'mary@example.com');
  await mary.ask('PUT', '/v1/users/me/merchant', {
    businessName: 'Lovelace Engines',
    category: 'Machines',
    taxId: 'DE123456789',
    address: '1 Analytical Row, London',
    contactEmail: 'sales@example.com',
  });
  return { grace, ada, new: await signUp(url, 'Noor', 'noor@example.com') };
}
