import type { Texts } from '../en/index.ts';

export const app: Texts['app'] = {
  name: 'Spacedly',
  skip: 'Ir al contenido',
  navigation: 'Principal',
  title: (page) => `${page} · Spacedly`,
  today: 'Hoy',
  tasks: 'Tareas',
  settings: 'Ajustes',
  admin: 'Administración',
  more: 'Más',
  loading: 'Cargando…',
  close: 'Cerrar',
  cancel: 'Cancelar',
  retry: 'Reintentar',
  back: 'Atrás',
  clear: 'Borrar',
  browserOn: (browser, os) => `${browser} en ${os}`,
  unknownDevice: 'Dispositivo desconocido',
  actingAdmin: 'Un administrador que actúa en tu nombre',
};
