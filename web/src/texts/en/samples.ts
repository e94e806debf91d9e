/** The examples that a new person is offered. */
export const samples = {
  offerTitle: 'New here?',
  offerText:
    'Look around with a few example tasks, a reminder and a review. You can remove them again with one click.',
  offer: 'Show me around',
  noteText: 'Some tasks here are examples.',
  remove: 'Remove the examples',
  added: 'Have a look: these are examples',
  removed: 'The examples are in the bin',
  failed: 'The examples were not changed',
  tasks: {
    look: {
      title: 'Open this task to see what a task can do',
      description:
        'A task has **notes** in Markdown, _steps_, files, a due date and reminders.\n\n- Complete it with the circle in front of it.\n- Undo what you did in the message that follows.',
    },
    week: { title: 'Plan the week', description: 'It comes again every week, on its own.' },
    call: {
      title: 'Call somebody you miss',
      description: 'A reminder comes an hour before it is due, by e-mail and in the bell.',
    },
    curve: {
      title: 'Forgetting curve',
      description: 'This task is among your reviews: Spacedly asks about it at growing intervals.',
    },
  },
  question: 'What does the forgetting curve describe?',
  answer: 'How memory fades over time when nothing is repeated (Ebbinghaus, 1885).',
};
