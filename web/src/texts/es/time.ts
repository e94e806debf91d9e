import type { Texts } from '../en/index.ts';

export const time: Texts['time'] = {
  today: 'hoy',
  tomorrow: 'mañana',
  yesterday: 'ayer',
  now: 'ahora',
  minutes: (n) => `${n} min`,
  hours: (n) => `${n} h`,
  greeting: {
    morning: (name) => `Buenos días, ${name}`,
    afternoon: (name) => `Buenas tardes, ${name}`,
    evening: (name) => `Buenas noches, ${name}`,
  },
};
