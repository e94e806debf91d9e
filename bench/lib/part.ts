import { newPerson, type Person, signIn } from './people.ts';
import type { Contender } from './processes.ts';
import type { Section } from './report.ts';
import type { World } from './world.ts';

/** How long and how often; quick mode only shows that everything works. */
export interface Effort {
  rounds: number;
  seconds: number;
  isQuick: boolean;
  /** Whether what goes on for minutes goes on for ten. */
  isLong: boolean;
}

export interface Part {
  about: string;
  run(world: World, effort: Effort): Promise<Section[]>;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The three that most parts compare: the product, what such an application usually is, and the limit. */
export interface Trio {
  ours: Contender;
  express: Contender;
  bare: Contender;
}

export async function startTrio(world: World): Promise<Trio> {
  const ours = await world.spacedly('Spacedly', { LOG_LEVEL: 'info' });
  const express = await world.peer('Express + Sequelize', 'express.mjs');
  const bare = await world.peer('bare pg on Fastify', 'bare.mjs');
  return { ours, express, bare };
}

/** Headers with which each of the three knows a person. */
export async function headersFor({ ours, express }: Trio, person: Person) {
  const answer = await fetch(`${express.url}/token/${person.userId}`);
  const { token } = (await answer.json()) as { token: string };
  return {
    ours: bearer(await signIn(ours.url, person)),
    express: bearer(token),
    bare: { 'x-user': person.userId },
  };
}

export { newPerson };
