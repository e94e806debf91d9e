import type { Texts } from '../en/index.ts';

export const quickAdd: Texts['quickAdd'] = {
  label: 'Tarea nueva',
  placeholder: 'Repasar grafos mañana a las 9 #Estudio !alta',
  understood: 'Entendido',
  literal: 'Dejar mis palabras como están',
  isLiteral: 'Tus palabras se toman como están.',
  parse: 'Volver a reconocer fechas y etiquetas',
  suggestions: 'Añadir a la tarea',
  categories: ['Estudio', 'Trabajo', 'Personal'],
  more: ['mañana a las 9', 'cada semana', '!alta', '~30m'],
  add: (words) => `Añadir ${words}`,
};
