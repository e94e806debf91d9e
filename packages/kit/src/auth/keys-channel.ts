/** Signal channel on which the auth service says that its keys are others now; the payload says nothing. */
export const KEYS_CHANGED_CHANNEL = 'spacedly_keys_changed';
