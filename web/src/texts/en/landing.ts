export const landing = {
  headline: ['Remember it.', 'Finish it.'],
  lead: 'A planner that brings each task back at the right moment, on a server of your own.',
  signUp: 'Create an account',
  signIn: 'Sign in',
  points: [
    {
      title: 'Write it down once',
      text: 'Tasks with a due date, a priority and what they will cost you in minutes.',
    },
    {
      title: 'Be reminded in time',
      text: 'By e-mail and in the app, to the second, in your own time zone.',
    },
    {
      title: 'See today clearly',
      text: 'What is due, what is late, how long it takes and how many days in a row you did something.',
    },
  ],
  timeline: 'A task and the moments it comes back',
  moments: ['Noted', 'Reminded', 'Due', 'Done'],
};
