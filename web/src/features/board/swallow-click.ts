/**
 * Where a drag ends is no click: on a link it would open the task. dnd-kit keeps such a click from the app, but not from
 * the browser, which then loads the page of the link.
 */
export function swallowClick(): void {
  const ending = new AbortController();
  const { signal } = ending;
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, signal });
  // What is pressed next is meant again.
  for (const type of ['pointerdown', 'keydown'])
    window.addEventListener(type, () => ending.abort(), { capture: true, signal });
}
