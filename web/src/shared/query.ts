import { notifyManager, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

const MAX_RETRIES = 2;

/** A mistake of ours is not repeated; no answer or a busy server is worth another try. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= MAX_RETRIES || !(error instanceof Problem)) return false;
  return error.status === 0 || error.status >= 500;
}

export function createQueryClient(): QueryClient {
  // Told at once, a button is switched off before it can be pressed again; by default a timer comes in between.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      // Without a network a request fails and is said to; by default it would wait for one without a word.
      queries: {
        networkMode: 'always',
        retry: isWorthRetrying,
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** The keys of everything kept; a prefix invalidates all below it. */
export const keys = {
  me: ['me'],
  setup: ['setup'],
  sessions: ['sessions'],
  secondFactors: ['second-factors'],
  passkeys: ['passkeys'],
  devices: ['devices'],
  tokens: ['tokens'],
  securityLog: ['security-log'],
  merchant: ['merchant'],
  admin: ['admin'],
  today: ['today'],
  streaks: ['analytics', 'streaks'],
  // Below this only lists in pages: a change of a task is shown in all of them at once.
  tasks: ['tasks'],
  taskList: (query: object) => ['tasks', query],
  quickPreview: (text: string) => ['quick-preview', text],
  samples: ['tasks-samples'],
  bin: ['tasks-bin'],
  task: (taskId: string) => ['task', taskId],
  anyTask: ['task'],
  timeline: (reminderId: string) => ['task', 'timeline', reminderId],
  documents: ['documents'],
  documentList: (filter: object) => ['documents', filter],
  document: (docId: string) => ['document', docId],
  versions: (docId: string) => ['document', docId, 'versions'],
  versionDiff: (docId: string, from: number, to: number) => ['document', docId, 'diff', from, to],
  comments: (docId: string) => ['document', docId, 'comments'],
  shares: (kind: string, id: string) => ['shares', kind, id],
  search: (q: string, type: string) => ['search', q, type],
  budget: ['budget'],
  reviews: ['reviews'],
  dueReviews: ['reviews', 'due'],
  reviewList: (filter: object) => ['reviews', 'list', filter],
  reviewHistory: (reviewId: string) => ['reviews', 'history', reviewId],
  forecast: (days: number) => ['reviews', 'forecast', days],
  reviewSettings: ['reviews', 'settings'],
  exams: ['exams'],
  calendar: ['calendar'],
  calendarFeed: ['calendar-feed'],
  analytics: ['analytics'],
  heatmap: (year: number) => ['analytics', 'heatmap', year],
  preferences: ['preferences'],
  pushDevices: ['push-devices'],
  notifications: ['notifications'],
  notificationList: ['notifications', 'list'],
  notificationPages: ['notifications', 'pages'],
  notificationsOf: (filter: object) => ['notifications', 'pages', filter],
  unread: ['notifications', 'unread'],
} as const;
