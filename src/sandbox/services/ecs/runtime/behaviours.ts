import { defineTable, type Scope } from '../../../kernel/scope.ts';
import type { Answer } from '../../elasticloadbalancing/target-behaviour.ts';

/** What a simulated container does instead of running. Scenarios write these rows. */
export interface Behaviour {
  /** It ends by itself so long after its start, without a code when that is null; absent: a service's container runs on, a one-off ends with 0. */
  exit?: { code: number | null; afterMs: number; reason?: string };
  /** Lines it writes as soon as it runs. */
  logs?: readonly string[];
  /** What its ports answer; absent: 200 on every path from the start. */
  http?: { answer: Answer; paths?: Readonly<Record<string, Answer>>; readyAfterMs?: number };
  /** What the container's own health check says; HEALTHY unless told otherwise. */
  health?: 'HEALTHY' | 'UNHEALTHY';
}

/**
 * By what it is told to run, `$ python manage.py migrate`, else by what a container is: `<family>:<revision>/<container>`, `<family>/<container>`, `<family>:<revision>`,
 * `<family>`, an image digest, an image reference, or `*` for all; the first of these that has a row counts.
 */
const behaviours = defineTable<Behaviour>('ecs.behaviours');

/** From now on containers started as `key` behave so, or as usual again; those that run already go on as they are. */
export function setBehaviour(scope: Scope, key: string, behaviour: Behaviour | undefined): void {
  if (behaviour) behaviours.in(scope).put(key, behaviour);
  else behaviours.in(scope).delete(key);
}

interface ContainerIdentity {
  definition: string;
  name: string;
  image: string;
  digest?: string | undefined;
  command?: readonly string[] | undefined;
}

export const behaviourOf = (scope: Scope, container: ContainerIdentity): Behaviour => rowOf(scope, container) ?? {};

/** Whether somebody said what such a container is to do. */
export const isBehaviourSet = (scope: Scope, container: ContainerIdentity): boolean =>
  rowOf(scope, container) !== undefined;

function rowOf(scope: Scope, { definition, name, image, digest, command }: ContainerIdentity): Behaviour | undefined {
  const family = definition.slice(0, definition.lastIndexOf(':'));
  const keys = [
    ...(command ? [`$ ${command.join(' ')}`] : []),
    `${definition}/${name}`,
    `${family}/${name}`,
    definition,
    family,
    digest ?? '',
    image,
    '*',
  ];
  const table = behaviours.in(scope);
  return keys.map((key) => table.get(key)).find((row) => row !== undefined);
}
