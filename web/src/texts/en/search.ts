export const search = {
  title: 'Search',
  field: 'Search tasks, documents and comments',
  types: { all: 'Everything', task: 'Tasks', doc: 'Documents', comment: 'Comments' },
  kinds: { task: 'Task', doc: 'Document', comment: 'Comment' },
  results: 'What was found',
  hint: 'Words, “a phrase”, -without, or. The last word may be a beginning.',
  emptyTitle: 'Nothing found',
  emptyText: 'Try fewer or other words.',
  startTitle: 'What are you looking for?',
  all: (words: string) => `All results for “${words}”`,
};
