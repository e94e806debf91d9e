export const palette = {
  open: 'Search or go to',
  placeholder: 'Search everything, add a task, go anywhere',
  add: (words: string) => `Add “${words}”`,
  help: 'Keyboard shortcuts',
  keys: {
    palette: 'Search and go anywhere',
    search: 'Search',
    add: 'New task',
    undo: 'Undo the last change',
    select: 'Select the task',
  },
  letters: 'Single letters',
  lettersHint: 'They work where nothing is typed. Ctrl K or ⌘K always works.',
};
