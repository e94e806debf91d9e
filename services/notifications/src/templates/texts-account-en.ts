/** Texts about an account and a business. */
export const accountTexts = {
  deleted: {
    subject: 'Your Spacedly account was deleted',
    heading: 'Your account was deleted',
    what: 'Nobody can sign in to it any more, and nobody can see it.',
    until: (day: string) =>
      `Until ${day} it can still be brought back. After that everything in it is removed for good.`,
    notYou: 'If it was not you who deleted it, bring it back and change your password.',
    byAdmin: 'An admin deleted it. If you think that is a mistake, write to whoever runs this installation.',
    action: 'Bring my account back',
    footnote: 'Security messages like this one cannot be switched off.',
    sms: (day: string) => `Your Spacedly account was deleted. Until ${day} it can be brought back.`,
  },
  merchantVerified: {
    subject: (businessName: string) => `${businessName} is verified`,
    body: (businessName: string) =>
      `We looked at ${businessName}, and everything is in order: it is verified now.`,
  },
  merchantRejected: {
    subject: (businessName: string) => `${businessName} could not be verified`,
    body: (businessName: string) =>
      `We looked at ${businessName} and could not verify it. Correct what is named here, and we look again.`,
  },
  merchant: {
    action: 'Look at my business',
    footnote: 'You get this because you asked for a merchant account in Spacedly.',
  },
  exportReady: {
    subject: 'Your Spacedly data is ready',
    body: (day: string) =>
      `Everything we keep about you is in one archive now. It can be downloaded until ${day}, by you alone: sign in first.`,
    action: 'Download my data',
    footnote: 'You get this because you asked Spacedly for your data.',
  },
};
