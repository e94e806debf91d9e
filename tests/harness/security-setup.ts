import type { TestProject } from 'vitest/node';
import setupSystem from './system-setup.ts';

/** The system under attack: the one at SPACEDLY_URL, which must have its local mailbox on, or one of our own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.SPACEDLY_URL;
  if (url === undefined) return setupSystem(project);
  project.provide('systemUrl', url.replace(/\/$/, ''));
  return async () => {};
}
