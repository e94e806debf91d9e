export const board = {
  emptyColumn: 'Drop a task here',
  drag: (title: string) => `Move “${title}” by drag or keyboard`,
  dragRole: 'movable',
  menu: (title: string) => `Move “${title}”`,
  up: 'Move up',
  down: 'Move down',
  moveTo: (column: string) => `Move to ${column}`,
  more: 'Show more',
  moved: (title: string, column: string) => `Moved “${title}” to ${column}`,
  reordered: (title: string) => `Moved “${title}”`,
  failed: (title: string) => `“${title}” was not moved`,
  instructions:
    'Press Space or Enter to pick the task up, the arrow keys to move it, Space or Enter to drop it, Escape to put it back.',
  picked: (title: string) => `Picked up ${title}.`,
  over: (title: string, column: string, place: number) => `${title} is at place ${place} of ${column}.`,
  dropped: (title: string, column: string) => `Dropped ${title} in ${column}.`,
  cancelled: (title: string) => `${title} is back where it was.`,
};
