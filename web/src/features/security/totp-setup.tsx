import { Code, Group, Stack, Text } from '@mantine/core';
import { api, unwrap } from '../../shared/api.ts';
import { CopyButton } from '../../shared/copy-button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { texts } from '../../shared/texts.ts';
import { CodeEntry } from '../auth/code-entry.tsx';

const t = texts.security.second;
const QR_SIZE = 208;

export interface TotpSecret {
  secret: string;
  otpauthUrl: string;
  qrSvg: string;
}

interface TotpSetupProps {
  secret: TotpSecret;
  onConfirmed: (recoveryCodes: string[]) => void;
  onClose: () => void;
}

/** `ABCDEFGH…` → `ABCD EFGH …`, as people read it off. */
function inFours(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** The QR code to scan, the key to type, and the code that proves it worked. */
export function TotpSetupDialog({ secret, onConfirmed, onClose }: TotpSetupProps) {
  const confirm = async (code: string) => {
    const { recoveryCodes } = await unwrap(api.POST('/v1/auth/2fa/totp/confirm', { body: { code } }));
    onConfirmed(recoveryCodes);
  };
  return (
    <Dialog opened title={t.scanTitle} onClose={onClose}>
      <Stack>
        <Text size="sm">{t.scan}</Text>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(secret.qrSvg)}`}
          alt={t.qr}
          width={QR_SIZE}
          height={QR_SIZE}
          style={{ alignSelf: 'center', background: '#fff', padding: 8, borderRadius: 8 }}
        />
        <Stack gap={6} align="center">
          <Text size="sm" c="dimmed">
            {t.secret}
          </Text>
          <Code className="break-words" ta="center">
            {inFours(secret.secret)}
          </Code>
          <Group>
            <CopyButton
              text={secret.secret}
              label={t.copySecret}
              doneLabel={texts.security.recovery.copied}
            />
          </Group>
        </Stack>
        <CodeEntry onCode={confirm} />
      </Stack>
    </Dialog>
  );
}
