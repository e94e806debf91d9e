import type { Texts } from '../en/index.ts';

export const time: Texts['time'] = {
  today: 'आज',
  // Hindi says the same for both; "आने वाला" and "बीता" keep them apart.
  tomorrow: 'आने वाला कल',
  yesterday: 'बीता कल',
  now: 'अभी',
  minutes: (n) => `${n} मि.`,
  hours: (n) => `${n} घं.`,
  greeting: {
    morning: (name) => `सुप्रभात, ${name}`,
    afternoon: (name) => `नमस्ते, ${name}`,
    evening: (name) => `शुभ संध्या, ${name}`,
  },
};
