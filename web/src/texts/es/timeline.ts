import type { Texts } from '../en/index.ts';

export const timeline: Texts['timeline'] = {
  show: 'Qué pasó',
  hide: 'Ocultar lo que pasó',
  list: 'Qué pasó con este recordatorio',
  empty: 'Todavía no ha pasado nada.',
  step: {
    created: 'Programado',
    scheduled: 'Programado',
    due: 'Llegó la hora: pasó a envío',
    queued: 'En cola',
    held: 'Retenido por las horas de silencio',
    failed: 'Falló, se intentará de nuevo',
    sent: 'Aceptado por el proveedor',
    refused: 'Rechazado por el proveedor',
    suppressed: 'No enviado: esta dirección rechaza mensajes',
    capped: 'No enviado: se alcanzó el límite',
    expired: 'Demasiado tarde para enviarlo',
    digested: 'Incluido en el resumen',
    skipped: 'No enviado',
    dead: 'Abandonado',
    completed: 'Hecho',
  },
  channel: { email: 'Correo', sms: 'SMS', push: 'Aviso' },
};
