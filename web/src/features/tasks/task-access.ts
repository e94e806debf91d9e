import type { Task } from '../../shared/api.ts';

/** Whether a task is one's own; of others' the server says what one may do with them. */
export const isMine = ({ access }: Task): boolean => access === undefined;

export const mayChange = ({ access }: Task): boolean => access === undefined || access === 'write';
