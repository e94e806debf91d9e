import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('es');

export const day: Texts['day'] = {
  freezes: (n) => `Te ${n === 1 ? 'queda' : 'quedan'} ${count(n, 'comodín', 'comodines')}`,
  freezesHint: 'Un comodín salva un día sin nada hecho. Cada séptimo día activo del mes te da uno.',
  budget: 'Tiempo para hoy',
  planned: (planned, free) => `${planned} previstos, ${free} libres`,
  plannedOnly: (planned) => `${planned} previstos`,
  tasks: 'Tareas',
  reviews: 'Repasos',
  left: (time) => `Quedan ${time}`,
  fits: 'Cabe justo',
  over: (time) => `${time} más de lo que hay. Quizá algo pueda esperar a otro día.`,
  free: 'Un día libre, como lo pusiste',
  noLimit: 'Di cuánto tiempo tienes y Hoy te dirá qué cabe.',
  setMinutes: 'Indicar el tiempo libre',
  changeMinutes: 'Cambiar el tiempo libre',
  minutesTitle: 'Tiempo libre cada día de la semana',
  minutesText: 'Minutos para tareas y repasos. Un día vacío no tiene límite.',
  minutesUnit: ' min',
  minutesPlaceholder: 'Sin límite',
  minutesSame: 'Igual de lunes a viernes',
  save: 'Guardar',
  saved: 'Tiempo libre guardado',
  saveFailed: 'Tu tiempo libre no se guardó',
  changedElsewhere:
    'Se cambió en otro sitio. Ya está cargado lo último; guarda otra vez para conservar lo que escribiste.',
  reviewsDue: (n) => count(n, 'repaso pendiente', 'repasos pendientes'),
  reviewsTime: (time) => `Unos ${time}`,
  startReview: 'Empezar a repasar',
  reviewsMore: (n) => `y ${count(n, 'más', 'más')}`,
  nextExam: 'Próximo examen',
  examIn: (name, when) => `${name}, ${when}`,
  examRecall: (share) => `Ese día recordarás un ${share}`,
  examNoItems: 'Todavía no tiene repasos',
};
