import { Button, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { LinkAnchor } from '../../shared/links.tsx';
import { messageOf } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { AuthFrame } from './auth-frame.tsx';

interface LinkPageProps {
  token: string | undefined;
  title: string;
  lead: string;
  button: string;
  failed: string;
  /** Red where it cannot be taken back. */
  color?: string;
  onClick: (token: string) => Promise<void>;
  /** What is offered when the link does not work any more. */
  otherwise?: ReactNode;
}

/**
 * What a link in a message opens. Nothing happens before the click: mail scanners open every link, and must not use
 * one up.
 */
export function LinkPage(props: LinkPageProps) {
  const { token } = props;
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(token ? null : texts.access.linkMissing);
  const act = async () => {
    if (!token) return;
    setBusy(true);
    setMessage(null);
    try {
      await props.onClick(token);
    } catch (error) {
      setMessage(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <AuthFrame
      title={props.title}
      lead={props.lead}
      footer={<LinkAnchor to="/sign-in">{texts.access.forgotPage.back}</LinkAnchor>}
    >
      <Stack>
        <FormProblem title={props.failed} message={message} />
        <Button
          fullWidth
          size="md"
          color={props.color}
          loading={busy}
          disabled={!token}
          onClick={() => void act()}
        >
          {props.button}
        </Button>
        {message !== null && props.otherwise}
      </Stack>
    </AuthFrame>
  );
}
