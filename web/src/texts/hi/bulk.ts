import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('hi');

export const bulk: Texts['bulk'] = {
  bar: 'चुने गए काम',
  selected: (n) => `${n} चुने गए`,
  all: 'सभी चुनें',
  none: 'चयन हटाएँ',
  complete: 'पूरा करें',
  change: 'बदलें',
  delete: 'हटाएँ',
  completed: (n) => `${count(n, 'काम पूरा हुआ', 'काम पूरे हुए')}`,
  changed: (n) => `${count(n, 'काम बदला गया', 'काम बदले गए')}`,
  deleted: (n) => `${count(n, 'काम रद्दी में डाला गया', 'काम रद्दी में डाले गए')}`,
  failed: 'काम नहीं बदले गए',
  undoFailed: (n) => `${count(n, 'काम वापस नहीं लाया जा सका', 'काम वापस नहीं लाए जा सके')}`,
  dialogTitle: (n) => `${count(n, 'काम', 'काम')} बदलें`,
  keep: 'जैसा है वैसा रहने दें',
  apply: 'बदलें',
  nothing: 'कम से कम एक बदलाव चुनें',
  due: {
    keep: 'जैसा है वैसा रहने दें',
    today: 'आज',
    tomorrow: 'कल',
    week: 'एक सप्ताह में',
    none: 'कोई तारीख़ नहीं',
  },
};
