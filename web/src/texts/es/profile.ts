import type { Texts } from '../en/index.ts';

export const profile: Texts['profile'] = {
  avatar: 'Tu foto',
  avatarPreview: 'La foto que elegiste',
  avatarChoose: 'Elegir una foto',
  avatarHint: 'Hasta 5 MB; quedará cuadrada.',
  avatarTooBig: 'La foto ocupa más de 5 MB.',
  avatarKeep: 'Usar esta foto',
  avatarDrop: 'Cancelar',
  avatarSaved: 'Foto guardada',
  avatarRemove: 'Quitar',
  avatarRemoved: 'Foto quitada',
  avatarFailed: 'La foto no se cambió',
  username: 'Nombre de usuario',
  usernameHint: 'De 3 a 30 de a–z, 0–9, guion bajo y punto. Puedes entrar con él.',
  country: 'País',
  countryNone: 'No existe ese país',
  dob: 'Fecha de nacimiento',
  bio: 'Sobre ti',
  bioHint: 'Lo ven las personas con las que compartes algo.',
};
