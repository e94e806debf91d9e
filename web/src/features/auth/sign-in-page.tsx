import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { User } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { enterAs } from './account.ts';
import { AuthFrame } from './auth-frame.tsx';
import { SignInForm } from './sign-in-form.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const enter = (user: User) => {
    enterAs(queryClient, user);
    router.history.push(next ?? '/today');
  };
  return (
    <AuthFrame
      title={texts.auth.signInTitle}
      footer={
        <>
          {texts.auth.noAccount}{' '}
          <LinkAnchor to="/sign-up" underline="always">
            {texts.landing.signUp}
          </LinkAnchor>
        </>
      }
    >
      <SignInForm onSignedIn={enter} />
    </AuthFrame>
  );
}
