import './mantine.css';
import './app.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { tellOtherTabs } from '../shared/other-tabs.ts';
import { createQueryClient } from '../shared/query.ts';
import { Providers } from './providers.tsx';
import { createAppRouter } from './router.tsx';

/** Puts the app into the page as soon as the first page is there, in place of the frame that index.html shows. */
export async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  const queryClient = createQueryClient();
  tellOtherTabs(queryClient);
  const router = createAppRouter(queryClient);
  await router.load();
  // A transition is rendered in small steps, between which the page stays awake.
  startTransition(() => {
    createRoot(root).render(
      <StrictMode>
        <Providers queryClient={queryClient}>
          <RouterProvider router={router} />
        </Providers>
      </StrictMode>,
    );
  });
}
