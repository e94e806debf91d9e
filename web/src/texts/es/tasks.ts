import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('es');

export const tasks: Texts['tasks'] = {
  title: 'Tareas',
  add: 'Añadir tarea',
  addPlaceholder: '¿Qué quieres hacer?',
  addTitle: 'Título',
  addDue: 'Vence',
  addMissing: 'Ponle un título a la tarea',
  added: (title) => `«${title}» añadida`,
  addFailed: 'La tarea no se añadió',
  open: 'Abrir',
  filter: 'Mostrar',
  filters: { all: 'Todas', todo: 'Por hacer', 'in-progress': 'En curso', completed: 'Completadas' },
  status: { todo: 'Por hacer', 'in-progress': 'En curso', completed: 'Completada' },
  priority: { low: 'Baja', medium: 'Media', high: 'Alta' },
  priorityOf: { low: 'Prioridad baja', medium: 'Prioridad media', high: 'Prioridad alta' },
  loadMore: 'Cargar más',
  list: 'Tareas',
  emptyTitle: 'Todavía no hay tareas',
  emptyText: 'Añade la primera aquí arriba. Con un título basta para empezar.',
  emptyFilterTitle: 'Aquí no hay tareas',
  emptyFilterText: 'Ahora mismo nada está en este estado.',
  complete: (title) => `Completar «${title}»`,
  reopen: (title) => `Reabrir «${title}»`,
  completed: (title) => `«${title}» completada`,
  undo: 'Deshacer',
  undone: 'Deshecho',
  completeFailed: (title) => `«${title}» no se cambió`,
  remindersShort: (n) => count(n, 'recordatorio', 'recordatorios'),
  filesShort: (n) => count(n, 'archivo', 'archivos'),
  overdue: 'atrasada',
};
