import type { Texts } from '../en/index.ts';

export const profile: Texts['profile'] = {
  avatar: 'आपका चित्र',
  avatarPreview: 'आपका चुना हुआ चित्र',
  avatarChoose: 'चित्र चुनें',
  avatarHint: '5 MB तक; यह चौकोर हो जाता है।',
  avatarTooBig: 'चित्र 5 MB से बड़ा है।',
  avatarKeep: 'यह चित्र लें',
  avatarDrop: 'रद्द करें',
  avatarSaved: 'चित्र सहेजा गया',
  avatarRemove: 'हटाएँ',
  avatarRemoved: 'चित्र हटाया गया',
  avatarFailed: 'चित्र नहीं बदला गया',
  username: 'यूज़रनेम',
  usernameHint: 'a–z, 0–9, अंडरस्कोर और बिंदु के 3–30 अक्षर। आप इससे साइन इन कर सकते हैं।',
  country: 'देश',
  countryNone: 'ऐसा कोई देश नहीं',
  dob: 'जन्म तिथि',
  bio: 'आपके बारे में',
  bioHint: 'वे लोग देखते हैं जिनके साथ आप कुछ साझा करते हैं।',
};
