import type { Texts } from '../en/index.ts';

export const welcome: Texts['welcome'] = {
  title: 'Willkommen bei Spacedly',
  sentences: [
    'Spacedly bewahrt deine Aufgaben auf und bringt jede dann zurück, wenn du sie brauchst.',
    'Es erinnert dich per E-Mail und in der App und zeigt dir, was der Tag von dir verlangt.',
    'Alles bleibt auf diesem Server, und du bist hier die erste Person.',
  ],
  start: 'Das erste Konto anlegen',
  admin: 'Das erste Konto verwaltet auch diese Installation.',
};
