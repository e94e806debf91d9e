import type { Texts } from '../en/index.ts';

export const board: Texts['board'] = {
  emptyColumn: 'Suelta una tarea aquí',
  drag: (title) => `Mover «${title}» arrastrando o con el teclado`,
  dragRole: 'se puede mover',
  menu: (title) => `Mover «${title}»`,
  up: 'Subir',
  down: 'Bajar',
  moveTo: (column) => `Mover a ${column}`,
  more: 'Ver más',
  moved: (title, column) => `«${title}» se movió a ${column}`,
  reordered: (title) => `«${title}» se movió`,
  failed: (title) => `«${title}» no se movió`,
  instructions:
    'Espacio o Intro toma la tarea, las flechas la mueven, Espacio o Intro la suelta, Escape la devuelve.',
  picked: (title) => `${title} tomada.`,
  over: (title, column, place) => `${title} está en el lugar ${place} de ${column}.`,
  dropped: (title, column) => `${title} soltada en ${column}.`,
  cancelled: (title) => `${title} vuelve a donde estaba.`,
};
