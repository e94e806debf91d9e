/** The server takes a change back within five minutes. */
const KEPT_MS = 5 * 60_000;
const MAX_KEPT = 20;

interface Undoable {
  offeredAt: number;
  run: () => void;
}

let undoables: readonly Undoable[] = [];

/** Keeps what takes a change back, for the key; returns the same for a button. Each runs once. */
export function offerUndo(undo: () => void): () => void {
  const undoable: Undoable = {
    offeredAt: Date.now(),
    run: () => {
      if (!undoables.includes(undoable)) return;
      undoables = undoables.filter((other) => other !== undoable);
      undo();
    },
  };
  undoables = [...undoables, undoable].slice(-MAX_KEPT);
  return undoable.run;
}

/** Takes the latest change back; false when there is none. */
export function undoLast(): boolean {
  const last = undoables.at(-1);
  if (last === undefined || Date.now() - last.offeredAt > KEPT_MS) return false;
  last.run();
  return true;
}

/** Somebody else is here now. */
export function forgetUndos(): void {
  undoables = [];
}
