import type { Catalogue } from './catalogue-en.ts';

const minutes = (count: number) => (count === 1 ? '1 Minute' : `${count} Minuten`);

const purposes: Record<Parameters<Catalogue['code']['action']>[0], { to: string; button: string }> = {
  SIGNUP: { to: 'um dein Spacedly-Konto anzulegen', button: 'Konto anlegen' },
  SIGNIN: { to: 'um dich bei Spacedly anzumelden', button: 'Anmelden' },
  PASSWORD_RESET: { to: 'um ein neues Passwort zu setzen', button: 'Neues Passwort setzen' },
  EMAIL_CHANGE: { to: 'um deine neue E-Mail-Adresse zu bestätigen', button: 'Adresse bestätigen' },
  PHONE_CHANGE: { to: 'um deine neue Telefonnummer zu bestätigen', button: 'Nummer bestätigen' },
  TWO_FACTOR: { to: 'um zu bestätigen, dass du es bist', button: 'Bestätigen' },
};

/** Deutsch. */
export const de: Catalogue = {
  greeting: (name) => `Hallo ${name},`,
  code: {
    subject: (code) => `${code} ist dein Spacedly-Code`,
    heading: 'Dein Code',
    action: (purpose) => `Gib diesen Code ein, ${purposes[purpose].to}:`,
    button: (purpose) => purposes[purpose].button,
    validity: (count) => `Er gilt ${minutes(count)} und nur einmal.`,
    warning:
      'Gib diesen Code niemandem. Wir fragen nie am Telefon, per Mail oder im Chat danach: Wer es tut, ist nicht von uns.',
    footnote:
      'Jemand hat bei Spacedly diesen Code angefordert. Wenn du es nicht warst, ignoriere diese Mail: Ohne den Code geschieht nichts.',
    sms: (code, purpose, count) =>
      `${code} ist dein Code, ${purposes[purpose].to}. Gilt ${minutes(count)}. Gib ihn niemandem.`,
    push: 'Dein Spacedly-Code',
  },
  addressTaken: {
    subject: 'Du hast schon ein Spacedly-Konto',
    heading: 'Du hast schon ein Konto',
    paragraphs: [
      'Jemand, vielleicht du, wollte sich gerade mit dieser Adresse bei Spacedly registrieren. Sie gehört zu deinem Konto, darum wurde kein neues angelegt.',
      'Wenn du es warst, melde dich einfach an. Wenn nicht, musst du nichts tun: Niemand kam hinein, und nichts wurde geändert.',
    ],
    action: 'Anmelden',
    footnote: 'Du bekommst diese Mail, weil sich jemand mit deiner Adresse registrieren wollte.',
    sms: (url) => `Zu dieser Nummer gibt es schon ein Spacedly-Konto. Anmelden: ${url}`,
  },
  tokenReused: {
    subject: 'Wir haben eine Sitzung deines Spacedly-Kontos beendet',
    heading: 'Wir haben eine deiner Sitzungen beendet',
    what: 'Eine Sitzung wurde an zwei Orten zugleich benutzt. Vielleicht hat sie jemand kopiert. Zur Sicherheit haben wir sie beendet.',
    advice: 'Wenn du das nicht erkennst, melde dich an, sieh deine Sitzungen durch und ändere dein Passwort.',
    action: 'Meine Sitzungen ansehen',
    sms: (url) =>
      `Spacedly hat eine deiner Sitzungen beendet, weil sie an zwei Orten benutzt wurde. Sieh sie durch: ${url}`,
    inboxBody: (device) =>
      `Eine Sitzung (${device}) wurde an zwei Orten zugleich benutzt, darum haben wir sie beendet. Sieh deine Sitzungen durch.`,
  },
  place: {
    device: (browser, os) => `${browser} unter ${os}`,
    unknownDevice: 'unbekanntes Gerät',
    where: (device, ip) => (ip === null ? `Gerät: ${device}` : `Gerät: ${device}, Adresse ${ip}`),
    when: (time) => `Zeit: ${time}`,
  },
  newDevice: {
    title: 'Neue Anmeldung bei deinem Spacedly-Konto',
    body: (device) => `Jemand hat sich bei deinem Konto angemeldet: ${device}.`,
    advice: 'Wenn du es warst, ist nichts zu tun. Wenn nicht, beende die Sitzung und ändere dein Passwort.',
    action: 'Meine Sitzungen ansehen',
  },
  passwordChanged: {
    title: 'Dein Spacedly-Passwort wurde geändert',
    body: {
      changed: 'Das Passwort deines Kontos wurde geändert. Alle anderen Sitzungen sind beendet.',
      reset: 'Das Passwort deines Kontos wurde zurückgesetzt. Alle Sitzungen sind beendet.',
      set: 'Dein Konto hat jetzt ein Passwort.',
    },
    advice: 'Wenn du es nicht warst, setze sofort ein neues Passwort.',
    action: 'Neues Passwort setzen',
  },
  secondFactorChanged: {
    title: 'Der zweite Schritt deiner Anmeldung wurde geändert',
    body: {
      totp_on: 'Bei der Anmeldung wird jetzt nach einer Authenticator-App gefragt.',
      totp_off: 'Bei der Anmeldung wird nicht mehr nach einer Authenticator-App gefragt.',
      email_on: 'Bei der Anmeldung wird jetzt nach einem Code per Mail gefragt.',
      email_off: 'Bei der Anmeldung wird nicht mehr nach einem Code per Mail gefragt.',
      recovery_codes_renewed: 'Es gibt neue Wiederherstellungscodes. Die alten gelten nicht mehr.',
      recovery_code_used:
        'Zur Anmeldung wurde ein Wiederherstellungscode benutzt. Er gilt nicht noch einmal.',
    },
    advice: 'Wenn du es nicht warst, melde dich an, sieh deine Sitzungen durch und ändere dein Passwort.',
    action: 'Meine Einstellungen ansehen',
  },
  credentialChanged: {
    title: 'Ein Zugang zu deinem Spacedly-Konto wurde geändert',
    body: {
      passkey_added: (name) => `Der Passkey „${name}“ wurde deinem Konto hinzugefügt.`,
      passkey_removed: (name) => `Der Passkey „${name}“ wurde aus deinem Konto entfernt.`,
      passkey_copied: (name) =>
        `Der Passkey „${name}“ wurde anscheinend kopiert und darum abgelehnt. Entferne ihn und lege einen neuen an.`,
      access_token_created: (name) =>
        `Das Zugriffstoken „${name}“ wurde angelegt. Wer es hat, kann in deinem Namen handeln.`,
      identity_linked: (name) => `Du kannst dich jetzt mit ${name} anmelden.`,
      admin_granted: () => 'Dein Konto darf jetzt diese Installation verwalten.',
    },
    advice: 'Wenn du es nicht warst, melde dich an, sieh deine Einstellungen durch und ändere dein Passwort.',
    action: 'Meine Einstellungen ansehen',
  },
  addressChangeRequested: {
    title: {
      EMAIL: 'Deine Spacedly-E-Mail-Adresse wird geändert',
      PHONE: 'Deine Spacedly-Telefonnummer wird geändert',
    },
    body: {
      EMAIL: (address) => `Jemand, vielleicht du, möchte deine E-Mail-Adresse in ${address} ändern.`,
      PHONE: (number) => `Jemand, vielleicht du, möchte deine Telefonnummer in ${number} ändern.`,
    },
    advice: 'Wenn du es warst, ist nichts zu tun. Wenn nicht, brich die Änderung ab.',
    action: 'Änderung abbrechen',
  },
  addressChangeReverted: {
    title: {
      EMAIL: 'Deine alte Spacedly-E-Mail-Adresse gilt wieder',
      PHONE: 'Deine alte Spacedly-Telefonnummer gilt wieder',
    },
    body: 'Die Änderung wurde zurückgenommen, alle Sitzungen sind beendet. Setze jetzt ein neues Passwort.',
    action: 'Neues Passwort setzen',
  },
  accountDeleted: {
    title: 'Dein Spacedly-Konto wurde gelöscht',
    body: (until) =>
      `Dein Konto wurde gelöscht. Es bleibt bis ${until} erhalten und wird dann endgültig entfernt.`,
    advice: 'Wenn du es zurückhaben willst oder es nicht warst, stelle es vorher wieder her.',
    action: 'Mein Konto wiederherstellen',
    byAdmin:
      'Eine Administratorin oder ein Administrator hat es gelöscht. Wende dich an sie, wenn du es zurückhaben willst.',
    footnote: 'Du bekommst diese Nachricht, weil diese Adresse zu dem Konto gehörte.',
  },
  merchantVerified: {
    title: (business) => `${business} ist bestätigt`,
    body: 'Dein Unternehmen wurde geprüft und ist jetzt bestätigt.',
    action: 'Mein Unternehmen ansehen',
    footnote: 'Du bekommst diese Nachricht, weil du bei Spacedly ein Unternehmen angemeldet hast.',
  },
  merchantRejected: {
    title: (business) => `${business} konnte nicht bestätigt werden`,
    body: (reason) => `Dein Unternehmen wurde geprüft und konnte nicht bestätigt werden: ${reason}`,
    action: 'Mein Unternehmen ändern',
  },
  exportReady: {
    title: 'Deine Daten liegen bereit',
    body: (until) => `Das Archiv mit deinen Daten ist fertig. Du kannst es bis ${until} herunterladen.`,
    action: 'Meine Daten herunterladen',
    footnote: 'Du bekommst diese Nachricht, weil du Spacedly nach deinen Daten gefragt hast.',
  },
  shared: {
    title: {
      document: (by) => `${by} hat ein Dokument mit dir geteilt`,
      task: (by) => `${by} hat eine Aufgabe mit dir geteilt`,
    },
    body: (title, access) => `„${title}“. ${access}`,
    access: {
      read: 'Du kannst es lesen.',
      comment: 'Du kannst es lesen und kommentieren.',
      write: 'Du kannst es lesen und ändern.',
    },
    action: { document: 'Dokument öffnen', task: 'Aufgabe öffnen' },
    footnote: 'Du bekommst dies, weil jemand in Spacedly etwas mit dir geteilt hat.',
  },
  shareInvited: {
    somebody: 'Jemand',
    title: {
      document: (by) => `${by} hat ein Dokument mit dir geteilt`,
      task: (by) => `${by} hat eine Aufgabe mit dir geteilt`,
    },
    body: 'Es wartet auf dich in Spacedly, einem Planer, der dir alles zur rechten Zeit wieder vorlegt. Lege mit dieser Adresse ein Konto an, um es zu sehen.',
    action: 'Konto anlegen',
    footnote:
      'Du bekommst dies, weil jemand Spacedly diese Adresse genannt hat. Wenn du nichts tust, geschieht nichts.',
  },
  commentAdded: {
    title: {
      mention: (by, title) => `${by} hat dich in „${title}“ erwähnt`,
      reply: (by, title) => `${by} hat dir in „${title}“ geantwortet`,
      document: (by, title) => `${by} hat „${title}“ kommentiert`,
    },
    action: 'Dokument öffnen',
    footnote: 'Du bekommst dies, weil es dich oder eines deiner Dokumente in Spacedly betrifft.',
  },
  reviewsDue: {
    title: (count) =>
      count === 1 ? 'Heute ist 1 Wiederholung fällig' : `Heute sind ${count} Wiederholungen fällig`,
    body: 'Ein paar Minuten jetzt bewahren, was du gelernt hast.',
    action: 'Wiederholen',
    footnote: 'Du bekommst diese Nachricht, weil du mit Spacedly wiederholst.',
  },
  remindersMissed: {
    title: (count) => (count === 1 ? '1 Erinnerung wurde verpasst' : `${count} Erinnerungen wurden verpasst`),
    body: (oldest, newest) =>
      oldest === newest
        ? `Wir konnten sie nicht rechtzeitig schicken (${newest}). Sieh nach, ob noch etwas zu tun ist.`
        : `Wir konnten sie nicht rechtzeitig schicken (${oldest} bis ${newest}). Sieh nach, ob noch etwas zu tun ist.`,
    action: 'Meine Erinnerungen ansehen',
    footnote: 'Du bekommst diese Nachricht, weil du dich von Spacedly erinnern lässt.',
  },
  reminder: {
    subject: (title) => `Erinnerung: ${title}`,
    due: (due) => `Fällig: ${due}`,
    action: 'Aufgabe öffnen',
    footnote: 'Du bekommst diese Nachricht, weil du in Spacedly eine Erinnerung gesetzt hast.',
    sms: (title, detail, url) =>
      [`Erinnerung: ${title}`, detail, url].filter((part) => part !== '').join('\n'),
  },
  actions: { complete: 'Erledigt', snooze: 'In 1 Stunde', tomorrow: 'Morgen' },
  digest: {
    title: (count) =>
      count === 1 ? '1 Nachricht aus der Ruhezeit' : `${count} Nachrichten aus der Ruhezeit`,
    intro: 'Das haben wir für dich aufgehoben:',
    list: 'Nachrichten',
    action: 'Spacedly öffnen',
    footnote: 'Du bekommst diese Nachricht wegen deiner Ruhezeit oder weil es sehr viel auf einmal war.',
  },
  morning: {
    title: (day) => `Dein Tag: ${day}`,
    summary: (due, overdue) =>
      overdue === 0 ? `${due} heute fällig.` : `${due} heute fällig, ${overdue} überfällig.`,
    overdue: 'Überfällig',
    today: 'Heute',
    reviews: (count) => (count === 1 ? '1 Wiederholung ist fällig.' : `${count} Wiederholungen sind fällig.`),
    time: (count) => `Zusammen etwa ${minutes(count)}.`,
    action: 'Meinen Tag öffnen',
    footnote:
      'Du bekommst diese Mail morgens, wenn etwas fällig ist. In den Einstellungen kannst du sie abschalten.',
  },
  weekly: {
    title: 'Deine Woche',
    completed: (count) =>
      count === 1 ? 'Du hast 1 Aufgabe erledigt.' : `Du hast ${count} Aufgaben erledigt.`,
    streak: (days) => (days === 1 ? 'Deine Serie: 1 Tag.' : `Deine Serie: ${days} Tage.`),
    overdue: (count) => (count === 1 ? '1 Aufgabe ist überfällig.' : `${count} Aufgaben sind überfällig.`),
    upcoming: (count) =>
      count === 1
        ? '1 Aufgabe ist in der nächsten Woche fällig.'
        : `${count} Aufgaben sind in der nächsten Woche fällig.`,
    action: 'Meine Woche ansehen',
    footnote: 'Du bekommst diese Mail einmal in der Woche. In den Einstellungen kannst du sie abschalten.',
  },
  pages: {
    complete: {
      title: (task) => `„${task}“ als erledigt markieren?`,
      button: 'Erledigt',
      done: 'Erledigt. Gut gemacht!',
    },
    snooze: {
      title: (task) => `In 1 Stunde wieder an „${task}“ erinnern?`,
      button: 'Später erinnern',
      done: 'Wir erinnern dich in 1 Stunde.',
    },
    tomorrow: {
      title: (task) => `Morgen wieder an „${task}“ erinnern?`,
      button: 'Morgen erinnern',
      done: 'Wir erinnern dich morgen.',
    },
    unsubscribe: {
      title: 'Diese Mails abbestellen?',
      body: 'Du bekommst dann keine Mails dieser Art mehr. Nachrichten zur Sicherheit deines Kontos kommen weiterhin.',
      button: 'Abbestellen',
      done: 'Du bekommst keine Mails dieser Art mehr. In den Einstellungen kannst du sie wieder einschalten.',
    },
    gone: {
      title: 'Dieser Link gilt nicht mehr',
      body: 'Er wurde benutzt, ist abgelaufen, oder das, wofür er war, hat sich geändert.',
    },
    open: 'Spacedly öffnen',
  },
  welcome: {
    title: (name) => `Willkommen bei Spacedly, ${name}`,
    body: 'Schreib auf, was du schaffen oder behalten willst. Spacedly bringt es im richtigen Moment zurück.',
  },
  taskCompleted: { title: (title) => `Erledigt: ${title}` },
  layout: {
    securityFootnote: 'Sicherheitsmeldungen wie diese lassen sich nicht abschalten.',
    unsubscribe: 'Abbestellen',
    linkHint: 'Wenn der Knopf nicht geht, öffne diese Adresse:',
  },
};
