import type { Texts } from '../en/index.ts';

export const time: Texts['time'] = {
  today: 'heute',
  tomorrow: 'morgen',
  yesterday: 'gestern',
  now: 'jetzt',
  minutes: (n) => `${n} Min.`,
  hours: (n) => `${n} Std.`,
  greeting: {
    morning: (name) => `Guten Morgen, ${name}`,
    afternoon: (name) => `Guten Tag, ${name}`,
    evening: (name) => `Guten Abend, ${name}`,
  },
};
