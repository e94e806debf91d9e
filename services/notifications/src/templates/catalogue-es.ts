import type { Catalogue } from './catalogue-en.ts';

const minutes = (count: number) => (count === 1 ? '1 minuto' : `${count} minutos`);

const purposes: Record<Parameters<Catalogue['code']['action']>[0], { to: string; button: string }> = {
  SIGNUP: { to: 'crear tu cuenta de Spacedly', button: 'Crear mi cuenta' },
  SIGNIN: { to: 'entrar en Spacedly', button: 'Entrar' },
  PASSWORD_RESET: { to: 'poner una contraseña nueva', button: 'Poner una contraseña nueva' },
  EMAIL_CHANGE: { to: 'confirmar tu nueva dirección de correo', button: 'Confirmar esta dirección' },
  PHONE_CHANGE: { to: 'confirmar tu nuevo número de teléfono', button: 'Confirmar este número' },
  TWO_FACTOR: { to: 'confirmar que eres tú', button: 'Confirmar' },
};

/** Español. */
export const es: Catalogue = {
  greeting: (name) => `Hola, ${name}:`,
  code: {
    subject: (code) => `${code} es tu código de Spacedly`,
    heading: 'Tu código',
    action: (purpose) => `Escribe este código para ${purposes[purpose].to}:`,
    button: (purpose) => purposes[purpose].button,
    validity: (count) => `Vale durante ${minutes(count)} y una sola vez.`,
    warning:
      'No des este código a nadie. Nunca lo pedimos por teléfono, por correo ni en un chat: quien lo haga no somos nosotros.',
    footnote:
      'Alguien pidió este código a Spacedly. Si no fuiste tú, ignora este correo: sin el código no pasa nada.',
    sms: (code, purpose, count) =>
      `${code} es tu código para ${purposes[purpose].to}. Vale ${minutes(count)}. No se lo des a nadie.`,
    push: 'Tu código de Spacedly',
  },
  addressTaken: {
    subject: 'Ya tienes una cuenta de Spacedly',
    heading: 'Ya tienes una cuenta',
    paragraphs: [
      'Alguien, quizá tú, acaba de intentar registrarse en Spacedly con esta dirección. Pertenece a tu cuenta, así que no se creó otra.',
      'Si fuiste tú, entra con tu cuenta. Si no, no hay nada que hacer: nadie entró y nada cambió.',
    ],
    action: 'Entrar',
    footnote: 'Recibes este correo porque alguien usó tu dirección para registrarse.',
    sms: (url) => `Ya hay una cuenta de Spacedly con este número. Entra en ${url}`,
  },
  tokenReused: {
    subject: 'Cerramos una sesión de tu cuenta de Spacedly',
    heading: 'Cerramos una de tus sesiones',
    what: 'Una sesión se usó en dos lugares a la vez; puede que alguien la haya copiado. Por seguridad la cerramos.',
    advice: 'Si no lo reconoces, entra, revisa tus sesiones y cambia tu contraseña.',
    action: 'Ver mis sesiones',
    sms: (url) => `Spacedly cerró una de tus sesiones porque se usó en dos lugares. Revísalas: ${url}`,
    inboxBody: (device) =>
      `Una sesión (${device}) se usó en dos lugares a la vez, así que la cerramos. Revisa tus sesiones.`,
  },
  place: {
    device: (browser, os) => `${browser} en ${os}`,
    unknownDevice: 'dispositivo desconocido',
    where: (device, ip) =>
      ip === null ? `Dispositivo: ${device}` : `Dispositivo: ${device}, dirección ${ip}`,
    when: (time) => `Hora: ${time}`,
  },
  newDevice: {
    title: 'Nuevo inicio de sesión en tu cuenta de Spacedly',
    body: (device) => `Alguien entró en tu cuenta: ${device}.`,
    advice: 'Si fuiste tú, no hay nada que hacer. Si no, cierra esa sesión y cambia tu contraseña.',
    action: 'Ver mis sesiones',
  },
  passwordChanged: {
    title: 'Se cambió tu contraseña de Spacedly',
    body: {
      changed: 'Se cambió la contraseña de tu cuenta. Todas las demás sesiones se cerraron.',
      reset: 'Se restableció la contraseña de tu cuenta. Todas las sesiones se cerraron.',
      set: 'Tu cuenta ya tiene contraseña.',
    },
    advice: 'Si no fuiste tú, pon una contraseña nueva ahora mismo.',
    action: 'Poner una contraseña nueva',
  },
  secondFactorChanged: {
    title: 'Cambió el segundo paso de tu inicio de sesión',
    body: {
      totp_on: 'Al entrar se pedirá ahora una aplicación de autenticación.',
      totp_off: 'Al entrar ya no se pedirá una aplicación de autenticación.',
      email_on: 'Al entrar se pedirá ahora un código por correo.',
      email_off: 'Al entrar ya no se pedirá un código por correo.',
      recovery_codes_renewed: 'Se crearon códigos de recuperación nuevos. Los anteriores ya no valen.',
      recovery_code_used: 'Se usó un código de recuperación para entrar. No volverá a valer.',
    },
    advice: 'Si no fuiste tú, entra, revisa tus sesiones y cambia tu contraseña.',
    action: 'Ver mis ajustes',
  },
  credentialChanged: {
    title: 'Cambió una forma de entrar en tu cuenta de Spacedly',
    body: {
      passkey_added: (name) => `Se añadió la llave de acceso «${name}» a tu cuenta.`,
      passkey_removed: (name) => `Se quitó la llave de acceso «${name}» de tu cuenta.`,
      passkey_copied: (name) =>
        `Parece que se copió la llave de acceso «${name}», así que se rechazó. Quítala y añade una nueva.`,
      access_token_created: (name) =>
        `Se creó el token de acceso «${name}». Quien lo tenga puede actuar en tu nombre.`,
      identity_linked: (name) => `Ahora puedes entrar con ${name}.`,
      admin_granted: () => 'Tu cuenta puede ahora administrar esta instalación.',
    },
    advice: 'Si no fuiste tú, entra, revisa tus ajustes y cambia tu contraseña.',
    action: 'Ver mis ajustes',
  },
  addressChangeRequested: {
    title: {
      EMAIL: 'Tu dirección de correo de Spacedly va a cambiar',
      PHONE: 'Tu número de teléfono de Spacedly va a cambiar',
    },
    body: {
      EMAIL: (address) => `Alguien, quizá tú, pidió cambiar tu dirección de correo a ${address}.`,
      PHONE: (number) => `Alguien, quizá tú, pidió cambiar tu número de teléfono a ${number}.`,
    },
    advice: 'Si fuiste tú, no hay nada que hacer. Si no, cancela el cambio.',
    action: 'Cancelar el cambio',
  },
  addressChangeReverted: {
    title: {
      EMAIL: 'Tu dirección de correo de Spacedly volvió a ser la anterior',
      PHONE: 'Tu número de teléfono de Spacedly volvió a ser el anterior',
    },
    body: 'El cambio se canceló y todas las sesiones se cerraron. Pon ahora una contraseña nueva.',
    action: 'Poner una contraseña nueva',
  },
  accountDeleted: {
    title: 'Se borró tu cuenta de Spacedly',
    body: (until) => `Tu cuenta se borró. Se guarda hasta el ${until} y después se elimina para siempre.`,
    advice: 'Si la quieres de vuelta, o si no fuiste tú, recupérala antes de esa fecha.',
    action: 'Recuperar mi cuenta',
    byAdmin: 'La borró un administrador. Si la quieres de vuelta, pídesela antes de esa fecha.',
    footnote: 'Recibes este mensaje porque esta dirección pertenecía a la cuenta.',
  },
  merchantVerified: {
    title: (business) => `${business} está verificado`,
    body: 'Revisamos tu negocio y ya está verificado.',
    action: 'Ver mi negocio',
    footnote: 'Recibes este mensaje porque registraste un negocio en Spacedly.',
  },
  merchantRejected: {
    title: (business) => `No se pudo verificar ${business}`,
    body: (reason) => `Revisamos tu negocio y no se pudo verificar: ${reason}`,
    action: 'Cambiar mi negocio',
  },
  exportReady: {
    title: 'Tus datos están listos para descargar',
    body: (until) => `El archivo con tus datos está listo. Puedes descargarlo hasta el ${until}.`,
    action: 'Descargar mis datos',
    footnote: 'Recibes este mensaje porque pediste tus datos a Spacedly.',
  },
  shared: {
    title: {
      document: (by) => `${by} ha compartido un documento contigo`,
      task: (by) => `${by} ha compartido una tarea contigo`,
    },
    body: (title, access) => `«${title}». ${access}`,
    access: {
      read: 'Puedes leerlo.',
      comment: 'Puedes leerlo y comentarlo.',
      write: 'Puedes leerlo y cambiarlo.',
    },
    action: { document: 'Abrir el documento', task: 'Abrir la tarea' },
    footnote: 'Recibes esto porque alguien ha compartido algo contigo en Spacedly.',
  },
  shareInvited: {
    somebody: 'Alguien',
    title: {
      document: (by) => `${by} ha compartido un documento contigo`,
      task: (by) => `${by} ha compartido una tarea contigo`,
    },
    body: 'Te espera en Spacedly, un planificador que te devuelve las cosas en el momento oportuno. Crea una cuenta con esta dirección para verlo.',
    action: 'Crear una cuenta',
    footnote: 'Recibes esto porque alguien dio esta dirección a Spacedly. Si no haces nada, no pasa nada.',
  },
  commentAdded: {
    title: {
      mention: (by, title) => `${by} te ha mencionado en «${title}»`,
      reply: (by, title) => `${by} te ha respondido en «${title}»`,
      document: (by, title) => `${by} ha comentado «${title}»`,
    },
    action: 'Abrir el documento',
    footnote: 'Recibes esto porque te concierne a ti o a un documento tuyo en Spacedly.',
  },
  reviewsDue: {
    title: (count) => (count === 1 ? 'Hoy toca 1 repaso' : `Hoy tocan ${count} repasos`),
    body: 'Unos minutos ahora conservan lo que has aprendido.',
    action: 'Empezar a repasar',
    footnote: 'Recibes este mensaje porque repasas con Spacedly.',
  },
  remindersMissed: {
    title: (count) => (count === 1 ? 'Se perdió 1 recordatorio' : `Se perdieron ${count} recordatorios`),
    body: (oldest, newest) =>
      oldest === newest
        ? `No pudimos enviarlo a tiempo (${newest}). Mira si algo te necesita todavía.`
        : `No pudimos enviarlos a tiempo (de ${oldest} a ${newest}). Mira si algo te necesita todavía.`,
    action: 'Ver mis recordatorios',
    footnote: 'Recibes este mensaje porque pusiste recordatorios en Spacedly.',
  },
  reminder: {
    subject: (title) => `Recordatorio: ${title}`,
    due: (due) => `Vence: ${due}`,
    action: 'Abrir la tarea',
    footnote: 'Recibes este mensaje porque pusiste un recordatorio en Spacedly.',
    sms: (title, detail, url) =>
      [`Recordatorio: ${title}`, detail, url].filter((part) => part !== '').join('\n'),
  },
  actions: { complete: 'Hecho', snooze: 'En 1 hora', tomorrow: 'Mañana' },
  digest: {
    title: (count) =>
      count === 1 ? '1 mensaje mientras había silencio' : `${count} mensajes mientras había silencio`,
    intro: 'Esto es lo que te guardamos:',
    list: 'Mensajes',
    action: 'Abrir Spacedly',
    footnote: 'Recibes este mensaje por tus horas de silencio, o porque había mucho que contar a la vez.',
  },
  morning: {
    title: (day) => `Tu día: ${day}`,
    summary: (due, overdue) =>
      overdue === 0 ? `${due} para hoy.` : `${due} para hoy, ${overdue} con retraso.`,
    overdue: 'Con retraso',
    today: 'Hoy',
    reviews: (count) => (count === 1 ? 'Toca 1 repaso.' : `Tocan ${count} repasos.`),
    time: (count) => `Unos ${minutes(count)} en total.`,
    action: 'Abrir mi día',
    footnote:
      'Recibes este correo las mañanas en que hay algo pendiente. Puedes desactivarlo en tus ajustes.',
  },
  weekly: {
    title: 'Tu semana',
    completed: (count) => (count === 1 ? 'Terminaste 1 tarea.' : `Terminaste ${count} tareas.`),
    streak: (days) => (days === 1 ? 'Tu racha: 1 día.' : `Tu racha: ${days} días.`),
    overdue: (count) => (count === 1 ? '1 tarea lleva retraso.' : `${count} tareas llevan retraso.`),
    upcoming: (count) =>
      count === 1 ? '1 tarea vence la próxima semana.' : `${count} tareas vencen la próxima semana.`,
    action: 'Ver mi semana',
    footnote: 'Recibes este correo una vez por semana. Puedes desactivarlo en tus ajustes.',
  },
  pages: {
    complete: {
      title: (task) => `¿Marcar «${task}» como hecha?`,
      button: 'Hecho',
      done: '¡Hecho! ¡Muy bien!',
    },
    snooze: {
      title: (task) => `¿Recordarte «${task}» en 1 hora?`,
      button: 'Recordármelo luego',
      done: 'Te lo recordaremos en 1 hora.',
    },
    tomorrow: {
      title: (task) => `¿Recordarte «${task}» mañana?`,
      button: 'Recordármelo mañana',
      done: 'Te lo recordaremos mañana.',
    },
    unsubscribe: {
      title: '¿Dejar de recibir estos correos?',
      body: 'Ya no recibirás correos de este tipo. Los mensajes sobre la seguridad de tu cuenta seguirán llegando.',
      button: 'Darme de baja',
      done: 'No recibirás más correos de este tipo. Puedes activarlos de nuevo en tus ajustes.',
    },
    gone: {
      title: 'Este enlace ya no vale',
      body: 'Ya se usó, ha caducado o ha cambiado aquello para lo que era.',
    },
    open: 'Abrir Spacedly',
  },
  welcome: {
    title: (name) => `Te damos la bienvenida a Spacedly, ${name}`,
    body: 'Apunta lo que quieres terminar o recordar. Spacedly te lo devuelve en el momento justo.',
  },
  taskCompleted: { title: (title) => `Completaste: ${title}` },
  layout: {
    securityFootnote: 'Los mensajes de seguridad como este no se pueden desactivar.',
    unsubscribe: 'Darse de baja',
    linkHint: 'Si el botón no funciona, abre esta dirección:',
  },
};
