import type { Texts } from '../en/index.ts';

export const notifications: Texts['notifications'] = {
  title: 'सूचनाएँ',
  bell: (unread) => (unread === 0 ? 'सूचनाएँ' : `सूचनाएँ, ${unread} अनपढ़ी`),
  seeAll: 'सभी सूचनाएँ देखें',
  all: 'सभी',
  unreadOnly: 'अनपढ़ी',
  nothingUnread: 'आपने सब पढ़ लिया है।',
  readAll: 'सभी को पढ़ा हुआ मानें',
  markRead: 'पढ़ा हुआ मानें',
  delete: 'हटाएँ',
  emptyTitle: 'सब शांत है',
  emptyText: 'आपके कामों के रिमाइंडर और ख़बरें यहाँ दिखती हैं।',
  failed: 'सूचना नहीं बदली गई',
  unread: 'अनपढ़ी',
  openTask: 'काम खोलें',
  openDocument: 'दस्तावेज़ खोलें',
};
