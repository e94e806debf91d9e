import type { Texts } from '../en/index.ts';

export const app: Texts['app'] = {
  name: 'Spacedly',
  skip: 'सामग्री पर जाएँ',
  navigation: 'मुख्य',
  title: (page) => `${page} · Spacedly`,
  today: 'आज',
  tasks: 'काम',
  settings: 'सेटिंग',
  admin: 'प्रबंधन',
  more: 'और',
  loading: 'लोड हो रहा है…',
  close: 'बंद करें',
  cancel: 'रद्द करें',
  retry: 'फिर से कोशिश करें',
  back: 'वापस',
  clear: 'साफ़ करें',
  browserOn: (browser, os) => `${os} पर ${browser}`,
  unknownDevice: 'अनजान डिवाइस',
  actingAdmin: 'आपकी ओर से काम करता प्रबंधक',
};
