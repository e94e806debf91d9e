import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { rememberSignedIn } from '../../shared/signed-in.ts';
import { texts } from '../../shared/texts.ts';
import { type Proof, ProofDialog } from '../security/owner-proof.tsx';
import { Section } from '../settings/section.tsx';

const t = texts.security.delete;

export function DeleteSection() {
  const [step, setStep] = useState<'rest' | 'ask' | 'done'>('rest');
  const remove = async (proof: Proof) => {
    await unwrap(api.DELETE('/v1/users/me', { body: proof }));
    rememberSignedIn(false);
    setStep('done');
  };
  // A full load, so that nothing of this person stays in memory.
  const leave = () => window.location.assign('/');
  return (
    <Section title={t.title} hint={t.hint}>
      <Group>
        <Button color="red" variant="outline" onClick={() => setStep('ask')}>
          {t.button}
        </Button>
      </Group>
      {step === 'ask' && (
        <ProofDialog
          title={t.confirmTitle}
          lead={t.confirmLead}
          button={t.button}
          color="red"
          onProof={remove}
          onClose={() => setStep('rest')}
        />
      )}
      {step === 'done' && (
        <Dialog opened insistent title={t.title} onClose={leave}>
          <Stack>
            <Text size="sm">{t.done}</Text>
            <Button onClick={leave}>{texts.errors.notFoundHome}</Button>
          </Stack>
        </Dialog>
      )}
    </Section>
  );
}
