import type { Texts } from '../en/index.ts';

export const timeline: Texts['timeline'] = {
  show: 'क्या हुआ',
  hide: 'क्या हुआ, छिपाएँ',
  list: 'इस रिमाइंडर का क्या हुआ',
  empty: 'अभी कुछ नहीं हुआ।',
  step: {
    created: 'तय किया गया',
    scheduled: 'तय किया गया',
    due: 'समय आया: भेजने को दिया गया',
    queued: 'कतार में',
    held: 'शांत घंटों के कारण रोका गया',
    failed: 'विफल, फिर कोशिश होगी',
    sent: 'सेवा ने ले लिया',
    refused: 'सेवा ने अस्वीकार किया',
    suppressed: 'नहीं भेजा: यह पता संदेश अस्वीकार करता है',
    capped: 'नहीं भेजा: सीमा पूरी हुई',
    expired: 'भेजने में बहुत देर हुई',
    digested: 'सार में डाला गया',
    skipped: 'नहीं भेजा',
    dead: 'छोड़ दिया गया',
    completed: 'पूरा',
  },
  channel: { email: 'ईमेल', sms: 'SMS', push: 'पुश' },
};
