import type { Texts } from '../en/index.ts';

export const palette: Texts['palette'] = {
  open: 'Buscar o ir a',
  placeholder: 'Busca de todo, añade una tarea o ve adonde quieras',
  add: (words) => `Añadir «${words}»`,
  help: 'Atajos de teclado',
  keys: {
    palette: 'Buscar e ir a cualquier sitio',
    search: 'Buscar',
    add: 'Tarea nueva',
    undo: 'Deshacer el último cambio',
    select: 'Seleccionar la tarea',
  },
  letters: 'Letras sueltas',
  lettersHint: 'Funcionan donde no se escribe. Ctrl K o ⌘K funciona siempre.',
};
