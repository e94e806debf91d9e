import type { Texts } from '../en/index.ts';

export const taskView: Texts['taskView'] = {
  deleted: (title) => `«${title}» está en la papelera`,
  deleteFailed: (title) => `«${title}» no se eliminó`,
  notes: {
    write: 'Escribir',
    preview: 'Vista previa',
    mode: 'Escribir o vista previa',
    empty: 'Todavía no hay nada que ver.',
    hint: 'Markdown: **negrita**, _cursiva_, - listas, [enlaces](https://…)',
  },
  subtasks: {
    title: 'Subtareas',
    progress: (done, all) => `${done} de ${all} hechas`,
    add: 'Añadir una subtarea',
    placeholder: 'Próximo paso',
    button: 'Añadir',
    failed: 'La subtarea no se añadió',
    empty: 'Divide la tarea en pasos que puedas ir tachando.',
    up: (title) => `Subir «${title}»`,
    down: (title) => `Bajar «${title}»`,
    list: 'Subtareas',
  },
};
