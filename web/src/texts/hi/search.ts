import type { Texts } from '../en/index.ts';

export const search: Texts['search'] = {
  title: 'खोज',
  field: 'काम, दस्तावेज़ और टिप्पणियाँ खोजें',
  types: { all: 'सब कुछ', task: 'काम', doc: 'दस्तावेज़', comment: 'टिप्पणियाँ' },
  kinds: { task: 'एक काम', doc: 'एक दस्तावेज़', comment: 'एक टिप्पणी' },
  results: 'जो मिला',
  hint: 'शब्द, “वाक्यांश”, -बिना, or. आख़िरी शब्द अधूरा भी हो सकता है।',
  emptyTitle: 'कुछ नहीं मिला',
  emptyText: 'कम या दूसरे शब्द आज़माएँ।',
  startTitle: 'आप क्या खोज रहे हैं?',
  all: (words) => `“${words}” के सभी परिणाम`,
};
