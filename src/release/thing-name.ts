import { humanName } from '../../infra/describe-resource.ts';
import type { Template } from './resolve-template.ts';

/** Human names of what holds state, and the configuration's name for it. */
const THINGS: readonly (readonly [RegExp, (name: string, detail: string) => string])[] = [
  [/^database (\S+)(?: writer)?$/, (name) => `databases.${name}`],
  [/^database (\S+) reader (\d+)$/, (name, number) => `databases.${name}.reader${number}`],
  [/^database (\S+) (credentials|URL)$/, (name, detail) => `databases.${name}.${detail.toLowerCase()}`],
  [/^bucket (\S+)$/, (name) => `buckets.${name}`],
  [/^queue (\S+)$/, (name) => `queues.${name}`],
  [/^dead letters of queue (\S+)$/, (name) => `queues.${name}.dlq`],
  [/^archive of event bus (\S+)$/, (name) => `buses.${name}.archive`],
  [/^secret (\S+)$/, (name) => `secrets.${name}`],
  [/^image repository (\S+)$/, (name) => `repositories.${name}`],
];

/** What a person types to agree to the loss of a resource: `databases.main`; its stack and logical id where no block is behind it. */
export function thingName(stack: string, template: Template | undefined, logicalId: string): string {
  const name = humanName(template ?? {}, logicalId);
  for (const [pattern, thing] of THINGS) {
    const match = pattern.exec(name);
    if (match) return thing(match[1]!, match[2] ?? '');
  }
  return `${stack}.${logicalId}`;
}
