import type { Texts } from '../en/index.ts';

export const samples: Texts['samples'] = {
  offerTitle: '¿Es tu primera vez aquí?',
  offerText:
    'Echa un vistazo con unas tareas de ejemplo, un recordatorio y un repaso. Se quitan con un clic.',
  offer: 'Enséñamelo',
  noteText: 'Algunas tareas de aquí son ejemplos.',
  remove: 'Quitar los ejemplos',
  added: 'Echa un vistazo: son ejemplos',
  removed: 'Los ejemplos están en la papelera',
  failed: 'Los ejemplos no se cambiaron',
  tasks: {
    look: {
      title: 'Abre esta tarea y mira lo que puede hacer',
      description:
        'Una tarea tiene **notas** en Markdown, _pasos_, archivos, fecha y recordatorios.\n\n- Complétala con el círculo que tiene delante.\n- El mensaje que sigue permite deshacerlo.',
    },
    week: { title: 'Planear la semana', description: 'Vuelve sola cada semana.' },
    call: {
      title: 'Llamar a alguien que echas de menos',
      description: 'Una hora antes llega un recordatorio, por correo y en la campana.',
    },
    curve: {
      title: 'Curva del olvido',
      description:
        'Esta tarea está en tus repasos: Spacedly pregunta por ella a intervalos cada vez mayores.',
    },
  },
  question: '¿Qué describe la curva del olvido?',
  answer: 'Cómo se pierde la memoria con el tiempo cuando no se repasa nada (Ebbinghaus, 1885).',
};
