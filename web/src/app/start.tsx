import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { tellOtherTabs } from '../shared/other-tabs.ts';
import { createQueryClient } from '../shared/query.ts';
import { Providers } from './providers.tsx';
import { createAppRouter } from './router.tsx';

/** Renders the app into the page. */
export function start(): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  const queryClient = createQueryClient();
  tellOtherTabs(queryClient);
  const router = createAppRouter(queryClient);
  createRoot(root).render(
    <StrictMode>
      <Providers queryClient={queryClient}>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
}
