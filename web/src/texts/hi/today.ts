import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('hi');

export const today: Texts['today'] = {
  streak: (days) => count(days, 'दिन', 'दिन'),
  streakLabel: 'सिलसिला',
  streakLongest: (days) => `सबसे लंबा: ${count(days, 'दिन', 'दिन')}`,
  streakNone: 'शुरू करने के लिए कुछ पूरा करें',
  doneLabel: 'आज पूरे',
  minutesLabel: 'अभी बाकी',
  minutesHint: 'जो खुला है उसका अनुमान',
  minutesNone: 'कोई अनुमान नहीं',
  overdue: 'देर से',
  due: 'आज के',
  emptyTitle: 'आज कुछ बाकी नहीं',
  emptyText: 'जो पूरा करना चाहते हैं उसे जोड़ें, या सुकून का आनंद लें।',
  emptyDoneTitle: 'आज का सब पूरा',
  emptyDoneText: 'जो आज का था, वह पूरा हो गया।',
  zoneNote: (zone) => `समय ${zone} के अनुसार`,
};
