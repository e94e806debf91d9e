export const taskView = {
  deleted: (title: string) => `Moved “${title}” to the bin`,
  deleteFailed: (title: string) => `“${title}” was not deleted`,
  notes: {
    write: 'Write',
    preview: 'Preview',
    mode: 'Write or preview',
    empty: 'Nothing to preview yet.',
    hint: 'Markdown: **bold**, _italic_, - lists, [links](https://…)',
  },
  subtasks: {
    title: 'Subtasks',
    progress: (done: number, all: number) => `${done} of ${all} done`,
    add: 'Add a subtask',
    placeholder: 'Next step',
    button: 'Add',
    failed: 'The subtask was not added',
    empty: 'Break the task into steps you can tick off.',
    up: (title: string) => `Move “${title}” up`,
    down: (title: string) => `Move “${title}” down`,
    list: 'Subtasks',
  },
};
