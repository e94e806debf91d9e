import type { Texts } from '../en/index.ts';

export const welcome: Texts['welcome'] = {
  title: 'Te damos la bienvenida a Spacedly',
  sentences: [
    'Spacedly guarda tus tareas y te devuelve cada una en el momento en que la necesitas.',
    'Te avisa por correo y en la aplicación, y te muestra lo que pide el día de hoy.',
    'Todo se queda en este servidor, y eres la primera persona aquí.',
  ],
  start: 'Crear la primera cuenta',
  admin: 'La primera cuenta también administra esta instalación.',
};
