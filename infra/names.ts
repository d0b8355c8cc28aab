import { createHash } from 'node:crypto';

const hash = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/**
 * A name AWS accepts: letters, digits and single hyphens, a letter first, no hyphen last, at most `max` long. A name that
 * had to change carries a hash of what was asked for, so that two different names never become one.
 */
export function fitName(text: string, max: number): string {
  const cleaned = text
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .replace(/-+$/, '');
  if (cleaned !== '' && cleaned === text && text.length <= max) return text;
  const head = cleaned.slice(0, max - 9).replace(/-+$/, '');
  return `${head || 'x'}-${hash(text, 8)}`;
}

/**
 * A block's name as part of a logical id, which has only letters and digits: `audit-log` becomes `AuditLog`. Where
 * that loses something (`a-1` and `a1` would both be `A1`) a hash is added.
 */
export function pascal(name: string): string {
  const joined = name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const back = joined.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  return back === name ? joined : `${joined}${hash(name, 6)}`;
}

/** `{project}`, `{env}` and `{block}` of a naming template, within the 128 characters of a stack's name. */
export function stackName(template: string, values: { project: string; env: string; block: string }): string {
  // Without {block} all stacks would share one name.
  const whole = template.includes('{block}') ? template : `${template}-{block}`;
  const filled = whole.replace(/\{(project|env|block)\}/g, (_, key: keyof typeof values) => values[key]);
  return fitName(filled, 128);
}

/** Family of the task definition of a scheduled task. */
export const scheduledFamily = (
  { project, environment }: { project: string; environment: string },
  service: string,
  task: string,
): string => fitName(`${project}-${environment}-${service}-at-${task}`, 255);

/** Streams of a scheduled task of a component, in the component's group. */
export const scheduledLogPrefix = (component: string, task: string): string => `${component}-at-${task}`;

/** Streams of a component's one-off tasks; those of its service begin with its bare name, in the same group. */
export const oneOffLogPrefix = (component: string): string => `${component}-once`;
