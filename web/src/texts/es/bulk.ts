import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('es');

export const bulk: Texts['bulk'] = {
  bar: 'Tareas seleccionadas',
  selected: (n) => count(n, 'seleccionada', 'seleccionadas'),
  all: 'Seleccionar todas',
  none: 'Quitar la selección',
  complete: 'Completar',
  change: 'Cambiar',
  delete: 'Eliminar',
  completed: (n) => count(n, 'tarea completada', 'tareas completadas'),
  changed: (n) => count(n, 'tarea cambiada', 'tareas cambiadas'),
  deleted: (n) => count(n, 'tarea enviada a la papelera', 'tareas enviadas a la papelera'),
  failed: 'Las tareas no se cambiaron',
  undoFailed: (n) => count(n, 'tarea no se pudo recuperar', 'tareas no se pudieron recuperar'),
  dialogTitle: (n) => `Cambiar ${count(n, 'tarea', 'tareas')}`,
  keep: 'Dejar como está',
  apply: 'Cambiar',
  nothing: 'Elige al menos un cambio',
  due: {
    keep: 'Dejar como está',
    today: 'Hoy',
    tomorrow: 'Mañana',
    week: 'En una semana',
    none: 'Sin fecha',
  },
};
