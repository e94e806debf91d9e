import type { Texts } from '../en/index.ts';

export const picker: Texts['picker'] = {
  today18: 'Hoy 18:00',
  tomorrow9: 'Mañana 9:00',
  nextWeek: 'En una semana',
  previousMonth: 'Mes anterior',
  nextMonth: 'Mes siguiente',
  hours: 'Horas',
  minutes: 'Minutos',
  amPm: 'a. m. o p. m.',
  done: 'Usar esta fecha y hora',
};
