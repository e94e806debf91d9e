import type { Texts } from '../en/index.ts';

export const profile: Texts['profile'] = {
  avatar: 'Dein Bild',
  avatarPreview: 'Das gewählte Bild',
  avatarChoose: 'Bild wählen',
  avatarHint: 'Bis 5 MB; es wird quadratisch.',
  avatarTooBig: 'Das Bild ist größer als 5 MB.',
  avatarKeep: 'Dieses Bild verwenden',
  avatarDrop: 'Abbrechen',
  avatarSaved: 'Bild gespeichert',
  avatarRemove: 'Entfernen',
  avatarRemoved: 'Bild entfernt',
  avatarFailed: 'Das Bild wurde nicht geändert',
  username: 'Benutzername',
  usernameHint: '3–30 Zeichen: a–z, 0–9, Unterstrich und Punkt. Du kannst dich damit anmelden.',
  country: 'Land',
  countryNone: 'Dieses Land gibt es nicht',
  dob: 'Geburtsdatum',
  bio: 'Über dich',
  bioHint: 'Sehen die, mit denen du etwas teilst.',
};
