import type { Texts } from '../en/index.ts';

export const board: Texts['board'] = {
  emptyColumn: 'कोई काम यहाँ छोड़ें',
  drag: (title) => `“${title}” को खींचकर या कीबोर्ड से ले जाएँ`,
  dragRole: 'खिसकाने योग्य',
  menu: (title) => `“${title}” को ले जाएँ`,
  up: 'ऊपर ले जाएँ',
  down: 'नीचे ले जाएँ',
  moveTo: (column) => `${column} में ले जाएँ`,
  more: 'और दिखाएँ',
  moved: (title, column) => `“${title}” को ${column} में ले जाया गया`,
  reordered: (title) => `“${title}” को ले जाया गया`,
  failed: (title) => `“${title}” नहीं हटा`,
  instructions:
    'काम उठाने के लिए Space या Enter, ले जाने के लिए तीर कुंजियाँ, रखने के लिए Space या Enter, वापस रखने के लिए Escape दबाएँ।',
  picked: (title) => `${title} उठाया गया।`,
  over: (title, column, place) => `${title} ${column} में स्थान ${place} पर है।`,
  dropped: (title, column) => `${title} ${column} में रखा गया।`,
  cancelled: (title) => `${title} अपनी जगह वापस है।`,
};
