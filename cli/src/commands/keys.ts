import { authRoutes } from '@spacedly/contracts';
import { call } from '@spacedly/kit';
import { failCommand } from '../fail.ts';
import { withServices } from '../in-process.ts';

interface Options {
  revokeOld?: boolean;
  json?: boolean;
}

/** Makes a new signing key. Running servers hear of it by signal; none has to be restarted. */
export async function rotateKeys({ revokeOld = false, json }: Options): Promise<void> {
  try {
    const key = await withServices('keys', async (transport, asService) => {
      const { body } = await call(transport, authRoutes.rotateKeys, { body: { revokeOld } }, asService);
      return body;
    });
    if (json) return console.log(JSON.stringify(key));
    console.log(`The key ${key.kid} signs from ${key.signsFrom}.`);
    console.log(
      revokeOld
        ? 'Every other key is gone: access tokens signed with them are refused, and apps refresh them.'
        : 'The key before it verifies until the last token it signed is dead.',
    );
  } catch (error) {
    failCommand(error);
  }
}
