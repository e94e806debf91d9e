export const quickAdd = {
  label: 'New task',
  placeholder: 'Revise graphs tomorrow 9am #Study !high',
  understood: 'Understood',
  literal: 'Use my words as they are',
  isLiteral: 'Your words are taken as they are.',
  parse: 'Read dates and tags again',
  suggestions: 'Add to the task',
  categories: ['Study', 'Work', 'Personal'],
  more: ['tomorrow 9am', 'every week', '!high', '~30m'],
  add: (words: string) => `Add ${words}`,
};
