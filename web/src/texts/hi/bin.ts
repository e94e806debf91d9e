import type { Texts } from '../en/index.ts';

export const bin: Texts['bin'] = {
  title: 'रद्दी',
  back: 'कामों पर वापस',
  hint: 'हटाए गए काम यहाँ 30 दिन रहते हैं, फिर हमेशा के लिए मिट जाते हैं।',
  deletedAt: (when) => `हटाया गया ${when}`,
  restore: 'वापस लाएँ',
  restoreOne: (title) => `“${title}” को वापस लाएँ`,
  restored: (title) => `“${title}” वापस आ गया`,
  failed: (title) => `“${title}” वापस नहीं आया`,
  emptyTitle: 'रद्दी खाली है',
  emptyText: 'आप जो हटाते हैं, वह यहाँ से वापस लाया जा सकता है।',
  list: 'हटाए गए काम',
};
