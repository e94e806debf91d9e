import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('hi');

export const day: Texts['day'] = {
  freezes: (n) => `${count(n, 'छूट', 'छूटें')} बाकी`,
  freezesHint: 'एक छूट ऐसे एक दिन को पाट देती है जिसमें कुछ नहीं हुआ। महीने के हर सातवें सक्रिय दिन पर एक मिलती है।',
  budget: 'आज का समय',
  planned: (planned, free) => `${planned} तय, ${free} खाली`,
  plannedOnly: (planned) => `${planned} तय`,
  tasks: 'काम',
  reviews: 'दोहराव',
  left: (time) => `${time} बाकी`,
  fits: 'ठीक-ठीक समाता है',
  over: (time) => `समय से ${time} ज़्यादा। शायद कुछ किसी और दिन हो सकता है।`,
  free: 'खाली दिन, जैसा आपने रखा',
  noLimit: 'बताएँ कि आपके पास कितना समय है, और आज का पन्ना बताएगा कि क्या समाता है।',
  setMinutes: 'खाली समय बताएँ',
  changeMinutes: 'खाली समय बदलें',
  minutesTitle: 'सप्ताह के हर दिन का खाली समय',
  minutesText: 'कामों और दोहराव के लिए मिनट। खाली छोड़े दिन की कोई सीमा नहीं।',
  minutesUnit: ' मि.',
  minutesPlaceholder: 'कोई सीमा नहीं',
  minutesSame: 'सोमवार से शुक्रवार एक जैसा',
  save: 'सहेजें',
  saved: 'खाली समय सहेजा गया',
  saveFailed: 'आपका खाली समय नहीं सहेजा गया',
  changedElsewhere: 'यह कहीं और बदला गया। नवीनतम लोड हो गया है; अपना लिखा रखने के लिए फिर से सहेजें।',
  reviewsDue: (n) => `${count(n, 'दोहराव', 'दोहराव')} बाकी`,
  reviewsTime: (time) => `लगभग ${time}`,
  startReview: 'दोहराना शुरू करें',
  reviewsMore: (n) => `और ${count(n, 'अन्य', 'अन्य')}`,
  nextExam: 'अगली परीक्षा',
  examIn: (name, when) => `${name}, ${when}`,
  examRecall: (share) => `उस दिन ${share} याद रहने की उम्मीद`,
  examNoItems: 'अभी इसका कोई दोहराव नहीं है',
};
