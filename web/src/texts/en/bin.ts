export const bin = {
  title: 'Bin',
  back: 'Back to the tasks',
  hint: 'Deleted tasks stay here for 30 days, then they are gone for good.',
  deletedAt: (when: string) => `Deleted ${when}`,
  restore: 'Restore',
  restoreOne: (title: string) => `Restore “${title}”`,
  restored: (title: string) => `Restored “${title}”`,
  failed: (title: string) => `“${title}” was not restored`,
  emptyTitle: 'The bin is empty',
  emptyText: 'What you delete can be taken back from here.',
  list: 'Deleted tasks',
};
