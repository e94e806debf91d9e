import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  UnstyledButton,
  type UnstyledButtonProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

/** Mantine's clickable things as links of the router: real `href`s, typed routes, preloading. */

type AProps<P> = P & Omit<ComponentPropsWithRef<'a'>, keyof P>;

export const LinkAnchor = createLink((props: AProps<AnchorProps>) => <Anchor {...props} />);
export const LinkButton = createLink((props: AProps<ButtonProps>) => <Button component="a" {...props} />);
export const LinkPlain = createLink((props: AProps<UnstyledButtonProps>) => (
  <UnstyledButton component="a" {...props} />
));
