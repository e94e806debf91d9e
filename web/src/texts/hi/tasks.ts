import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('hi');

export const tasks: Texts['tasks'] = {
  title: 'काम',
  add: 'काम जोड़ें',
  addPlaceholder: 'आप क्या पूरा करना चाहते हैं?',
  addTitle: 'शीर्षक',
  addDue: 'नियत',
  addMissing: 'काम को शीर्षक दें',
  added: (title) => `“${title}” जोड़ा गया`,
  addFailed: 'काम नहीं जोड़ा गया',
  open: 'खोलें',
  filter: 'दिखाएँ',
  filters: { all: 'सभी', todo: 'करना है', 'in-progress': 'चल रहे', completed: 'पूरे' },
  status: { todo: 'करना है', 'in-progress': 'चल रहा', completed: 'पूरा' },
  priority: { low: 'कम', medium: 'मध्यम', high: 'उच्च' },
  priorityOf: { low: 'कम प्राथमिकता', medium: 'मध्यम प्राथमिकता', high: 'उच्च प्राथमिकता' },
  loadMore: 'और लोड करें',
  list: 'काम',
  emptyTitle: 'अभी कोई काम नहीं',
  emptyText: 'पहला काम ऊपर जोड़ें। शुरू करने के लिए शीर्षक काफ़ी है।',
  emptyFilterTitle: 'यहाँ कोई काम नहीं',
  emptyFilterText: 'अभी कुछ इस स्थिति में नहीं है।',
  complete: (title) => `“${title}” पूरा करें`,
  reopen: (title) => `“${title}” फिर खोलें`,
  completed: (title) => `“${title}” पूरा हुआ`,
  undo: 'वापस लें',
  undone: 'वापस लिया गया',
  completeFailed: (title) => `“${title}” नहीं बदला गया`,
  remindersShort: (n) => count(n, 'रिमाइंडर', 'रिमाइंडर'),
  filesShort: (n) => count(n, 'फ़ाइल', 'फ़ाइलें'),
  overdue: 'देर से',
};
