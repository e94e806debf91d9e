import type { Texts } from '../en/index.ts';

export const quickAdd: Texts['quickAdd'] = {
  label: 'Tarea nueva',
  // Dates and marks are understood in English.
  placeholder: 'Repasar grafos tomorrow 9am #Estudio !high',
  understood: 'Entendido',
  literal: 'Dejar mis palabras como están',
  isLiteral: 'Tus palabras se toman como están.',
  parse: 'Volver a reconocer fechas y etiquetas',
  suggestions: 'Añadir a la tarea',
  categories: ['Estudio', 'Trabajo', 'Personal'],
  more: ['tomorrow 9am', 'every week', '!high', '~30m'],
  add: (words) => `Añadir ${words}`,
};
