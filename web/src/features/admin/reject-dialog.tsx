import { Button, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Merchant } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { keys } from '../../shared/query.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { reviewMerchant } from './merchants-page.tsx';

const t = texts.admin.merchants;

/** A rejection says why. */
export function RejectDialog({ merchant, onClose }: { merchant: Merchant; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (value) => (value.trim() ? null : t.reasonMissing) },
  });
  const problem = useFormProblem(form, { reason: 'reason' });
  const submit = form.onSubmit(async ({ reason }) => {
    setBusy(true);
    problem.clear();
    try {
      await reviewMerchant(merchant, { status: 'REJECTED', reason: reason.trim() });
      toastDone(t.rejected);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.admin });
    } catch (error) {
      problem.show(error);
      setBusy(false);
    }
  });
  return (
    <Dialog opened title={t.rejectTitle(merchant.businessName)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <LeaveGuard active={form.isDirty()} />
        <Stack>
          <FormProblem title={t.failed} message={problem.message} />
          <Textarea
            label={t.reason}
            description={t.reasonHint}
            autosize
            minRows={3}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Button type="submit" color="red" loading={busy}>
            {t.reject}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
