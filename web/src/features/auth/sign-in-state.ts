import { useState } from 'react';
import type { SecondFactorRequired, User } from '../../shared/api.ts';
import type { Address } from './address.ts';

/** What a sign-in is waiting for. */
export type SignInStep =
  | { kind: 'password' }
  | { kind: 'ask-code'; typed: string }
  | { kind: 'code'; address: Address; sentAt: number }
  | { kind: 'second-factor'; required: SecondFactorRequired };

export interface SignInFlow {
  step: SignInStep;
  go: (step: SignInStep) => void;
  /** Takes what a sign-in answered: the person, or the question for a second factor. */
  take: (answer: { user: User } | SecondFactorRequired) => void;
}

export function useSignInFlow(first: SignInStep, onSignedIn: (user: User) => void): SignInFlow {
  const [step, go] = useState(first);
  const take: SignInFlow['take'] = (answer) => {
    if ('user' in answer) onSignedIn(answer.user);
    else go({ kind: 'second-factor', required: answer });
  };
  return { step, go, take };
}

const METHODS: readonly unknown[] = [
  'totp',
  'email',
  'sms',
  'recovery',
  'password',
] satisfies SecondFactorRequired['methods'];

export interface HandedOver {
  required: SecondFactorRequired;
  returnTo: string | null;
}

/** `#challenge=…&methods=totp,recovery&…`: what a sign-in at another provider left for this page to finish. */
export function readHandOver(hash: string): HandedOver | null {
  const facts = new URLSearchParams(hash.replace(/^#/, ''));
  const challenge = facts.get('challenge');
  if (!challenge) return null;
  const known = (facts.get('methods') ?? '').split(',').filter((method) => METHODS.includes(method));
  const methods = known as SecondFactorRequired['methods'];
  const expiresAt = facts.get('expiresAt') ?? '';
  return {
    required: { status: 'second_factor_required', challenge, methods, expiresAt },
    returnTo: facts.get('returnTo'),
  };
}
