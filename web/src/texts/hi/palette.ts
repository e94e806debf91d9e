import type { Texts } from '../en/index.ts';

export const palette: Texts['palette'] = {
  open: 'खोजें या कहीं जाएँ',
  placeholder: 'सब कुछ खोजें, काम जोड़ें, या कहीं भी जाएँ',
  add: (words) => `“${words}” जोड़ें`,
  help: 'कीबोर्ड शॉर्टकट',
  keys: {
    palette: 'खोजें और कहीं भी जाएँ',
    search: 'खोजें',
    add: 'नया काम',
    undo: 'पिछला बदलाव वापस लें',
    select: 'काम चुनें',
  },
  letters: 'अकेले अक्षर',
  lettersHint: 'ये वहाँ काम करते हैं जहाँ कुछ लिखा नहीं जा रहा। Ctrl K या ⌘K हमेशा काम करता है।',
};
