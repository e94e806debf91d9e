import type { Texts } from '../en/index.ts';

export const attachments: Texts['attachments'] = {
  title: 'अटैचमेंट',
  dropActive: 'जोड़ने के लिए छोड़ें',
  choose: 'फ़ाइलें चुनें',
  hint: 'फ़ाइलें यहाँ छोड़ें या चुनें: चित्र, PDF, Office, टेक्स्ट, हर एक 10 MB तक।',
  onTheirWay: 'भेजी जा रही फ़ाइलें',
  uploading: (name, share) => `${name} अपलोड हो रही है: ${share}`,
  processing: 'तैयार हो रही है…',
  retry: 'फिर से कोशिश करें',
  dismiss: (name) => `${name} को हटाएँ`,
  tooLarge: 'यह फ़ाइल 10 MB से बड़ी है।',
  wrongType: 'इस प्रकार की फ़ाइलें नहीं ली जातीं।',
  delete: (name) => `${name} को मिटाएँ`,
  deleteTitle: 'यह फ़ाइल मिटाएँ?',
  deleteText: (name) => `“${name}” हमेशा के लिए मिट जाएगी।`,
  deleteButton: 'मिटाएँ',
  deleted: (name) => `“${name}” मिटाई गई`,
  deleteFailed: 'फ़ाइल नहीं मिटाई गई',
  saved: (share) => `${share} छोटी`,
  list: 'फ़ाइलें',
};
