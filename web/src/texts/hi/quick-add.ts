import type { Texts } from '../en/index.ts';

export const quickAdd: Texts['quickAdd'] = {
  label: 'नया काम',
  placeholder: 'ग्राफ़ दोहराएँ कल सुबह 9 बजे #पढ़ाई !उच्च',
  understood: 'समझा गया',
  literal: 'मेरे शब्द जैसे हैं वैसे रखें',
  isLiteral: 'आपके शब्द जैसे हैं वैसे लिए जाते हैं।',
  parse: 'तारीख़ें और लेबल फिर से पहचानें',
  suggestions: 'काम में जोड़ें',
  categories: ['पढ़ाई', 'नौकरी', 'निजी'],
  more: ['कल सुबह 9 बजे', 'हर हफ़्ते', '!उच्च', '~30m'],
  add: (words) => `${words} जोड़ें`,
};
