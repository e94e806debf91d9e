export const welcome = {
  title: 'Welcome to Spacedly',
  sentences: [
    'Spacedly keeps your tasks and brings each one back at the moment you need it.',
    'It reminds you by e-mail and in the app, and shows what today asks of you.',
    'Everything stays on this server, and you are the first one here.',
  ],
  start: 'Create the first account',
  admin: 'The first account also administers this installation.',
};
