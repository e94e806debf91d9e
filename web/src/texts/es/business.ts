import type { Texts } from '../en/index.ts';

export const business: Texts['business'] = {
  title: 'Negocio',
  hint: 'Para cuentas que venden algo. Alguien de la administración lo mira antes de verificarlo.',
  fields: {
    businessName: 'Nombre del negocio',
    category: 'Categoría',
    taxId: 'Número fiscal',
    address: 'Dirección',
    contactEmail: 'Correo de contacto',
    contactPhone: 'Teléfono de contacto',
    website: 'Sitio web',
  },
  optional: 'Opcional',
  missing: 'Rellena este campo',
  reviewAgain: 'Un nombre o número fiscal nuevo tiene que revisarse otra vez.',
  submit: 'Enviar a revisión',
  save: 'Guardar',
  submitted: 'Enviado. Te diremos el resultado.',
  saved: 'Negocio guardado',
  failed: 'El negocio no se guardó',
  conflict:
    'Se cambió en otro sitio. Ya está cargado lo último; guarda otra vez para conservar lo que escribiste.',
  status: {
    PENDING: 'En revisión',
    VERIFIED: 'Verificado',
    REJECTED: 'Rechazado',
  },
  statusText: {
    PENDING: 'Alguien de la administración lo mirará. Te diremos el resultado.',
    VERIFIED: 'Tu negocio está verificado.',
    REJECTED: 'Cambia lo que falta y envíalo otra vez.',
  },
  reason: (reason) => `Motivo: ${reason}`,
};
