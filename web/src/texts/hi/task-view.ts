import type { Texts } from '../en/index.ts';

export const taskView: Texts['taskView'] = {
  deleted: (title) => `“${title}” रद्दी में डाला गया`,
  deleteFailed: (title) => `“${title}” नहीं हटाया गया`,
  notes: {
    write: 'लिखें',
    preview: 'पूर्वावलोकन',
    mode: 'लिखें या पूर्वावलोकन',
    empty: 'अभी देखने को कुछ नहीं।',
    hint: 'Markdown: **मोटा**, _तिरछा_, - सूचियाँ, [लिंक](https://…)',
  },
  subtasks: {
    title: 'उपकाम',
    progress: (done, all) => `${all} में से ${done} पूरे`,
    add: 'उपकाम जोड़ें',
    placeholder: 'अगला कदम',
    button: 'जोड़ें',
    failed: 'उपकाम नहीं जोड़ा गया',
    empty: 'काम को ऐसे कदमों में बाँटें जिन पर आप निशान लगा सकें।',
    up: (title) => `“${title}” को ऊपर ले जाएँ`,
    down: (title) => `“${title}” को नीचे ले जाएँ`,
    list: 'उपकाम',
  },
};
