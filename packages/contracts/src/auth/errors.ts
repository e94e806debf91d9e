/** Problems of the auth service. */
export const authProblems = {
  INVALID_CREDENTIALS: [401, 'The sign-in details are not right'],
  INVALID_REFRESH_TOKEN: [401, 'This session has ended'],
  INVALID_CODE: [400, 'The code is not right'],
  CODE_EXPIRED: [410, 'The code is used up or has expired'],
  USER_NOT_FOUND: [404, 'User not found'],
  SESSION_NOT_FOUND: [404, 'Session not found'],
  USERNAME_TAKEN: [409, 'This username is taken'],
  WEAK_PASSWORD: [400, 'Please choose another password'],
  CODE_RECENTLY_SENT: [429, 'A code was sent a moment ago'],
  TOO_MANY_CODES: [429, 'Too many codes were asked for'],
  TOO_MANY_ATTEMPTS: [429, 'Too many attempts'],
  SIGN_IN_BUSY: [503, 'Too many people are signing in right now'],
} as const;
