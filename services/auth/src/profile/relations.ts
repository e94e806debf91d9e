import { documentsRoutes, tasksRoutes } from '@spacedly/contracts';
import { call, type Identity, type ServiceTokens, type Transports } from '@spacedly/kit';
import { mayAlwaysView } from './rules.ts';

/** Whether somebody may see the public profile and picture of a person. */
export type MayView = (viewer: Pick<Identity, 'userId' | 'role'>, personId: string) => Promise<boolean>;

/** A page shows many pictures: what has not been answered by then is a no. */
const DEADLINE_MS = 2_000;

const QUESTIONS = [
  { service: 'documents', route: documentsRoutes.findDocumentRelation },
  { service: 'tasks', route: tasksRoutes.findTaskRelation },
] as const;

/**
 * The one place that says who may see whose public profile and picture: those who share something. To everybody else a
 * person is as unknown as one who does not exist; so they are where the services that know cannot be asked, as there may be
 * none (docs/decisions/0026).
 */
export function createMayView(transports: Transports, serviceTokens: ServiceTokens): MayView {
  async function ask(
    { service, route }: (typeof QUESTIONS)[number],
    query: { viewerId: string; personId: string },
  ) {
    const context = { authorization: `Service ${serviceTokens.issue()}`, deadlineMs: DEADLINE_MS };
    try {
      return (await call(transports(service), route, { query }, context)).body.isShared;
    } catch {
      return false;
    }
  }

  return async (viewer, personId) => {
    if (mayAlwaysView(viewer, personId)) return true;
    const query = { viewerId: viewer.userId, personId };
    const answers = await Promise.all(QUESTIONS.map((question) => ask(question, query)));
    return answers.includes(true);
  };
}
