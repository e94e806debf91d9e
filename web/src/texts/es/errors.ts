import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('es');

export const errors: Texts['errors'] = {
  unexpected: 'Algo salió mal. Inténtalo de nuevo.',
  unreachable: 'No se puede llegar a Spacedly. Comprueba tu conexión e inténtalo de nuevo.',
  tryAgainIn: (seconds) =>
    seconds < 90
      ? `Inténtalo de nuevo en ${count(seconds, 'segundo', 'segundos')}.`
      : `Inténtalo de nuevo en ${Math.ceil(seconds / 60)} minutos.`,
  loadFailed: 'Esto no se pudo cargar',
  crashTitle: 'Esta página tuvo un problema',
  crashText:
    'Lo que guardaste está a salvo. Carga la página otra vez; si sigue ocurriendo, el número de abajo ayuda a quien lleva este Spacedly.',
  requestId: (id) => `Petición ${id}`,
  reload: 'Cargar otra vez',
  toToday: 'Ir a Hoy',
  notFoundTitle: 'En esta dirección no hay nada',
  notFoundText: 'Puede que el enlace sea antiguo o que se eliminara aquello a lo que llevaba.',
  notFoundHome: 'Ir al inicio',
};
