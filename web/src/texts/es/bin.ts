import type { Texts } from '../en/index.ts';

export const bin: Texts['bin'] = {
  title: 'Papelera',
  back: 'Volver a las tareas',
  hint: 'Las tareas eliminadas se quedan aquí 30 días y luego desaparecen para siempre.',
  deletedAt: (when) => `Eliminada ${when}`,
  restore: 'Recuperar',
  restoreOne: (title) => `Recuperar «${title}»`,
  restored: (title) => `«${title}» recuperada`,
  failed: (title) => `«${title}» no se recuperó`,
  emptyTitle: 'La papelera está vacía',
  emptyText: 'Lo que elimines se puede recuperar desde aquí.',
  list: 'Tareas eliminadas',
};
