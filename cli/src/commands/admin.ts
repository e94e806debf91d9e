import { authRoutes } from '@spacedly/contracts';
import { call, Problem } from '@spacedly/kit';
import { failCommand } from '../fail.ts';
import { withServices } from '../in-process.ts';

interface Options {
  json?: boolean;
}

/** Makes the account of an e-mail address an admin. */
export async function grantAdmin(email: string, { json }: Options): Promise<void> {
  try {
    const user = await withServices('admin', async (transport, asService) => {
      const { body } = await call(transport, authRoutes.grantAdmin, { body: { email } }, asService);
      return body;
    });
    if (json) return console.log(JSON.stringify({ id: user.id, email: user.email, role: user.role }));
    console.log(`${user.email} is ADMIN now, and has to sign in again.`);
  } catch (error) {
    if (error instanceof Problem && error.status < 500) {
      console.error(error.errors?.[0]?.message ?? error.message);
      process.exit(error.code === 'VALIDATION_FAILED' ? 2 : 1);
    }
    failCommand(error);
  }
}
