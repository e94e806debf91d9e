import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('hi');

export const errors: Texts['errors'] = {
  unexpected: 'कुछ गड़बड़ हुई। कृपया फिर से कोशिश करें।',
  unreachable: 'Spacedly तक नहीं पहुँचा जा सका। अपना कनेक्शन जाँचें और फिर से कोशिश करें।',
  tryAgainIn: (seconds) =>
    seconds < 90
      ? `${count(seconds, 'सेकंड', 'सेकंड')} में फिर से कोशिश करें।`
      : `${Math.ceil(seconds / 60)} मिनट में फिर से कोशिश करें।`,
  loadFailed: 'यह लोड नहीं हो सका',
  crashTitle: 'इस पन्ने में समस्या आई',
  crashText:
    'आपका सहेजा हुआ सुरक्षित है। पन्ना फिर से लोड करें; अगर ऐसा होता रहे, तो नीचे का नंबर इस Spacedly को चलाने वाले की मदद करेगा।',
  requestId: (id) => `अनुरोध ${id}`,
  reload: 'फिर से लोड करें',
  toToday: 'आज पर जाएँ',
  notFoundTitle: 'इस पते पर कुछ नहीं है',
  notFoundText: 'हो सकता है लिंक पुराना हो, या वह चीज़ हटा दी गई हो।',
  notFoundHome: 'शुरुआत पर जाएँ',
};
