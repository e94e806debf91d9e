import type { Texts } from '../en/index.ts';

export const business: Texts['business'] = {
  title: 'व्यवसाय',
  hint: 'उन खातों के लिए जो कुछ बेचते हैं। सत्यापित होने से पहले एक प्रबंधक इसे देखते हैं।',
  fields: {
    businessName: 'व्यवसाय का नाम',
    category: 'श्रेणी',
    taxId: 'कर नंबर',
    address: 'पता',
    contactEmail: 'संपर्क ईमेल',
    contactPhone: 'संपर्क फ़ोन',
    website: 'वेबसाइट',
  },
  optional: 'वैकल्पिक',
  missing: 'कृपया इसे भरें',
  reviewAgain: 'नया नाम या कर नंबर फिर से देखा जाएगा।',
  submit: 'समीक्षा के लिए भेजें',
  save: 'सहेजें',
  submitted: 'भेज दिया गया। परिणाम आपको बताया जाएगा।',
  saved: 'व्यवसाय सहेजा गया',
  failed: 'व्यवसाय नहीं सहेजा गया',
  conflict: 'यह कहीं और बदला गया। नवीनतम लोड हो गया है; अपना लिखा रखने के लिए फिर से सहेजें।',
  status: {
    PENDING: 'समीक्षा की प्रतीक्षा में',
    VERIFIED: 'सत्यापित',
    REJECTED: 'अस्वीकृत',
  },
  statusText: {
    PENDING: 'एक प्रबंधक इसे देखेंगे। परिणाम आपको बताया जाएगा।',
    VERIFIED: 'आपका व्यवसाय सत्यापित है।',
    REJECTED: 'जो कमी है उसे ठीक करें और फिर से भेजें।',
  },
  reason: (reason) => `कारण: ${reason}`,
};
