import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { cssVariables, theme } from './theme.ts';

/** Nothing is said before something was done, so toasts load after the first page; the store keeps what comes sooner. */
const Toasts = lazy(() => import('./toasts.tsx').then((module) => ({ default: module.Toasts })));

/** What every page stands on: data, look and toasts. */
export function Providers(props: { queryClient: QueryClient; children: ReactNode }) {
  return (
    <QueryClientProvider client={props.queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Suspense>
          <Toasts />
        </Suspense>
        {props.children}
      </MantineProvider>
    </QueryClientProvider>
  );
}
