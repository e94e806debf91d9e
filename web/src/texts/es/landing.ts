import type { Texts } from '../en/index.ts';

export const landing: Texts['landing'] = {
  headline: ['Recuérdalo.', 'Termínalo.'],
  lead: 'Una agenda que te devuelve cada tarea en el momento justo, en tu propio servidor.',
  signUp: 'Crear una cuenta',
  signIn: 'Entrar',
  points: [
    {
      title: 'Apúntalo una vez',
      text: 'Tareas con fecha, prioridad y los minutos que te costarán.',
    },
    {
      title: 'Recibe el aviso a tiempo',
      text: 'Por correo y en la aplicación, al segundo y en tu zona horaria.',
    },
    {
      title: 'Ve el día con claridad',
      text: 'Qué toca, qué va con retraso, cuánto lleva y cuántos días seguidos hiciste algo.',
    },
  ],
  timeline: 'Una tarea y los momentos en que vuelve',
  moments: ['Apuntada', 'Recordada', 'Vence', 'Hecha'],
};
