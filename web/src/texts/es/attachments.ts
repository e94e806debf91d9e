import type { Texts } from '../en/index.ts';

export const attachments: Texts['attachments'] = {
  title: 'Adjuntos',
  dropActive: 'Suelta para adjuntar',
  choose: 'Elegir archivos',
  hint: 'Suelta archivos aquí o elígelos: imágenes, PDF, Office, texto, hasta 10 MB cada uno.',
  onTheirWay: 'Archivos en camino',
  uploading: (name, share) => `Subiendo ${name}: ${share}`,
  processing: 'Preparando…',
  retry: 'Reintentar',
  dismiss: (name) => `Quitar ${name}`,
  tooLarge: 'Este archivo ocupa más de 10 MB.',
  wrongType: 'No se aceptan archivos de este tipo.',
  delete: (name) => `Eliminar ${name}`,
  deleteTitle: '¿Eliminar este archivo?',
  deleteText: (name) => `«${name}» desaparecerá para siempre.`,
  deleteButton: 'Eliminar',
  deleted: (name) => `«${name}» eliminado`,
  deleteFailed: 'El archivo no se eliminó',
  saved: (share) => `${share} más pequeño`,
  list: 'Archivos',
};
