import { type ReactNode, useState } from 'react';
import { Problem } from '../../shared/problem.ts';
import { type Proof, ProofDialog } from './owner-proof.tsx';

type Act = (proof: Partial<Proof>) => Promise<void>;

/**
 * Runs something that the server may want confirmed: it is tried as it is (a young session is proof enough), and where
 * the server asks, a dialog does and it is tried again. `run` rejects with any other refusal.
 */
export function useOwnerProof(): { run: (act: Act) => Promise<void>; dialog: ReactNode } {
  const [pending, setPending] = useState<{ act: Act; cancel: () => void; done: () => void } | null>(null);

  const run = async (act: Act) => {
    try {
      await act({});
    } catch (error) {
      if (!(error instanceof Problem) || error.slug !== 'confirmation-required') throw error;
      await new Promise<void>((resolve, reject) => {
        setPending({ act, done: resolve, cancel: () => reject(error) });
      });
    }
  };
  const confirm = async (proof: Proof) => {
    await pending?.act(proof);
    pending?.done();
    setPending(null);
  };
  const close = () => {
    pending?.cancel();
    setPending(null);
  };
  return { run, dialog: pending && <ProofDialog onProof={confirm} onClose={close} /> };
}
