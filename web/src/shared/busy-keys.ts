/** What types, or chooses by letters, keeps them. */
const TAKES_LETTERS =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="menu"], [role="listbox"]';

export function takesLetters(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TAKES_LETTERS) !== null;
}

/** Whether keys pressed here are none for the page: somebody types, or a dialog is open over it. */
export function isBusy(target: EventTarget | null): boolean {
  return takesLetters(target) || document.querySelector('[role="dialog"]') !== null;
}
