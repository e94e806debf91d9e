/** From 992 px on there is room for a task beside the page it was opened from. */
export function isWide(): boolean {
  return window.matchMedia('(min-width: 62em)').matches;
}
