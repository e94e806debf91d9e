import type { Texts } from '../en/index.ts';

export const search: Texts['search'] = {
  title: 'Buscar',
  field: 'Buscar tareas, documentos y comentarios',
  types: { all: 'Todo', task: 'Tareas', doc: 'Documentos', comment: 'Comentarios' },
  kinds: { task: 'Tarea', doc: 'Documento', comment: 'Comentario' },
  results: 'Lo que se encontró',
  hint: 'Palabras, «una frase», -sin, or. La última palabra puede ser un comienzo.',
  emptyTitle: 'No se encontró nada',
  emptyText: 'Prueba con menos palabras o con otras.',
  startTitle: '¿Qué buscas?',
  all: (words) => `Todos los resultados de «${words}»`,
};
